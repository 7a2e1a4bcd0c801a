/// Takes the pixels of triangles that lie in front of everything drawn before.
protocol PixelSink {
    /// Depth of what is already there.
    func depth(at index: Int) -> Float
    /// Draws a pixel; `depth` is the distance along the camera's axis.
    func draw(_ index: Int, depth: Float, vertex: Vertex, surface: Surface)
}

/// Scan conversion with a depth test and perspective-correct interpolation.
struct Rasterizer {
    let camera: Camera

    /// A vertex in front of the near plane with its column and row.
    private struct Corner {
        var vertex: Vertex
        var view: Vector
    }

    func draw(_ mesh: Mesh, into sink: some PixelSink) {
        let views = mesh.vertices.map { camera.view($0.position) }
        for triangle in mesh.triangles {
            let (a, b, c) = (Int(triangle.a), Int(triangle.b), Int(triangle.c))
            let surface = mesh.surfaces[Int(triangle.surface)]
            let corners = (
                Corner(vertex: mesh.vertices[a], view: views[a]),
                Corner(vertex: mesh.vertices[b], view: views[b]),
                Corner(vertex: mesh.vertices[c], view: views[c])
            )
            let nearest = min(views[a].z, views[b].z, views[c].z)
            let farthest = max(views[a].z, views[b].z, views[c].z)
            if farthest <= Camera.near { continue }
            if nearest > Camera.near {
                fill(corners.0, corners.1, corners.2, surface, sink)
                continue
            }
            let clipped = clip([corners.0, corners.1, corners.2])
            for index in 1..<max(1, clipped.count - 1) {
                fill(clipped[0], clipped[index], clipped[index + 1], surface, sink)
            }
        }
    }

    /// Cuts a polygon at the near plane (Sutherland and Hodgman).
    private func clip(_ polygon: [Corner]) -> [Corner] {
        var result: [Corner] = []
        guard var previous = polygon.last else { return [] }
        for corner in polygon {
            let inside = corner.view.z > Camera.near
            if inside != (previous.view.z > Camera.near) {
                let share = (Camera.near - previous.view.z) / (corner.view.z - previous.view.z)
                let (p, c) = (previous.vertex, corner.vertex)
                result.append(
                    Corner(
                        vertex: Vertex(
                            position: mix(p.position, c.position, share),
                            normal: mix(p.normal, c.normal, share),
                            local: mix(p.local, c.local, share)
                        ),
                        view: mix(previous.view, corner.view, share)
                    )
                )
            }
            if inside { result.append(corner) }
            previous = corner
        }
        return result
    }

    @inline(__always)
    private func fill(
        _ a: Corner,
        _ b: Corner,
        _ c: Corner,
        _ surface: Surface,
        _ sink: some PixelSink
    ) {
        let (pa, pb, pc) = (camera.pixel(a.view), camera.pixel(b.view), camera.pixel(c.view))
        let area = (pb.x - pa.x) * (pc.y - pa.y) - (pc.x - pa.x) * (pb.y - pa.y)
        guard abs(area) > 1e-4 else { return }
        let left = max(0, Int(clamp(min(pa.x, pb.x, pc.x) - 0.5, 0, 1e5).rounded(.up)))
        let right = min(camera.width - 1, Int(clamp(max(pa.x, pb.x, pc.x) - 0.5, -1, 1e5)))
        let top = max(0, Int(clamp(min(pa.y, pb.y, pc.y) - 0.5, 0, 1e5).rounded(.up)))
        let bottom = min(camera.height - 1, Int(clamp(max(pa.y, pb.y, pc.y) - 0.5, -1, 1e5)))
        guard left <= right, top <= bottom else { return }
        let scale = 1 / area
        let (ia, ib, ic) = (1 / a.view.z, 1 / b.view.z, 1 / c.view.z)
        for y in top...bottom {
            let py = Float(y) + 0.5
            for x in left...right {
                let px = Float(x) + 0.5
                let wa = ((pb.x - px) * (pc.y - py) - (pc.x - px) * (pb.y - py)) * scale
                let wb = ((pc.x - px) * (pa.y - py) - (pa.x - px) * (pc.y - py)) * scale
                let wc = 1 - wa - wb
                guard wa >= 0, wb >= 0, wc >= 0 else { continue }
                let depth = 1 / (wa * ia + wb * ib + wc * ic)
                let index = y * camera.width + x
                guard depth < sink.depth(at: index) else { continue }
                let (sa, sb, sc) = (wa * ia * depth, wb * ib * depth, wc * ic * depth)
                let vertex = Vertex(
                    position: a.vertex.position * sa + b.vertex.position * sb
                        + c.vertex.position * sc,
                    normal: a.vertex.normal * sa + b.vertex.normal * sb + c.vertex.normal * sc,
                    local: a.vertex.local * sa + b.vertex.local * sb + c.vertex.local * sc
                )
                sink.draw(index, depth: depth, vertex: vertex, surface: surface)
            }
        }
    }
}
