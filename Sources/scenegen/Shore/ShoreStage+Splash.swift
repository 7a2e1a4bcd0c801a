extension ShoreStage {
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
                let share = squared(far).squareRoot() / spot.radius
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
            let far = max(0.01, squared(way).squareRoot())
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

    @inline(__always)
    private func squared(_ a: SIMD2<Float>) -> Float { a.x * a.x + a.y * a.y }
}
