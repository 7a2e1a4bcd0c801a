/// Things that people carry and put down.
enum Goods {
    /// Two cardboard boxes on top of each other, on the ground at the origin.
    static func boxes() -> Mesh {
        var mesh = Mesh()
        let brown = Vector(0.42, 0.29, 0.16)
        let big = mesh.add(
            Surface(material: .cardboard, color: brown, accent: Vector(0.66, 0.5, 0.46))
        )
        mesh.addBox(Vector(-0.33, -0.25, 0), Vector(0.33, 0.25, 0.46), surface: big)
        let small = mesh.add(
            Surface(material: .cardboard, color: brown * 1.12, accent: Vector(0.56, 0.42, 0.36))
        )
        mesh.addBox(Vector(-0.26, -0.2, 0.46), Vector(0.3, 0.22, 0.82), surface: small)
        return mesh
    }

    /// Stacked crates of fruit.
    static func crates() -> Mesh {
        var mesh = Mesh()
        let colors = [Vector(0.08, 0.22, 0.42), Vector(0.45, 0.1, 0.06)]
        for (level, color) in colors.enumerated() {
            let low = Float(level) * 0.27
            let slats = mesh.add(
                Surface(material: .ribbed, color: color, accent: Vector(0, 0, 14))
            )
            mesh.addBox(
                Vector(-0.34, -0.24, low),
                Vector(0.34, 0.24, low + 0.26),
                surface: slats
            )
        }
        let fruit = mesh.add(
            Surface(material: .plain, color: Vector(0.6, 0.28, 0.03), accent: Vector(0.1, 0, 0))
        )
        for index in 0..<12 {
            let place = Vector(Float(index % 4) * 0.15 - 0.22, Float(index / 4) * 0.15 - 0.15, 0.57)
            mesh.addEllipsoid(
                place,
                radii: Vector(repeating: 0.075),
                rows: 5,
                sides: 7,
                surface: fruit
            )
        }
        return mesh
    }

    /// Goods standing at a place.
    static func standing(_ goods: Mesh, at place: Vector, heading: Float) -> Prop {
        Prop(
            mesh: goods.placed(Placement(place, heading: heading)),
            contacts: [
                Contact(
                    center: SIMD2(place.x, place.y),
                    heading: heading,
                    half: SIMD2(0.28, 0.2),
                    reach: 0.3,
                    strength: 0.8
                )
            ]
        )
    }
}
