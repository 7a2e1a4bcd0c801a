extension Mesh {
    /// A flat four-cornered face; `locals` default to the places of the corners.
    mutating func addQuad(
        _ corners: (Vector, Vector, Vector, Vector),
        locals: (Vector, Vector, Vector, Vector)? = nil,
        surface: Int32
    ) {
        let normal = normalized(cross(corners.1 - corners.0, corners.3 - corners.0))
        let l = locals ?? corners
        let a = add(corners.0, normal: normal, local: l.0)
        let b = add(corners.1, normal: normal, local: l.1)
        let c = add(corners.2, normal: normal, local: l.2)
        let d = add(corners.3, normal: normal, local: l.3)
        add(a, b, c, surface)
        add(a, c, d, surface)
    }

    /// An upright box, local coordinates measured from its `low` corner.
    mutating func addBox(_ low: Vector, _ high: Vector, surface: Int32) {
        func corner(_ x: Int, _ y: Int, _ z: Int) -> Vector {
            Vector(x == 0 ? low.x : high.x, y == 0 ? low.y : high.y, z == 0 ? low.z : high.z)
        }
        let faces = [
            (corner(0, 0, 0), corner(1, 0, 0), corner(1, 0, 1), corner(0, 0, 1)),
            (corner(1, 1, 0), corner(0, 1, 0), corner(0, 1, 1), corner(1, 1, 1)),
            (corner(0, 1, 0), corner(0, 0, 0), corner(0, 0, 1), corner(0, 1, 1)),
            (corner(1, 0, 0), corner(1, 1, 0), corner(1, 1, 1), corner(1, 0, 1)),
            (corner(0, 0, 1), corner(1, 0, 1), corner(1, 1, 1), corner(0, 1, 1)),
            (corner(0, 1, 0), corner(1, 1, 0), corner(1, 0, 0), corner(0, 0, 0)),
        ]
        for face in faces {
            let locals = (face.0 - low, face.1 - low, face.2 - low, face.3 - low)
            addQuad(face, locals: locals, surface: surface)
        }
    }

    /// Closed rings of the same number of points joined one to the next, both ends capped.
    ///
    /// `surface` gives the surface for a face from its centre and outward normal.
    mutating func addLoft(_ rings: [[Vector]], surface: (Vector, Vector) -> Int32) {
        let firstVertex = vertices.count
        let firstTriangle = triangles.count
        let up = Vector(0, 0, 1)
        let columns = rings.first?.count ?? 0
        for ring in rings {
            for point in ring { _ = add(point, normal: up) }
        }
        func face(_ a: Int, _ b: Int, _ c: Int) {
            let (p, q, r) = (vertices[a].position, vertices[b].position, vertices[c].position)
            let normal = cross(q - p, r - p)
            guard dot(normal, normal) > 1e-14 else { return }
            let kind = surface((p + q + r) / 3, normalized(normal))
            add(Int32(a), Int32(b), Int32(c), kind)
        }
        for row in 0..<max(0, rings.count - 1) {
            for column in 0..<columns {
                let a = firstVertex + row * columns + column
                let b = firstVertex + row * columns + (column + 1) % columns
                face(a, b, b + columns)
                face(a, b + columns, a + columns)
            }
        }
        smoothNormals(from: firstVertex, triangles: firstTriangle)
        for (index, ring) in [rings.first, rings.last].enumerated() {
            guard let ring else { continue }
            let center = ring.reduce(Vector(repeating: 0), +) / Float(ring.count)
            let inside = rings[min(rings.count / 2, rings.count - 1)]
            let middle = inside.reduce(Vector(repeating: 0), +) / Float(inside.count)
            let normal = normalized(center - middle)
            let kind = surface(center, normal)
            let hub = add(center, normal: normal)
            let base = Int(hub) + 1
            for point in ring { _ = add(point, normal: normal) }
            for column in 0..<columns {
                let next = (column + 1) % columns
                if index == 0 {
                    add(hub, Int32(base + next), Int32(base + column), kind)
                } else {
                    add(hub, Int32(base + column), Int32(base + next), kind)
                }
            }
        }
    }

    /// A limb: two round ends of different radius and what is between.
    mutating func addLimb(
        from start: Vector,
        to end: Vector,
        radius: Float,
        endRadius: Float,
        sides: Int = 8,
        surface: Int32
    ) {
        let axis = normalized(end - start)
        let helper = abs(axis.z) < 0.9 ? Vector(0, 0, 1) : Vector(1, 0, 0)
        let side = normalized(cross(axis, helper))
        let other = cross(axis, side)
        let stations: [(Vector, Float)] = [
            (start - axis * radius * 0.9, radius * 0.4),
            (start - axis * radius * 0.5, radius * 0.85),
            (start, radius), (end, endRadius), (end + axis * endRadius * 0.5, endRadius * 0.85),
            (end + axis * endRadius * 0.9, endRadius * 0.4),
        ]
        let rings = stations.map { center, radius in
            (0..<sides).map { step in
                let turn = circle(2 * .pi * Float(step) / Float(sides)) * radius
                return center + side * turn.x + other * turn.y
            }
        }
        addLoft(rings) { _, _ in surface }
    }

    /// An ellipsoid; local coordinates are measured from its centre.
    mutating func addEllipsoid(
        _ center: Vector,
        radii: Vector,
        rows: Int = 7,
        sides: Int = 10,
        surface: Int32
    ) {
        let first = vertices.count
        for row in 0...rows {
            let latitude = circle(.pi * (Float(row) / Float(rows) - 0.5))
            for step in 0..<sides {
                let turn = circle(2 * .pi * Float(step) / Float(sides))
                let unit = Vector(latitude.x * turn.x, latitude.x * turn.y, latitude.y)
                _ = add(
                    center + unit * radii,
                    normal: normalized(unit / radii),
                    local: unit * radii
                )
            }
        }
        for row in 0..<rows {
            for step in 0..<sides {
                let a = Int32(first + row * sides + step)
                let b = Int32(first + row * sides + (step + 1) % sides)
                add(a, b, b + Int32(sides), surface)
                add(a, b + Int32(sides), a + Int32(sides), surface)
            }
        }
    }

    /// A disc or cylinder about a horizontal axis `axis`; local x and z are measured from the
    /// centre, local y along the axis.
    mutating func addWheel(
        _ center: Vector,
        radius: Float,
        halfWidth: Float,
        spin: Float,
        surface: Int32
    ) {
        let sides = 18
        for (inner, outer) in [(-halfWidth, halfWidth)] {
            var rim: [(Int32, Int32, Int32, Int32)] = []
            for step in 0..<sides {
                let turn = circle(2 * .pi * Float(step) / Float(sides))
                let spun = circle(2 * .pi * Float(step) / Float(sides) + spin) * radius
                let out = Vector(turn.x, 0, turn.y)
                let place = center + out * radius
                let (near, far) = (Vector(0, inner, 0), Vector(0, outer, 0))
                let local = Vector(spun.x, 0, spun.y)
                rim.append(
                    (
                        add(place + near, normal: out, local: local + near),
                        add(place + far, normal: out, local: local + far),
                        add(place + near, normal: Vector(0, -1, 0), local: local + near),
                        add(place + far, normal: Vector(0, 1, 0), local: local + far)
                    )
                )
            }
            let left = add(
                center + Vector(0, inner, 0),
                normal: Vector(0, -1, 0),
                local: Vector(0, inner, 0)
            )
            let right = add(
                center + Vector(0, outer, 0),
                normal: Vector(0, 1, 0),
                local: Vector(0, outer, 0)
            )
            for step in 0..<sides {
                let (one, two) = (rim[step], rim[(step + 1) % sides])
                add(one.0, two.0, two.1, surface)
                add(one.0, two.1, one.1, surface)
                add(left, two.2, one.2, surface)
                add(right, one.3, two.3, surface)
            }
        }
    }
}
