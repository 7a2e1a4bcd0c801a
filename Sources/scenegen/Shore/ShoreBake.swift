/// Draws and lights what stands still, and finds the pixels of the water.
struct ShoreBake {
    let stage: ShoreStage
    let land: Shore.Land

    private var fine: Camera { stage.camera.supersampled(2) }

    /// Fills the picture in the shade and the picture in the sun, and the stage's water.
    func run(
        shade: UnsafeMutablePointer<SIMD4<Float>>,
        still: UnsafeMutablePointer<SIMD4<Float>>
    ) {
        let count = stage.count * 4
        let buffers = (0..<4).map { _ in
            let buffer = UnsafeMutablePointer<SIMD4<Float>>.allocate(capacity: count)
            buffer.initialize(repeating: SIMD4(0, 0, 0, 1e9), count: count)
            return buffer
        }
        defer { for buffer in buffers { buffer.deallocate() } }
        let sink = StillSink(
            camera: fine,
            albedo: buffers[0],
            facing: buffers[1],
            place: buffers[2],
            emission: buffers[3]
        )
        Rasterizer(camera: fine).draw(land.ground, into: sink)
        Rasterizer(camera: fine).draw(land.things, into: sink)
        let shadows = ShadowMap(
            sun: stage.light.sunDirection,
            focus: Vector(0, stage.shore.waterline + 6, 0),
            extent: 110
        )
        shadows.draw(land.things)
        for index in 0..<stage.count {
            light(index, sink, shadows, shade, still)
        }
        addHalos(still, shade)
    }

    /// Averages four samples; those under water count with the bed's colour and the water's depth.
    private func light(
        _ index: Int,
        _ sink: StillSink,
        _ shadows: ShadowMap,
        _ shade: UnsafeMutablePointer<SIMD4<Float>>,
        _ still: UnsafeMutablePointer<SIMD4<Float>>
    ) {
        let (x, y) = (index % stage.camera.width, index / stage.camera.width)
        var (dark, bright) = (Vector(repeating: 0), Vector(repeating: 0))
        var (nearest, wet, depth): (Float, Float, Float) = (1e9, 0, 0)
        for sample in 0..<4 {
            let at = (y * 2 + sample / 2) * fine.width + x * 2 + sample % 2
            let ray = fine.ray(at % fine.width, at / fine.width)
            let place = sink.place[at]
            guard place.w < 1e8 else {
                let sky = stage.light.sky(normalized(ray))
                dark += sky
                bright += sky
                continue
            }
            let colors = surface(at, sink, shadows)
            dark += colors.shade
            bright += colors.sun
            let drop = stage.camera.position.z - stage.shore.level
            let water = ray.z < -1e-4 ? drop / -ray.z : 1e9
            nearest = min(nearest, place.w, water)
            if water < place.w {
                wet += 1
                depth += stage.shore.level - place.z
            }
        }
        shade[index] = SIMD4(dark * 0.25, nearest)
        still[index] = SIMD4(bright * 0.25, nearest)
        guard wet > 0 else { return }
        let ray = stage.camera.ray(x, y)
        guard ray.z < -1e-4 else { return }
        let bed = depth / wet
        // Ripples look long and flat: every second column will do where both neighbours are water.
        if x % 2 == 1, x + 1 < stage.camera.width {
            stage.between.append(
                BetweenPixel(index: Int32(index), cover: wet / 4, depth: max(0, bed))
            )
            return
        }
        stage.waterIndex[index] = Int32(stage.water.count)
        stage.water.append(
            WaterPixel(index: index, ray: ray, cover: wet / 4, depth: bed, stage: stage)
        )
    }

    private func surface(
        _ at: Int,
        _ sink: StillSink,
        _ shadows: ShadowMap
    ) -> (shade: Vector, sun: Vector) {
        let light = stage.light
        let color = sink.albedo[at]
        var albedo = Vector(color.x, color.y, color.z)
        let facing = sink.facing[at]
        let normal = Vector(facing.x, facing.y, facing.z)
        let place = sink.place[at]
        let spot = Vector(place.x, place.y, place.z)
        let wetness = 1 - smoothstep(0.02, 0.16, spot.z - stage.shore.level)
        albedo *= 1 - 0.45 * wetness
        let glow = sink.emission[at]
        let day = (light.zenith.y + light.horizon.y) / 1.5
        let emission = Vector(glow.x, glow.y, glow.z) * (glow.w > 0.5 ? 1 - clamp(day) : day)
        let dark = albedo * light.ambient(at: spot, normal: normal) + emission
        var sun = max(0, dot(normal, light.sunDirection))
        if sun > 0.01, light.sun.x > 0 {
            sun *= shadows.light(
                at: spot + normal * 0.06,
                pixel: at,
                taps: 4,
                radius: 0.1,
                bias: 0.06
            )
        }
        let bright = dark + albedo * light.sun * sun
        return (
            light.through(dark, distance: place.w), light.through(bright, distance: place.w)
        )
    }

    /// Lamps as discs that outshine the picture, with the lens's halo.
    private func addHalos(
        _ still: UnsafeMutablePointer<SIMD4<Float>>,
        _ shade: UnsafeMutablePointer<SIMD4<Float>>
    ) {
        let camera = stage.camera
        for lantern in stage.light.lanterns {
            let seen = camera.view(lantern.position)
            guard seen.z > 1 else { continue }
            let center = camera.pixel(seen)
            let radius = max(1.2, camera.focal * 0.16 / seen.z)
            let power = lantern.color / (lantern.color.x + 1)
            for index in 0..<stage.count where still[index].w > seen.z - 1 {
                let x = Float(index % camera.width) + 0.5 - center.x
                let y = Float(index / camera.width) + 0.5 - center.y
                let square = (x * x + y * y) / (radius * radius)
                guard square < 900 else { continue }
                let glow = 0.5 / (1 + square) + (square < 1 ? 5 : 0) - 0.00055
                let add = power * max(0, glow)
                still[index] += SIMD4(add, 0)
                shade[index] += SIMD4(add, 0)
            }
        }
    }
}
