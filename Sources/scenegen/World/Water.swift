/// Moving water: ripples of several lengths that run with the wind, the far bank and the sky in
/// its mirror, and the sun's glitter.
struct WaterSurface {
    /// Height of the surface.
    let level: Float
    /// Where the near bank meets it is for the depth test; beyond `farBank` it ends.
    let farBank: Float

    func contains(_ place: Vector) -> Bool {
        abs(place.z - level) < 0.004
    }

    /// Slope of the surface in x and y.
    @inline(__always)
    private func slope(_ x: Float, _ y: Float, _ time: Float, _ footprint: Float) -> SIMD2<Float> {
        var sum = SIMD2<Float>(0, 0)
        @inline(__always)
        func add(_ dx: Float, _ dy: Float, _ wave: Float, _ speed: Float, _ height: Float) {
            let fade = 1 - smoothstep(0.25, 0.7, footprint * 6 / wave)
            let angle = (x * dx + y * dy) * (6.2831853 / wave) - time * speed
            sum += SIMD2(dx, dy) * (height * fade * Wave.sine(angle))
        }
        let drift = Noise.value(x * 0.35 - time * 0.12, y * 0.35 + time * 0.05, 301)
        add(0.94, 0.34, 1.9, 2.1, 0.03)
        add(0.6, 0.8, 1.1, 2.9, 0.03 * drift * 2)
        add(-0.4, 0.92, 0.62, 3.6, 0.03)
        add(0.98, -0.2, 0.43, 4.4, 0.035 * drift * 2)
        let fine = Noise.value(x * 3.1 + time * 0.7, y * 5.3 - time * 0.9, 302)
        let other = Noise.value(x * 4.2 - time * 0.8, y * 6.1 + time * 0.5, 303)
        let fade = 1 - smoothstep(0.02, 0.12, footprint)
        return sum + SIMD2(fine - 0.5, other - 0.5) * (0.12 * (0.35 + 0.65 * fade))
    }

    /// Light that comes from a place on the water towards the camera along `-view`.
    func color(
        at place: Vector,
        view: Vector,
        sunDirection: Vector,
        sunLight: Float,
        footprint: Float,
        atmosphere: Atmosphere,
        time: Float
    ) -> Vector {
        let tilt = slope(place.x, place.y, time, footprint)
        let normal = normalized(Vector(-tilt.x, -tilt.y, 1))
        let cosine = clamp(-dot(normal, view))
        let mirror = view + normal * (2 * cosine)
        let edge = 1 - cosine
        let share = 0.03 + 0.97 * edge * edge * edge * edge * edge
        let run = max(0.5, farBank - place.y) / max(0.08, mirror.y)
        let height = level + run * max(0.01, mirror.z)
        let across = place.x + run * mirror.x
        let ragged = 3.5 + 3 * Noise.fractal(across * 0.35, 2, octaves: 3, seed: 304)
        let trees = Vector(0.09, 0.13, 0.06) * (0.6 + Noise.value(across, height * 1.5, 305))
        let sky = atmosphere.sky * 1.25
        let seen = mix(
            trees * atmosphere.sky * 1.5,
            sky,
            smoothstep(ragged - 0.6, ragged + 0.6, height)
        )
        let murk = Noise.fractal(place.x * 0.3 - time * 0.03, place.y * 0.3, octaves: 3, seed: 306)
        let depth = Vector(0.075, 0.1, 0.075) * (0.7 + 0.6 * murk)
        let body = depth * (atmosphere.sky * 0.7 + atmosphere.sun * (0.45 * sunLight))
        let toSun = max(0, dot(mirror, sunDirection))
        let glitter = smoothstep(0.955, 0.998, toSun) * 3.2 * sunLight
        return mix(body, seen, clamp(share * 1.6)) + atmosphere.sun * glitter * 0.6
    }
}
