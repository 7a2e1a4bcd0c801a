import Glibc

/// Gives the water its colour for one picture: ripples that run with the stream, what they mirror,
/// the bed through shallow water, sparks of sun and lamps, foam.
struct WaterShader {
    private let time: Float
    private let level: Float
    private let roughness: Float
    private let variance: Float
    private let foam: Float
    private let scum: Float
    private let drift: SIMD2<Float>
    /// Shift of the ripples' layers in metres, and their slopes over the patch's.
    private let offsets: (SIMD2<Float>, SIMD2<Float>, SIMD2<Float>)
    private let heights: SIMD3<Float>
    private let ripples = Ripples.shared
    private let flecks = Flecks.shared
    /// Light thrown back by the deep water, and by foam.
    private let body: Vector
    private let white: Vector
    private let sun: Vector
    private let sunDirection: Vector
    private let glitters: Bool
    private let lanterns: [Lantern]
    private let focal: Float
    private let width: Int
    private let height: Int
    private let mirror: Mirror
    private let slopes: UnsafeMutablePointer<SIMD2<Float>>
    private let froth: UnsafeMutablePointer<Float>

    init(_ stage: ShoreStage, time: Float) {
        let (look, light) = (stage.look, stage.light)
        self.time = time
        level = stage.shore.level
        roughness = look.roughness
        variance = look.roughness * look.roughness
        (foam, scum, drift) = (look.foam, look.scum, look.drift)
        let turned = SIMD2(look.wind.y, -look.wind.x)
        offsets = (
            (look.drift + look.wind * 0.5) * (-time),
            (look.drift - look.wind * 0.25 + turned * 0.2) * (-time),
            (look.drift + look.wind * 0.3 - turned * 0.25) * (-time)
        )
        let shares = WaterPixel.shares
        heights =
            SIMD3(shares.x.squareRoot(), shares.y.squareRoot(), shares.z.squareRoot())
            * look.roughness
        let sky = (light.zenith + light.horizon) * 0.5
        let fall = light.sun * max(0, light.sunDirection.z)
        let lamps = light.lanterns.isEmpty ? 0 : 0.02
        body = look.body * (sky * 0.75 + fall * 0.5 + Float(lamps))
        white = (sky * 0.9 + fall * 0.75 + Float(lamps)) * 0.72
        sun = light.sun * 1.5
        sunDirection = light.sunDirection
        glitters = light.sun.x > 0.5
        lanterns = light.lanterns
        focal = stage.mirrorCamera.focal
        (width, height) = (stage.mirrorCamera.width, stage.mirrorCamera.height)
        (mirror, slopes, froth) = (stage.mirror, stage.slopes, stage.froth)
    }

    /// Metres by which the waves' run-up raises the water at a place.
    @inline(__always)
    func lap(_ pixel: WaterPixel) -> Float {
        0.035 * Wave.sine(pixel.place.x * 0.9 + pixel.place.y * 0.4 - time * 1.5)
    }

    /// Light from a place of the water over a bed of a colour.
    @inline(__always)
    func color(_ pixel: WaterPixel, bed: Vector, depth: Float) -> Vector {
        let one = (pixel.place + offsets.0) * (1 / WaterPixel.tiles.x)
        let two = (pixel.place + offsets.1) * (1 / WaterPixel.tiles.y)
        let three = (pixel.place + offsets.2) * (1 / WaterPixel.tiles.z)
        let long = ripples.slope(one.x, one.y, level: Int(pixel.levels.x))
        let gust = max(0.3, 1 + 0.45 * long.x)
        let calm = depth > 0.8 ? 1 : 0.35 + 0.81 * depth
        var slope = long * heights.x
        slope +=
            (ripples.slope(two.x, two.y, level: Int(pixel.levels.y)) * heights.y
                + ripples.slope(three.x, three.y, level: Int(pixel.levels.z)) * heights.z)
            * (gust * calm)
        slope += slopes[Int(pixel.index)]
        let facing =
            (slope.x * pixel.view.x + slope.y * pixel.view.y - pixel.view.z)
            / (1 + slope.x * slope.x + slope.y * slope.y).squareRoot()
        let edge = 1 - max(0.02, facing)
        let square = edge * edge
        let fresnel = 0.02 + 0.98 * square * square * edge
        let hidden = variance * pixel.hidden * gust
        let blur = hidden.squareRoot()
        let mirrored = reflection(pixel, slope: slope, blur: blur)
        let deep = mix(body * (0.85 + 0.15 * gust), bed * 0.8, pixel.clear)
        var color = mix(deep, mirrored, min(0.94, fresnel * (1 - 0.5 * blur)))
        if glitters {
            color += spark(pixel, slope: slope, hidden: hidden, toward: sunDirection, light: sun)
        }
        if !lanterns.isEmpty { color += lampSparks(pixel, slope: slope, hidden: hidden) }
        return whitened(color, pixel, depth: depth)
    }

    /// What a rippled place of the water mirrors.
    @inline(__always)
    private func reflection(
        _ pixel: WaterPixel,
        slope: SIMD2<Float>,
        blur: Float
    ) -> Vector {
        let (x, y) = (Float(pixel.column) * 0.5, Float(pixel.row) * 0.5)
        let far = mirror.depth(Int(pixel.column >> 1), Int(pixel.row >> 1))
        let share = far > 1e8 ? 1 : max(0, 1 - pixel.distance / far)
        let along = slope.x * pixel.ahead.x + slope.y * pixel.ahead.y
        let across = slope.x * pixel.ahead.y - slope.y * pixel.ahead.x
        let reach = 2 * focal * share
        let column = Int(clamp(x + reach * across * pixel.view.z, 0, Float(width - 1)))
        let spread = blur * reach
        let row = y + along * reach + spread * 0.35
        let last = Float(height - 1)
        let above = Int(clamp(row - spread * 0.5, 0, last))
        let below = Int(clamp(row + spread * 0.6, 0, last))
        return (mirror.color(column, above) + mirror.color(column, below)) * 0.5
    }

    @inline(never)
    private func lampSparks(
        _ pixel: WaterPixel,
        slope: SIMD2<Float>,
        hidden: Float
    ) -> Vector {
        var sum = Vector(repeating: 0)
        for lantern in lanterns {
            let way = lantern.position - Vector(pixel.place.x, pixel.place.y, level)
            let far = dot(way, way).squareRoot()
            sum += spark(
                pixel,
                slope: slope,
                hidden: hidden,
                toward: way / far,
                light: lantern.color * (0.09 / (1 + 0.12 * far))
            )
        }
        return sum
    }

    /// Light that facets of the water throw towards the camera.
    @inline(__always)
    private func spark(
        _ pixel: WaterPixel,
        slope: SIMD2<Float>,
        hidden: Float,
        toward: Vector,
        light: Vector
    ) -> Vector {
        let half = toward - pixel.view
        guard half.z > 0.01 else { return Vector(repeating: 0) }
        var miss = SIMD2(-half.x, -half.y) * (1 / half.z) - slope
        let spread = hidden + 0.0003
        let square = miss.x * miss.x + miss.y * miss.y
        guard square < (spread + 0.3 * variance) * 36 else { return Vector(repeating: 0) }
        let u = pixel.place.x * 0.83 - drift.x * time * 0.8 + time * 0.37
        let v = pixel.place.y * 0.83 - time * 0.29
        miss += ripples.glint(u, v) * (spread * 0.5).squareRoot()
        let width = 0.00035 + hidden * 0.12
        let hit = expf(-(miss.x * miss.x + miss.y * miss.y) / (2 * width))
        return light * min(6, hit * 0.02 / (width + 0.003))
    }

    /// Foam at the land, lines of scum on the stream, and what figures whip up.
    @inline(__always)
    private func whitened(_ color: Vector, _ pixel: WaterPixel, depth: Float) -> Vector {
        var share = froth[Int(pixel.index)]
        let run = pixel.place - drift * time
        if depth < 0.16 {
            let along = flecks.cloud(run.x * 0.31, run.y * 0.31 + time * 0.06)
            let band = smoothstep(0, 0.02, depth) * (1 - smoothstep(0.03, 0.15, depth))
            share += band * foam * smoothstep(0.35, 0.75, along)
        }
        if scum > 0 { share += scum * flecks.scum(run.x, run.y) }
        guard share > 0.002 else { return color }
        let bubble = flecks.cloud(run.x * 1.9, run.y * 1.9 + time * 0.3)
        return mix(color, white, clamp(share * (0.5 + bubble)) * 0.9)
    }
}

extension ShoreStage {
    /// Draws the water over the bed.
    func shadeWater(time: Float) {
        let shader = WaterShader(self, time: time)
        water.withUnsafeBufferPointer { water in
            for pixel in water {
                let index = Int(pixel.index)
                var (cover, depth) = (pixel.cover, pixel.depth)
                if depth < 0.16 {
                    depth += shader.lap(pixel)
                    cover *= smoothstep(-0.03, 0.02, depth)
                    depth = max(0, depth)
                }
                let below = frame[index]
                let bed = Vector(below.x, below.y, below.z)
                let color = mix(shader.color(pixel, bed: bed, depth: depth), air, pixel.haze)
                tints[index] = SIMD4(color, cover)
                frame[index] = SIMD4(mix(bed, color, cover), below.w)
            }
        }
        let half = SIMD4<Float>(repeating: 0.5)
        between.withUnsafeBufferPointer { between in
            for pixel in between {
                let index = Int(pixel.index)
                let (left, right) = (waterIndex[index - 1] >= 0, waterIndex[index + 1] >= 0)
                guard left || right else { continue }
                let one = tints[left ? index - 1 : index + 1]
                let color = (one + tints[right ? index + 1 : index - 1]) * half
                let below = frame[index]
                let share = pixel.depth < 0.16 ? min(pixel.cover, color.w) : pixel.cover
                let seen = mix(
                    Vector(below.x, below.y, below.z),
                    Vector(color.x, color.y, color.z),
                    share
                )
                frame[index] = SIMD4(seen, below.w)
            }
        }
    }
}
