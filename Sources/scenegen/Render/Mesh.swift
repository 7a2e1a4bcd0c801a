/// What a surface is made of; `Material.sample` turns it into colour.
struct Surface {
    var material: Material
    /// Linear RGB.
    var color: Vector
    /// A second colour or, per material, three numbers of its own.
    var accent = Vector(repeating: 0)
}

struct Vertex {
    var position: Vector
    var normal: Vector
    /// Coordinates that the material understands; they move with the object.
    var local: Vector
}

struct Triangle {
    var a: Int32
    var b: Int32
    var c: Int32
    var surface: Int32
}

/// Triangles with smooth normals; any winding, both sides are drawn.
struct Mesh {
    var vertices: [Vertex] = []
    var triangles: [Triangle] = []
    var surfaces: [Surface] = []

    /// Adds a surface and gives its index.
    mutating func add(_ surface: Surface) -> Int32 {
        surfaces.append(surface)
        return Int32(surfaces.count - 1)
    }

    mutating func add(_ position: Vector, normal: Vector, local: Vector? = nil) -> Int32 {
        vertices.append(Vertex(position: position, normal: normal, local: local ?? position))
        return Int32(vertices.count - 1)
    }

    mutating func add(_ a: Int32, _ b: Int32, _ c: Int32, _ surface: Int32) {
        triangles.append(Triangle(a: a, b: b, c: c, surface: surface))
    }

    /// Adds another mesh as it stands.
    mutating func append(_ other: Mesh) {
        let firstVertex = Int32(vertices.count)
        let firstSurface = Int32(surfaces.count)
        vertices += other.vertices
        surfaces += other.surfaces
        triangles.reserveCapacity(triangles.count + other.triangles.count)
        for triangle in other.triangles {
            triangles.append(
                Triangle(
                    a: triangle.a + firstVertex,
                    b: triangle.b + firstVertex,
                    c: triangle.c + firstVertex,
                    surface: triangle.surface + firstSurface
                )
            )
        }
    }

    /// The mesh put somewhere; local coordinates stay.
    func placed(_ placement: Placement) -> Mesh {
        var copy = self
        for index in copy.vertices.indices {
            copy.vertices[index].position = placement.point(vertices[index].position)
            copy.vertices[index].normal = placement.direction(vertices[index].normal)
        }
        return copy
    }

    func moved(by offset: Vector) -> Mesh {
        placed(Placement(offset))
    }

    /// Replaces the normals of vertices from `first` on by the mean of their triangles' normals.
    mutating func smoothNormals(from first: Int, triangles firstTriangle: Int) {
        var sums = [Vector](repeating: Vector(repeating: 0), count: vertices.count - first)
        for triangle in triangles[firstTriangle...] {
            let (a, b, c) = (Int(triangle.a), Int(triangle.b), Int(triangle.c))
            guard min(a, b, c) >= first else { continue }
            let origin = vertices[a].position
            let normal = cross(vertices[b].position - origin, vertices[c].position - origin)
            sums[a - first] += normal
            sums[b - first] += normal
            sums[c - first] += normal
        }
        for index in first..<vertices.count {
            vertices[index].normal = normalized(sums[index - first])
        }
    }
}
