/// Trees and bushes far away: few large leaves that make a ragged outline.
enum Foliage {
    /// Adds a tree whose crown's middle is `height` above its foot.
    static func addTree(
        to mesh: inout Mesh,
        at foot: Vector,
        height: Float,
        crown: Float,
        color: Vector,
        random: inout Random
    ) {
        let bark = mesh.add(Surface(material: .bark, color: Vector(0.16, 0.13, 0.1)))
        let middle = foot + Vector(0, 0, height)
        mesh.addLimb(
            from: foot,
            to: middle,
            radius: 0.2,
            endRadius: 0.1,
            sides: 6,
            surface: bark
        )
        for _ in 0..<7 {
            let offset = Vector(
                random.number(-0.65, 0.65),
                random.number(-0.65, 0.65),
                random.number(-0.5, 0.7)
            )
            let tint = color * random.number(0.75, 1.25)
            addClump(
                to: &mesh,
                middle + offset * crown,
                radius: crown * random.number(0.35, 0.6),
                leaves: 34,
                color: tint,
                random: &random
            )
        }
    }

    /// Adds a ball of leaves.
    static func addClump(
        to mesh: inout Mesh,
        _ center: Vector,
        radius: Float,
        leaves: Int,
        color: Vector,
        random: inout Random
    ) {
        let dark = mesh.add(Surface(material: .plain, color: color * 0.6))
        mesh.addEllipsoid(
            center,
            radii: Vector(radius, radius, radius * 0.85) * 0.86,
            rows: 6,
            sides: 9,
            surface: dark
        )
        for _ in 0..<leaves {
            let out = normalized(
                Vector(random.number(-1, 1), random.number(-1, 1), random.number(-0.7, 1))
            )
            let spot = center + out * radius * random.number(0.75, 1.1)
            let shade = 0.6 + 0.4 * clamp((spot.z - center.z) / radius + 0.5)
            let paint = mesh.add(
                Surface(material: .leaf, color: color * (shade * random.number(0.75, 1.3)))
            )
            let tilt = normalized(out + Vector(random.number(-0.6, 0.6), 0, 0.3))
            let side = normalized(cross(tilt, Vector(0.3, 0.1, 1)))
            let size = radius * random.number(0.14, 0.3)
            let up = cross(side, tilt) * size
            let normal = normalized(out + Vector(0, 0, 0.5))
            let first = Int32(mesh.vertices.count)
            let corners: [(Float, Float)] = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
            for (u, v) in corners {
                _ = mesh.add(
                    spot + side * (size * u) + up * v,
                    normal: normal,
                    local: Vector(u, v, spot.x * 9)
                )
            }
            mesh.add(first, first + 1, first + 2, paint)
            mesh.add(first, first + 2, first + 3, paint)
        }
    }
}
