/// Draws surfaces in their final colour, without the shadows of other things; mirrored in the water
/// where there is a mirror.
struct LitSink: PixelSink {
    let camera: Camera
    let target: UnsafeMutablePointer<SIMD4<Float>>
    let light: ShoreLight
    /// Height of the water in which everything is drawn upside down; nil to draw upright.
    let mirror: Float?
    /// What was drawn before at half the columns and rows, for its depth; nil where there is none.
    let behind: UnsafeMutablePointer<SIMD4<Float>>?

    @inline(__always)
    func depth(at index: Int) -> Float {
        guard let behind else { return target[index].w }
        let row = index / camera.width
        let column = index - row * camera.width
        return min(target[index].w, behind[(row >> 1) * (camera.width >> 1) + (column >> 1)].w)
    }

    @inline(__always)
    func draw(_ index: Int, depth: Float, vertex: Vertex, surface: Surface) {
        var at = vertex.position
        let seenAlong = normalized(at - camera.position)
        var view = seenAlong
        if let mirror {
            at.z = 2 * mirror - at.z
            view.z = -view.z
            if at.z < mirror { return }
        }
        var normal = normalized(vertex.normal)
        if dot(normal, view) > 0 { normal = -normal }
        let sample = surface.material.sample(
            surface,
            local: vertex.local,
            normal: normal,
            footprint: depth / camera.focal
        )
        guard sample.isSolid else { return }
        let sun = max(0, dot(normal, light.sunDirection))
        let falling = light.sun * sun + light.ambient(at: at, normal: normal)
        let shine = sample.gloss > 0 ? light.horizon * (sample.gloss * 0.25) : Vector(repeating: 0)
        let color = sample.albedo * falling + sample.emission + shine
        target[index] = SIMD4(light.through(color, distance: depth), depth)
    }
}

/// Marks the pixels that a flattened figure covers.
struct ShadowSink: PixelSink {
    let mask: UnsafeMutablePointer<Float>

    @inline(__always)
    func depth(at index: Int) -> Float { 1e9 }

    @inline(__always)
    func draw(_ index: Int, depth: Float, vertex: Vertex, surface: Surface) {
        mask[index] = 1
    }
}

extension Mesh {
    /// The mesh upside down below the water, local coordinates and normals as they were.
    func mirrored(at level: Float) -> Mesh {
        var copy = self
        for index in copy.vertices.indices {
            copy.vertices[index].position.z = 2 * level - copy.vertices[index].position.z
        }
        return copy
    }

    /// The mesh pressed flat along the sun's rays.
    func flattened(to height: Float, along sun: Vector) -> Mesh {
        var copy = self
        for index in copy.vertices.indices {
            let position = copy.vertices[index].position
            let fall = (position.z - height) / max(0.1, sun.z)
            copy.vertices[index].position = position - sun * max(0, fall)
            copy.vertices[index].position.z = height
        }
        return copy
    }
}
