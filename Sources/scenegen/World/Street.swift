/// A town street across the picture: carriageway along x, shops on the far side.
struct Street {
    var ground: Ground
    let trees: [Tree]

    /// Edges of the carriageway in y, and the house fronts.
    static let nearKerb: Float = 7.4
    static let farKerb: Float = 15.6
    static let fronts: Float = 20.4

    init(random: inout Random) {
        var ground = Ground()
        let x: ClosedRange<Float> = -60...90
        ground.plane(
            x,
            Self.nearKerb...Self.farKerb,
            Surface(material: .asphalt, color: Ground.asphalt)
        )
        let slabs = Surface(
            material: .paving,
            color: Vector(0.4, 0.38, 0.35),
            accent: Vector(0.6, 0.3, 0)
        )
        ground.plane(x, Self.farKerb...Self.fronts, z: 0.13, slabs)
        ground.plane(x, -10...Self.nearKerb, z: 0.13, slabs)
        ground.kerbAlongX(x, y: Self.farKerb)
        ground.kerbAlongX(x, y: Self.nearKerb)
        var at: Float = -30
        while at < 80 {
            ground.stripe(at...(at + 2.2), 11.43...11.57)
            at += 5.5
        }
        ground.stripe(x, 15.15...15.25, color: Vector(0.6, 0.45, 0.06))
        ground.stripe(x, 15.32...15.4, color: Vector(0.6, 0.45, 0.06))
        ground.manhole(2.4, 13)
        ground.manhole(11.5, 9.4)
        Self.addHouses(&ground, &random)
        ground.wallFoot(-40...80, y: Self.fronts)
        ground.post(10.2, 16.3, height: 6.5, radius: 0.09)
        ground.post(-1.4, 16.2, height: 2.6)
        ground.box(
            Vector(-1.75, 16.15, 2),
            Vector(-1.05, 16.25, 2.7),
            color: Vector(0.05, 0.1, 0.4),
            gloss: 0.1
        )
        ground.box(
            Vector(13.4, 16.2, 0.13),
            Vector(14, 16.7, 1.05),
            color: Vector(0.07, 0.2, 0.1),
            gloss: 0.1
        )
        trees = [
            Tree(at: Vector(0.8, 16.6, 0.1), height: 4.2, crown: 1.7, random: &random),
            Tree(at: Vector(17.5, 16.6, 0.1), height: 4.4, crown: 1.9, random: &random),
        ]
        for tree in trees { ground.mesh.append(tree.trunk) }
        self.ground = ground
    }

    /// The fronts on the far side, one after the other.
    private static func addHouses(_ ground: inout Ground, _ random: inout Random) {
        let colors = [
            Vector(0.5, 0.45, 0.37), Vector(0.42, 0.3, 0.24), Vector(0.5, 0.5, 0.47),
            Vector(0.44, 0.41, 0.28), Vector(0.36, 0.38, 0.4),
        ]
        var left: Float = -40
        while left < 80 {
            let span = random.number(10, 15)
            let right = left + span
            ground.house(
                from: SIMD2(left, fronts),
                to: SIMD2(right, fronts),
                height: random.number(9, 13),
                color: random.pick(colors),
                seed: random.number(1, 900)
            )
            addDetails(&ground, left, right, &random)
            left = right
        }
    }

    /// Awnings, ledges and air conditioners of one house.
    private static func addDetails(
        _ ground: inout Ground,
        _ left: Float,
        _ right: Float,
        _ random: inout Random
    ) {
        let y = fronts
        ground.box(
            Vector(left, y - 0.25, 3.35),
            Vector(right - 0.1, y, 3.5),
            color: Vector(0.4, 0.38, 0.35)
        )
        for _ in 0..<3 {
            let x = random.number(left + 0.5, right - 1.5)
            let z = random.number(3.8, 6.5)
            ground.box(
                Vector(x, y - 0.35, z),
                Vector(x + 0.8, y, z + 0.55),
                color: Vector(repeating: 0.5)
            )
        }
        if random.number(0, 1) < 0.7 {
            let x = random.number(left + 0.5, right - 4)
            let canvas = random.pick([
                Vector(0.4, 0.07, 0.06), Vector(0.08, 0.2, 0.35), Vector(0.1, 0.28, 0.16),
            ])
            let cloth = ground.mesh.add(Surface(material: .plain, color: canvas))
            ground.mesh.addQuad(
                (
                    Vector(x, y - 1.3, 2.35), Vector(x + 3.4, y - 1.3, 2.35),
                    Vector(x + 3.4, y, 2.95), Vector(x, y, 2.95)
                ),
                surface: cloth
            )
        }
    }
}
