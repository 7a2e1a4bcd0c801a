/// Flat pieces of a town: carriageway, pavement, kerb, paint on the road, walls, street furniture.
struct Ground {
    static let asphalt = Vector(0.15, 0.15, 0.155)
    static let paint = Vector(0.62, 0.62, 0.6)

    var mesh = Mesh()
    var contacts: [Contact] = []

    /// A level rectangle.
    mutating func plane(
        _ x: ClosedRange<Float>,
        _ y: ClosedRange<Float>,
        z: Float = 0,
        _ surface: Surface
    ) {
        let paint = mesh.add(surface)
        mesh.addQuad(
            (
                Vector(x.lowerBound, y.lowerBound, z), Vector(x.upperBound, y.lowerBound, z),
                Vector(x.upperBound, y.upperBound, z), Vector(x.lowerBound, y.upperBound, z)
            ),
            surface: paint
        )
    }

    /// A stripe of road paint.
    mutating func stripe(_ x: ClosedRange<Float>, _ y: ClosedRange<Float>, color: Vector = paint) {
        plane(x, y, z: 0.012, Surface(material: .marking, color: color, accent: Self.asphalt))
    }

    /// A row of kerb stones along x, 0.14 m high.
    mutating func kerbAlongX(_ x: ClosedRange<Float>, y: Float) {
        kerb(Vector(x.lowerBound, y - 0.14, 0), Vector(x.upperBound, y + 0.14, 0.14))
    }

    /// A row of kerb stones along y, 0.14 m high.
    mutating func kerbAlongY(_ y: ClosedRange<Float>, x: Float) {
        kerb(Vector(x - 0.14, y.lowerBound, 0), Vector(x + 0.14, y.upperBound, 0.14))
    }

    private mutating func kerb(_ low: Vector, _ high: Vector) {
        let stone = mesh.add(Surface(material: .plain, color: Vector(0.36, 0.35, 0.33)))
        mesh.addBox(low, high, surface: stone)
    }

    /// A house front between two points of the ground, with shops below.
    mutating func house(
        from start: SIMD2<Float>,
        to end: SIMD2<Float>,
        height: Float,
        color: Vector,
        seed: Float,
        hasShops: Bool = true
    ) {
        let span = length(Vector(end.x - start.x, end.y - start.y, 0))
        func corner(_ p: SIMD2<Float>, _ z: Float) -> Vector { Vector(p.x, p.y, z) }
        let low: Float = hasShops ? 3.4 : 0
        if hasShops {
            let shop = mesh.add(
                Surface(material: .shop, color: color * 0.8, accent: Vector(seed, 0, 0))
            )
            mesh.addQuad(
                (corner(start, 0), corner(end, 0), corner(end, low), corner(start, low)),
                locals: (
                    Vector(0, 0, 0), Vector(span, 0, 0), Vector(span, low, 0), Vector(0, low, 0)
                ),
                surface: shop
            )
        }
        let wall = mesh.add(
            Surface(material: .facade, color: color, accent: Vector(seed, 3.1, 0))
        )
        let top = height - low
        mesh.addQuad(
            (corner(start, low), corner(end, low), corner(end, height), corner(start, height)),
            locals: (
                Vector(0, 0, 0), Vector(span, 0, 0), Vector(span, top, 0), Vector(0, top, 0)
            ),
            surface: wall
        )
    }

    /// An awning or ledge: a box that stands out from a wall that runs along x at `y`.
    mutating func box(_ low: Vector, _ high: Vector, color: Vector, gloss: Float = 0) {
        let paint = mesh.add(Surface(material: .plain, color: color, accent: Vector(gloss, 0, 0)))
        mesh.addBox(low, high, surface: paint)
        if low.z < 0.3 {
            contacts.append(
                Contact(
                    center: SIMD2((low.x + high.x) / 2, (low.y + high.y) / 2),
                    half: SIMD2((high.x - low.x) / 2, (high.y - low.y) / 2),
                    reach: 0.35,
                    strength: 0.6
                )
            )
        }
    }

    /// The darkness along the foot of a wall that runs along x.
    mutating func wallFoot(_ x: ClosedRange<Float>, y: Float) {
        contacts.append(
            Contact(
                center: SIMD2((x.lowerBound + x.upperBound) / 2, y + 1),
                half: SIMD2((x.upperBound - x.lowerBound) / 2, 1),
                reach: 0.9,
                strength: 0.55
            )
        )
    }

    /// A lamp post or the post of a sign.
    mutating func post(_ x: Float, _ y: Float, height: Float, radius: Float = 0.06) {
        let metal = mesh.add(
            Surface(material: .plain, color: Vector(0.25, 0.26, 0.27), accent: Vector(0.15, 0, 0))
        )
        mesh.addLimb(
            from: Vector(x, y, 0),
            to: Vector(x, y, height),
            radius: radius,
            endRadius: radius * 0.7,
            surface: metal
        )
    }

    /// A vehicle that never moves.
    mutating func parked(_ vehicle: Vehicle, _ place: Vector, heading: Float) {
        let prop = vehicle.prop(place, heading: heading, distance: 0.3)
        mesh.append(prop.mesh)
        contacts += prop.contacts
    }

    /// A round cover in the road.
    mutating func manhole(_ x: Float, _ y: Float) {
        let iron = mesh.add(Surface(material: .plain, color: Vector(repeating: 0.085)))
        let hub = mesh.add(Vector(x, y, 0.014), normal: Vector(0, 0, 1))
        for step in 0..<16 {
            let turn = circle(2 * .pi * Float(step) / 16) * 0.34
            _ = mesh.add(Vector(x + turn.x, y + turn.y, 0.014), normal: Vector(0, 0, 1))
        }
        for step in 0..<16 {
            mesh.add(hub, hub + 1 + Int32(step), hub + 1 + Int32((step + 1) % 16), iron)
        }
    }

    var backdrop: Prop { Prop(mesh: mesh, contacts: contacts) }
}
