/// Goods are put down on a pavement, twice, by people who walk away; two others stand and talk.
struct GoodsOnPavement: SceneScript {
    let title = "Goods on the pavement"
    let camera: Camera
    let sun = Vector(0.5, -0.5, 0.7)
    let focus = Vector(-4, 12, 0)
    let duration = 75
    let backdrop: Prop
    private let trees: [Tree]
    private let porter: Person
    private let keeper: Person
    private let talkers: [(person: Person, place: Vector, heading: Float, mood: Float)]
    private let walkers: [(person: Person, route: Route)]
    private let van = Vehicle(.van, color: Vector(0.5, 0.5, 0.48))
    private let saloon = Vehicle(.saloon, color: Vector(0.05, 0.12, 0.14))

    private static let boxesPlace = Vector(-3.4, 12.2, 0)
    private static let cratesPlace = Vector(-8.6, 14.2, 0)
    private static let boxesDown: Float = 13
    private static let cratesDown: Float = 33
    private static let cratesUp: Float = 62
    private static let talk: ClosedRange<Float> = 12...56

    init(random: Random) {
        var random = random
        camera = Camera(
            position: Vector(0, 0, 5.8),
            yaw: -26,
            pitch: 23,
            fieldOfView: 58,
            width: 640,
            height: 360
        )
        var ground = Ground()
        let slabs = Surface(
            material: .paving,
            color: Vector(0.42, 0.38, 0.34),
            accent: Vector(0.5, 0.5, 0)
        )
        ground.plane(-60...60, 8.6...17.4, slabs)
        ground.plane(
            -60...60,
            -10...8.6,
            z: -0.13,
            Surface(material: .asphalt, color: Ground.asphalt)
        )
        ground.box(
            Vector(-60, 8.4, -0.13),
            Vector(60, 8.65, 0.012),
            color: Vector(0.38, 0.37, 0.35)
        )
        ground.plane(
            -60...60,
            9.6...10.0,
            z: 0.008,
            Surface(material: .paving, color: Vector(0.5, 0.38, 0.1), accent: Vector(0.4, 0.4, 0))
        )
        Self.build(&ground, &random)
        trees = [
            Tree(at: Vector(-13.5, 9.3, 0), height: 4.6, crown: 1.7, random: &random),
            Tree(at: Vector(4.6, 9.3, 0), height: 5.2, crown: 1.7, random: &random),
        ]
        for tree in trees { ground.mesh.append(tree.trunk) }
        backdrop = ground.backdrop
        porter = Person(random: &random)
        keeper = Person(random: &random)
        talkers = [
            (Person(random: &random), Vector(-6.3, 11.1, 0), 0.35, 0.2),
            (Person(random: &random), Vector(-5.3, 11.5, 0), 3.5, 0.7),
        ]
        walkers = [
            (Person(random: &random), Route([(0, -16, 15), (11, -1.5, 15.4), (16, 4, 15.6)])),
            (Person(random: &random), Route([(20, 4, 13.6), (30, -8, 12.7), (41, -22, 12.6)])),
            (Person(random: &random), Route([(44, -20, 15.9), (58, -2, 15.6), (63, 4, 15.6)])),
        ]
    }

    private static func build(_ ground: inout Ground, _ random: inout Random) {
        let colors = [
            Vector(0.48, 0.43, 0.36), Vector(0.4, 0.3, 0.25), Vector(0.45, 0.45, 0.42),
        ]
        for (index, x) in stride(from: Float(-46), to: 40, by: 12.6).enumerated() {
            ground.house(
                from: SIMD2(x, 17.4),
                to: SIMD2(x + 12.6, 17.4),
                height: 10,
                color: colors[index % 3],
                seed: random.number(1, 900)
            )
            ground.box(
                Vector(x, 17.1, 3.3),
                Vector(x + 12.5, 17.4, 3.46),
                color: Vector(0.4, 0.38, 0.35)
            )
        }
        ground.wallFoot(-46...40, y: 17.4)
        ground.box(
            Vector(-1.2, 16.4, 0),
            Vector(0.2, 17.2, 0.8),
            color: Vector(0.14, 0.22, 0.16)
        )
        ground.box(Vector(-11.8, 9.0, 0), Vector(-11.1, 9.5, 1), color: Vector(0.12, 0.13, 0.14))
        ground.post(-7.2, 9.0, height: 6.5, radius: 0.08)
        for x in stride(from: Float(-20), to: 6, by: 2.2) {
            ground.post(x, 8.95, height: 0.85, radius: 0.07)
        }
    }

    private static let porterRoute = Route([
        (4, 3.2, 13), (10.6, -2.8, 12.4), (14.4, -2.8, 12.4), (21, 3.4, 14.6),
    ])
    private static let keeperRoute = Route([
        (22, -20.5, 15.2), (31, -9.2, 14.4), (34.4, -9.2, 14.4), (41, -17, 15.6),
        (44, -22, 15.8),
    ])
    private static let fetchRoute = Route([
        (52, -22, 15.6), (60.4, -9.2, 14.4), (63, -9.2, 14.4), (73, -22, 15.2),
    ])

    /// A carrier and the goods, which rest at `down` to `up` and are carried outside.
    private func carrier(
        _ person: Person,
        _ route: Route,
        _ time: Float,
        carries: Bool,
        bends: ClosedRange<Float>,
        goods: Mesh
    ) -> [Prop] {
        guard let state = route.state(at: time) else { return [] }
        var pose = Person.walking(state.distance)
        pose.swing *= state.pace
        let middle = (bends.lowerBound + bends.upperBound) / 2
        let half = (bends.upperBound - bends.lowerBound) / 2
        let bend = 1 - smoothstep(0, 1, abs(time - middle) / half)
        var props: [Prop] = []
        if carries || bend > 0 {
            pose.arms = SIMD2(repeating: mix(0.35, 0.9, bend))
            pose.elbows = SIMD2(repeating: mix(1.2, 0.5, bend))
        }
        pose.lean = 0.75 * bend
        pose.crouch = 0.35 * bend
        props.append(person.prop(state.place, heading: state.heading, pose: pose))
        if carries {
            let reach = mix(0.36, 0.62, bend)
            let ahead = circle(state.heading) * reach
            let place = state.place + Vector(ahead.x, ahead.y, mix(0.82, 0.02, bend))
            props.append(Prop(mesh: goods.placed(Placement(place, heading: state.heading))))
        }
        return props
    }

    private var boxes: Prop { Goods.standing(Goods.boxes(), at: Self.boxesPlace, heading: 3.05) }
    private var crates: Prop { Goods.standing(Goods.crates(), at: Self.cratesPlace, heading: -0.1) }

    var shade: Mesh { Tree.shade(of: trees) }

    func props(at time: Float) -> [Prop] {
        var props = Tree.crowns(of: trees, at: time, wind: 0.03)
        props += carrier(
            porter,
            Self.porterRoute,
            time,
            carries: time < Self.boxesDown,
            bends: (Self.boxesDown - 1.2)...(Self.boxesDown + 1.2),
            goods: Goods.boxes()
        )
        props += carrier(
            keeper,
            Self.keeperRoute,
            time,
            carries: time < Self.cratesDown,
            bends: (Self.cratesDown - 1.2)...(Self.cratesDown + 1.2),
            goods: Goods.crates()
        )
        props += carrier(
            keeper,
            Self.fetchRoute,
            time,
            carries: time >= Self.cratesUp,
            bends: (Self.cratesUp - 1.2)...(Self.cratesUp + 1.2),
            goods: Goods.crates()
        )
        if time >= Self.boxesDown { props.append(boxes) }
        if time >= Self.cratesDown, time < Self.cratesUp { props.append(crates) }
        props += talkers.compactMap { talker($0, time) }
        for walker in walkers {
            guard let state = walker.route.state(at: time) else { continue }
            let pose = Person.walking(state.distance)
            props.append(walker.person.prop(state.place, heading: state.heading, pose: pose))
        }
        props += cars(at: time)
        return props
    }

    private func talker(
        _ talker: (person: Person, place: Vector, heading: Float, mood: Float),
        _ time: Float
    ) -> Prop? {
        let (start, end) = (Self.talk.lowerBound, Self.talk.upperBound)
        let (x, y) = (talker.place.x, talker.place.y)
        let away: Float = talker.mood < 0.5 ? -22 : 6
        let pace = abs(away - x) / 1.35
        let route = Route([
            (start - pace, away, y + 1.5), (start, x, y), (end, x, y), (end + pace, away, y + 0.6),
        ])
        guard let state = route.state(at: time) else { return nil }
        if Self.talk.contains(time) {
            return talker.person.prop(
                talker.place,
                heading: talker.heading,
                pose: Person.talking(time, talker.mood)
            )
        }
        let pose = Person.walking(state.distance)
        return talker.person.prop(state.place, heading: state.heading, pose: pose)
    }

    private func cars(at time: Float) -> [Prop] {
        [(van, 6.0), (saloon, 29.0), (van, 48.0), (saloon, 66.0)].compactMap { vehicle, enters in
            let x = -45 + (time - Float(enters)) * 9
            guard x > -44, x < 30 else { return nil }
            var prop = vehicle.prop(Vector(x, 6.3, -0.13), heading: 0, distance: x)
            prop.contacts = []
            return prop
        }
    }

    func atmosphere(at time: Float) -> Atmosphere {
        Atmosphere()
    }

    var truth: Truth {
        let zone = Truth.Zone(
            id: "pavement",
            name: "Pavement in front of the shops",
            kind: "road_occupation",
            polygon: outline([
                Vector(-15.5, 10.2, 0), Vector(0.6, 10.2, 0), Vector(0.6, 16.2, 0),
                Vector(-15.5, 16.2, 0),
            ]),
            dwell: 10
        )
        let both = Self.talk.lowerBound + 2
        var pair = Mesh()
        for talker in talkers {
            if let prop = self.talker(talker, both) { pair.append(prop.mesh) }
        }
        return Truth(
            zones: [zone],
            events: [
                entry(
                    zone: zone.id,
                    kind: zone.kind,
                    from: Self.boxesDown,
                    to: Float(duration),
                    around: boxes.mesh,
                    note: "two boxes put down, stay to the end"
                ),
                entry(
                    zone: zone.id,
                    kind: zone.kind,
                    from: Self.cratesDown,
                    to: Self.cratesUp,
                    around: crates.mesh,
                    note: "crates of fruit put down, carried off again"
                ),
            ],
            decoys: [
                entry(
                    from: Self.talk.lowerBound,
                    to: Self.talk.upperBound,
                    around: pair,
                    at: both,
                    note: "two people stand and talk"
                )
            ]
        )
    }
}
