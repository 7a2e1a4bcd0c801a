/// Keeps what a standing surface is, to be lit later.
struct StillSink: PixelSink {
    let camera: Camera
    let albedo: UnsafeMutablePointer<SIMD4<Float>>
    let facing: UnsafeMutablePointer<SIMD4<Float>>
    let place: UnsafeMutablePointer<SIMD4<Float>>
    let emission: UnsafeMutablePointer<SIMD4<Float>>

    @inline(__always)
    func depth(at index: Int) -> Float {
        place[index].w
    }

    @inline(__always)
    func draw(_ index: Int, depth: Float, vertex: Vertex, surface: Surface) {
        var normal = normalized(vertex.normal)
        let view = normalized(vertex.position - camera.position)
        if dot(normal, view) > 0 { normal = -normal }
        let sample = surface.material.sample(
            surface,
            local: vertex.local,
            normal: normal,
            footprint: depth / camera.focal
        )
        guard sample.isSolid else { return }
        albedo[index] = SIMD4(sample.albedo, 1)
        facing[index] = SIMD4(normal, 0)
        place[index] = SIMD4(vertex.position, depth)
        let mirror = view - normal * (2 * dot(view, normal))
        let still = Atmosphere()
        let shine = still.reflection(mirror) * (sample.gloss * 0.6)
        emission[index] = SIMD4(sample.emission + shine, sample.isLantern ? 1 : 0)
    }
}

/// Draws a moving surface in its final colour.
struct MovingSink: PixelSink {
    let camera: Camera
    let frame: UnsafeMutablePointer<SIMD4<Float>>
    let atmosphere: Atmosphere
    let stillShadows: ShadowMap
    let movingShadows: ShadowMap

    @inline(__always)
    func depth(at index: Int) -> Float {
        frame[index].w
    }

    @inline(__always)
    func draw(_ index: Int, depth: Float, vertex: Vertex, surface: Surface) {
        var normal = normalized(vertex.normal)
        let at = vertex.position
        let view = normalized(at - camera.position)
        if dot(normal, view) > 0 { normal = -normal }
        let sample = surface.material.sample(
            surface,
            local: vertex.local,
            normal: normal,
            footprint: depth / camera.focal
        )
        guard sample.isSolid else { return }
        var sun = max(0, dot(normal, stillShadows.sun))
        let lifted = at + normal * 0.07
        if sun > 0.01 {
            sun *= stillShadows.light(at: lifted, pixel: index, taps: 3, radius: 0.06, bias: 0.05)
            sun *= movingShadows.light(at: lifted, pixel: index, taps: 3, radius: 0.05, bias: 0.05)
            sun *= atmosphere.cloudLight(at.x, at.y)
        }
        let low = 0.55 + 0.45 * smoothstep(-0.1, 0.7, at.z)
        let up = 0.5 + 0.5 * normal.z
        var light = atmosphere.sun * sun + mix(atmosphere.ground, atmosphere.sky, up) * low
        if !atmosphere.lamps.isEmpty { light += atmosphere.lampLight(at: at, normal: normal) }
        var color = sample.albedo * light + sample.emission
        if sample.gloss > 0 {
            let cosine = clamp(-dot(normal, view))
            let edge = 1 - cosine
            let share = sample.gloss * (0.25 + 0.75 * edge * edge * edge)
            let mirror = view + normal * (2 * cosine)
            let toSun = max(0, dot(mirror, stillShadows.sun))
            let spark = toSun > 0.9 && sun > 0.05 ? smoothstep(0.975, 1, toSun) * 2.5 : 0
            color =
                mix(color, atmosphere.reflection(mirror), share)
                + atmosphere.sun * (spark * sample.gloss)
        }
        let haze = 1 - 1 / (1 + depth * 0.0013)
        frame[index] = SIMD4(mix(color, atmosphere.sky * 0.95, haze), depth)
    }
}
