import Glibc

/// What does not change about a pixel of the water.
struct WaterPixel {
    var index: Int32
    /// Steps of the ripples' patches, by layer.
    var levels: SIMD3<UInt8>
    /// Share of the pixel under water.
    var cover: Float
    /// Metres from the water's surface to the bed.
    var depth: Float
    var place: SIMD2<Float>
    /// Direction of sight, length 1.
    var view: Vector
    var distance: Float
    /// Direction of sight over the ground, length 1.
    var ahead: SIMD2<Float>
    /// Mean square of the slopes that the steps no longer show, for roughness 1.
    var hidden: Float

    /// The layers' patches in metres and their shares of the mean square slope.
    static let tiles = SIMD3<Float>(13, 4.1, 1.9)
    static let shares = SIMD3<Float>(0.25, 0.4, 0.35)

    init(index: Int, ray: Vector, cover: Float, depth: Float, stage: ShoreStage) {
        self.index = Int32(index)
        self.cover = cover
        self.depth = max(0, depth)
        distance = (stage.camera.position.z - stage.shore.level) / -ray.z
        let at = stage.camera.position + ray * distance
        place = SIMD2(at.x, at.y)
        view = normalized(ray)
        let flat = (view.x * view.x + view.y * view.y).squareRoot()
        ahead = SIMD2(view.x, view.y) / max(flat, 1e-5)
        let across = distance / stage.camera.focal
        let footprint = across / max(0.05, -view.z).squareRoot()
        let ripples = Ripples.shared
        levels = SIMD3(0, 0, 0)
        hidden = 0
        for layer in 0..<3 {
            let level = ripples.level(footprint: footprint / Self.tiles[layer])
            levels[layer] = UInt8(level)
            hidden += Self.shares[layer] * (1 - ripples.shown[level])
        }
    }
}

extension ShoreStage {
    /// What is the same for all pixels of one picture's water.
    private struct Swell {
        var time: Float
        var offsets: (SIMD2<Float>, SIMD2<Float>, SIMD2<Float>)
        var heights: SIMD3<Float>
        var ripples: Ripples
        /// Light thrown back by the deep water, by foam.
        var body: Vector
        var white: Vector
        var glitters: Bool

        init(_ stage: ShoreStage, time: Float) {
            let look = stage.look
            self.time = time
            let turned = SIMD2(look.wind.y, -look.wind.x)
            offsets = (
                (look.drift + look.wind * 0.5) * (-time),
                (look.drift - look.wind * 0.25 + turned * 0.2) * (-time),
                (look.drift + look.wind * 0.3 - turned * 0.25) * (-time)
            )
            let shares = WaterPixel.shares
            heights =
                SIMD3(
                    shares.x.squareRoot(),
                    shares.y.squareRoot(),
                    shares.z.squareRoot()
                ) * look.roughness
            ripples = Ripples.shared
            let sky = (stage.light.zenith + stage.light.horizon) * 0.5
            let sun = stage.light.sun * max(0, stage.light.sunDirection.z)
            body = look.body * (sky * 0.75 + sun * 0.5)
            white = (sky * 0.9 + sun * 0.75) * 0.72
            glitters = stage.light.sun.x > 0.5
        }
    }

    /// Draws the water over the bed.
    func shadeWater(time: Float) {
        let swell = Swell(self, time: time)
        water.withUnsafeBufferPointer { water in
            for pixel in water {
                let index = Int(pixel.index)
                let lap =
                    0.035
                    * Wave.sine(
                        pixel.place.x * 0.9 + pixel.place.y * 0.4 - swell.time * 1.5
                    )
                let depth = pixel.depth + lap
                let cover = pixel.cover * smoothstep(-0.03, 0.02, depth)
                guard cover > 0.01 else { continue }
                let below = frame[index]
                let bed = Vector(below.x, below.y, below.z)
                var color = shade(pixel, swell, bed: bed, depth: max(0, depth))
                color = light.through(color, distance: pixel.distance * 0.6)
                let seen = mix(bed, color, cover)
                frame[index] = SIMD4(seen, below.w)
            }
        }
    }

    @inline(__always)
    private func shade(
        _ pixel: WaterPixel,
        _ swell: Swell,
        bed: Vector,
        depth: Float
    ) -> Vector {
        let ripples = swell.ripples
        let one = (pixel.place + swell.offsets.0) / WaterPixel.tiles.x
        let two = (pixel.place + swell.offsets.1) / WaterPixel.tiles.y
        let three = (pixel.place + swell.offsets.2) / WaterPixel.tiles.z
        let long = ripples.slope(one.x, one.y, level: Int(pixel.levels.x))
        let gust = max(0.3, 1 + 0.45 * long.x)
        let calm = 0.35 + 0.65 * smoothstep(0, 0.8, depth)
        var slope = long * swell.heights.x
        slope +=
            (ripples.slope(two.x, two.y, level: Int(pixel.levels.y)) * swell.heights.y
                + ripples.slope(three.x, three.y, level: Int(pixel.levels.z)) * swell.heights.z)
            * (gust * calm)
        slope += slopes[Int(pixel.index)]
        let normal = normalized(Vector(-slope.x, -slope.y, 1))
        let edge = 1 - max(0.02, -dot(normal, pixel.view))
        let fresnel = 0.02 + 0.98 * edge * edge * edge * edge * edge
        let hidden = look.roughness * look.roughness * pixel.hidden * gust
        let mirrored = reflection(pixel, slope: slope, hidden: hidden)
        let clear = expf(-look.murk * depth * 1.3)
        let deep = mix(swell.body * (0.85 + 0.3 * gust * 0.5), bed * 0.8, clear)
        var color = mix(deep, mirrored, min(0.94, fresnel * (1 - 0.5 * hidden.squareRoot())))
        if swell.glitters {
            color += glitter(
                pixel,
                slope: slope,
                hidden: hidden,
                toward: light.sunDirection,
                color: light.sun * 1.5,
                swell.time
            )
        }
        for lantern in light.lanterns {
            let way = lantern.position - Vector(pixel.place.x, pixel.place.y, shore.level)
            let square = dot(way, way)
            color += glitter(
                pixel,
                slope: slope,
                hidden: hidden,
                toward: way / square.squareRoot(),
                color: lantern.color * (0.9 / (1 + 0.12 * square.squareRoot())) * 0.1,
                swell.time
            )
        }
        return whitened(color, pixel, swell, depth: depth, gust: gust)
    }

    /// What a rippled place of the water mirrors.
    @inline(__always)
    private func reflection(
        _ pixel: WaterPixel,
        slope: SIMD2<Float>,
        hidden: Float
    ) -> Vector {
        let index = Int(pixel.index)
        let far = mirror[index].w
        let share = far > 1e8 ? 1 : clamp(1 - pixel.distance / far)
        let along = slope.x * pixel.ahead.x + slope.y * pixel.ahead.y
        let across = slope.x * pixel.ahead.y - slope.y * pixel.ahead.x
        let reach = 2 * camera.focal * share
        let blur = hidden.squareRoot() * reach
        let y = index / camera.width
        let x = index - y * camera.width
        let shift = reach * across * pixel.view.z
        let column = Int(clamp(Float(x) + shift, 0, Float(camera.width - 1)))
        let row = Float(y) + along * reach + blur * 0.35
        let last = Float(camera.height - 1)
        let above = Int(clamp(row - blur * 0.5, 0, last))
        let below = Int(clamp(row + blur * 0.6, 0, last))
        let sum = mirror[above * camera.width + column] + mirror[below * camera.width + column]
        return Vector(sum.x, sum.y, sum.z) * 0.5
    }

    /// Sparks where a facet throws a light towards the camera.
    @inline(__always)
    private func glitter(
        _ pixel: WaterPixel,
        slope: SIMD2<Float>,
        hidden: Float,
        toward: Vector,
        color: Vector,
        _ time: Float
    ) -> Vector {
        let half = toward - pixel.view
        guard half.z > 0.01 else { return Vector(repeating: 0) }
        var miss = SIMD2(-half.x, -half.y) / half.z - slope
        let spread = hidden + 0.0003
        let reach = (spread + 0.3 * look.roughness * look.roughness) * 9
        guard dot2(miss) < reach * 4 else { return Vector(repeating: 0) }
        let u = pixel.place.x * 0.83 - look.drift.x * time * 0.8 + time * 0.37
        let v = pixel.place.y * 0.83 - time * 0.29
        miss += swellGlint(u, v) * (spread * 0.5).squareRoot()
        let width = 0.00035 + hidden * 0.12
        let hit = expf(-dot2(miss) / (2 * width))
        return color * min(6, hit * 0.02 / (width + 0.003))
    }

    @inline(__always)
    private func swellGlint(_ u: Float, _ v: Float) -> SIMD2<Float> {
        Ripples.shared.glint(u, v)
    }

    @inline(__always)
    private func dot2(_ a: SIMD2<Float>) -> Float { a.x * a.x + a.y * a.y }

    /// Foam at the land, lines of scum on the stream, and what figures whip up.
    @inline(__always)
    private func whitened(
        _ color: Vector,
        _ pixel: WaterPixel,
        _ swell: Swell,
        depth: Float,
        gust: Float
    ) -> Vector {
        var share = froth[Int(pixel.index)]
        let run = pixel.place - look.drift * swell.time
        if depth < 0.16, look.foam > 0 {
            let along = Noise.value(run.x * 2.3, run.y * 2.3 + swell.time * 0.5, 311)
            let band = smoothstep(0, 0.02, depth) * (1 - smoothstep(0.03, 0.15, depth))
            share += band * look.foam * smoothstep(0.35, 0.75, along)
        }
        if look.scum > 0 {
            let sway = Noise.value(run.x * 0.25, run.y * 0.25, 312)
            let line = Noise.value(run.x * 0.5, (run.y + sway * 3) * 2.2, 313)
            let bits = Noise.value(run.x * 6, run.y * 6, 314)
            share += look.scum * smoothstep(0.72, 0.9, line) * smoothstep(0.45, 0.8, bits) * 0.6
        }
        if share <= 0.002 { return color }
        let bubble = Noise.value(run.x * 14, run.y * 14 + swell.time * 2, 315)
        return mix(color, swell.white, clamp(share * (0.5 + bubble)) * 0.9)
    }

    /// Adds rings and white water to their pixels; gives the boxes that they touch.
    func splash(_ moment: Moment) -> [PixelBox] {
        var boxes: [PixelBox] = []
        for ring in moment.rings where ring.slope > 0.0015 {
            guard let box = patch(ring.center, ring.radius + 1.3 * ring.wave) else { continue }
            boxes.append(box)
            add(ring, in: box)
        }
        for spot in moment.froth where spot.strength > 0.02 {
            guard let box = patch(spot.center, spot.radius * 1.3) else { continue }
            boxes.append(box)
            forEachWaterPixel(in: box) { pixel, index in
                let far = pixel.place - spot.center
                let share = dot2(far).squareRoot() / spot.radius
                let ragged = Noise.value(far.x * 7 + spot.center.x, far.y * 7, 316)
                let add = spot.strength * (1 - smoothstep(0.4, 1.2, share + 0.5 * ragged))
                froth[index] = min(1, froth[index] + add)
            }
        }
        return boxes
    }

    private func add(_ ring: Ring, in box: PixelBox) {
        forEachWaterPixel(in: box) { pixel, index in
            let way = pixel.place - ring.center
            let far = max(0.01, dot2(way).squareRoot())
            let off = (far - ring.radius) / ring.wave
            guard abs(off) < 1.2 else { return }
            let fade = 1 - off * off * 0.694
            slopes[index] += way * (ring.slope * fade * Wave.sine(off * 6.2831853 + 1.57) / far)
        }
    }

    @inline(__always)
    private func forEachWaterPixel(in box: PixelBox, _ body: (WaterPixel, Int) -> Void) {
        for y in box.top..<max(box.top, box.bottom) {
            for x in box.left..<max(box.left, box.right) {
                let index = y * camera.width + x
                let entry = waterIndex[index]
                if entry >= 0 { body(water[Int(entry)], index) }
            }
        }
    }

    /// The pixels around a round patch of the water.
    private func patch(_ center: SIMD2<Float>, _ radius: Float) -> PixelBox? {
        let middle = Vector(center.x, center.y, shore.level)
        guard camera.view(middle).z > radius + Camera.near else { return nil }
        var (low, high) = (SIMD2<Float>(repeating: 1e9), SIMD2<Float>(repeating: -1e9))
        for (x, y) in [(-1, -1), (1, -1), (1, 1), (-1, 1)] as [(Float, Float)] {
            let corner = camera.pixel(of: middle + Vector(x * radius, y * radius, 0))
            low = SIMD2(min(low.x, corner.x), min(low.y, corner.y))
            high = SIMD2(max(high.x, corner.x), max(high.y, corner.y))
        }
        guard high.x > 0, high.y > 0, low.x < Float(camera.width), low.y < Float(camera.height)
        else { return nil }
        return PixelBox(SIMD4(low.x, low.y, high.x, high.y), camera)
    }
}
