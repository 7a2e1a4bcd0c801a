/// Somebody walks down a bank to moving water, squats there for a while and goes back; ducks swim.
struct PersonAtWater: SceneScript {
    let title = "Person at the water"
    let camera: Camera
    let sun = Vector(-0.34, 0.62, 0.7)
    let focus = Vector(2, 16, 0)
    let duration = 60
    let backdrop: Prop
    let water: WaterSurface? = WaterSurface(level: level, farBank: 46)
    private let trees: [Tree]
    private let visitor: Person
    private let walkers: [(person: Person, route: Route)]

    private static let level: Float = -1
    private static let route = Route([
        (6, -9, 7.6), (13.5, -1.2, 8.4), (17.5, 1.2, 11), (21, 2.6, 13.3), (38, 2.6, 13.3),
        (41.5, 1.4, 11), (45.5, 4.2, 8.4), (55, 17, 7.8),
    ])
    /// Where the zone begins on the bank.
    private static let edge: Float = 11.4

    init(random: Random) {
        var random = random
        camera = Camera(
            position: Vector(0, -1, 5.4),
            yaw: 9,
            pitch: 19,
            fieldOfView: 58,
            width: 640,
            height: 360
        )
        var ground = Ground()
        let slabs = Surface(
            material: .paving,
            color: Vector(0.4, 0.38, 0.34),
            accent: Vector(0.4, 0.2, 0)
        )
        ground.plane(-60...60, 5.6...9, z: 0.01, slabs)
        let lawn = Surface(material: .grass, color: Vector(0.12, 0.17, 0.045))
        ground.plane(-60...60, -10...9.9, lawn)
        Self.slope(&ground)
        ground.plane(
            -90...90,
            13...46,
            z: Self.level,
            Surface(material: .plain, color: Vector(0.1, 0.12, 0.1))
        )
        Self.farBank(&ground, &random)
        var grown = (0..<16).map { index in
            Tree(
                at: Vector(-42 + Float(index) * 6 + random.number(-1.5, 1.5), 50, 0),
                height: random.number(3.5, 5),
                crown: random.number(2.4, 3.4),
                count: 420,
                color: Vector(0.08, 0.13, 0.04),
                random: &random
            )
        }
        grown.append(Tree(at: Vector(-6.2, 10, 0), height: 4.6, crown: 2, random: &random))
        trees = grown
        for tree in trees { ground.mesh.append(tree.trunk) }
        backdrop = ground.backdrop
        visitor = Person(random: &random)
        walkers = [
            (Person(random: &random), Route([(0, 3, 7), (8, -8, 6.8)])),
            (Person(random: &random), Route([(22, -9, 7.4), (39, 15, 7.2)])),
            (Person(random: &random), Route([(27, 15, 6.6), (45, -9, 6.4)])),
        ]
    }

    /// Height of the ground at a distance from the camera's pole.
    static func height(_ y: Float) -> Float {
        -1.15 * smoothstep(9.6, 14.4, y)
    }

    private static func slope(_ ground: inout Ground) {
        let grass = ground.mesh.add(
            Surface(material: .grass, color: Vector(0.11, 0.15, 0.045))
        )
        let earth = ground.mesh.add(Surface(material: .earth, color: Vector(0.3, 0.25, 0.19)))
        for row in 0..<14 {
            let (low, high) = (9.6 + Float(row) * 0.4, 9.6 + Float(row + 1) * 0.4)
            for column in 0..<60 {
                let (left, right) = (Float(column) * 2 - 60, Float(column) * 2 - 58)
                func corner(_ x: Float, _ y: Float) -> Vector {
                    let bump = 0.07 * (Noise.value(x * 0.7, y * 1.3, 205) - 0.5)
                    return Vector(x, y, height(y) + (y > 9.7 ? bump : 0))
                }
                let isGrass = low + 0.8 * Noise.value(left * 0.3, 1, 207) < 11.6
                ground.mesh.addQuad(
                    (
                        corner(left, low), corner(right, low), corner(right, high),
                        corner(left, high)
                    ),
                    surface: isGrass ? grass : earth
                )
            }
        }
        let stone = ground.mesh.add(Surface(material: .plain, color: Vector(0.28, 0.27, 0.25)))
        for index in 0..<70 {
            let x = Noise.hash(Int32(index), 1, 208) * 60 - 25
            let y = 12.7 + Noise.hash(Int32(index), 2, 208) * 1.1
            let size = 0.07 + 0.2 * Noise.hash(Int32(index), 3, 208)
            ground.mesh.addEllipsoid(
                Vector(x, y, height(y)),
                radii: Vector(size, size * 0.8, size * 0.55),
                rows: 5,
                sides: 8,
                surface: stone
            )
        }
    }

    private static func farBank(_ ground: inout Ground, _ random: inout Random) {
        let wall = ground.mesh.add(Surface(material: .plain, color: Vector(0.3, 0.29, 0.26)))
        ground.mesh.addBox(Vector(-90, 46, -2), Vector(90, 46.6, 0.2), surface: wall)
        ground.plane(
            -90...90,
            46.4...90,
            z: 0.2,
            Surface(material: .grass, color: Vector(0.1, 0.15, 0.05))
        )
        let colors = [Vector(0.5, 0.46, 0.4), Vector(0.44, 0.34, 0.28), Vector(0.5, 0.5, 0.47)]
        var x: Float = -70
        while x < 80 {
            let span = random.number(9, 16)
            ground.house(
                from: SIMD2(x, 64),
                to: SIMD2(x + span, 64),
                height: random.number(8, 18),
                color: random.pick(colors),
                seed: random.number(1, 900),
                hasShops: false
            )
            x += span + random.number(0, 4)
        }
    }

    private func visitorProp(at time: Float) -> Prop? {
        guard let state = Self.route.state(at: time) else { return nil }
        var pose = Person.walking(state.distance)
        pose.swing *= state.pace
        let squat = smoothstep(24, 25.5, time) * (1 - smoothstep(35.5, 37, time))
        pose.crouch = squat
        pose.arms += SIMD2(repeating: squat * (0.7 + 0.25 * Wave.sine(time * 1.9)))
        pose.elbows += SIMD2(repeating: squat * 0.4)
        pose.look = 0.5 * Wave.sine(time * 0.7)
        var place = state.place
        place.z = Self.height(place.y)
        return visitor.prop(place, heading: state.heading, pose: pose)
    }

    private func ducks(at time: Float) -> [Prop] {
        (0..<3).map { index in
            let own = Float(index)
            func spot(_ time: Float) -> Vector {
                Vector(
                    -3.5 + own * 1.3 + 0.22 * time + 1.1 * Wave.sine(time * 0.19 + own * 2),
                    17.2 + own * 0.9 + 1.2 * Wave.sine(time * 0.13 + own * 1.4),
                    Self.level + 0.012 * Wave.sine(time * 3 + own)
                )
            }
            let way = spot(time + 0.3) - spot(time - 0.3)
            return Duck.prop(
                at: spot(time),
                heading: Route.heading(way),
                isDrake: index == 0
            )
        }
    }

    var shade: Mesh { Tree.shade(of: trees) }

    func props(at time: Float) -> [Prop] {
        var props = Tree.crowns(of: trees, at: time, wind: 0.05)
        if let visitor = visitorProp(at: time) { props.append(visitor) }
        props += ducks(at: time)
        for walker in walkers {
            guard let state = walker.route.state(at: time) else { continue }
            let pose = Person.walking(state.distance)
            props.append(walker.person.prop(state.place, heading: state.heading, pose: pose))
        }
        return props
    }

    func atmosphere(at time: Float) -> Atmosphere {
        Atmosphere(sun: Vector(2.2, 2.05, 1.8))
    }

    /// The first and last moment at which the visitor's ground contact is in the zone.
    private var visit: (start: Float, end: Float) {
        let steps = (0..<(duration * 20)).map { Float($0) / 20 }
        let inside = steps.filter { time in
            guard let mesh = visitorProp(at: time)?.mesh, let box = camera.box(of: mesh) else {
                return false
            }
            return zone.contains((box.x + box.z) / 2, box.w)
        }
        return (inside.first ?? 0, inside.last ?? 0)
    }

    private var zone: Truth.Zone {
        func bank(_ x: Float) -> Vector { Vector(x, Self.edge, Self.height(Self.edge)) }
        return Truth.Zone(
            id: "bank",
            name: "Foot of the bank and the water",
            kind: "water_danger",
            polygon: outline([
                bank(-6), bank(0), bank(10), Vector(16, 24, Self.level), Vector(-9, 24, Self.level),
            ]),
            dwell: 2
        )
    }

    var truth: Truth {
        let (start, end) = visit
        let mesh = visitorProp(at: start)?.mesh ?? Mesh()
        var flock = Mesh()
        for duck in ducks(at: 10) { flock.append(duck.mesh) }
        return Truth(
            zones: [zone],
            events: [
                entry(
                    zone: zone.id,
                    kind: zone.kind,
                    from: start,
                    to: end,
                    around: mesh,
                    note: "walks down to the water, squats, goes back"
                )
            ],
            decoys: [
                entry(
                    from: 0,
                    to: Float(duration),
                    around: flock,
                    at: 10,
                    note: "three ducks swim to and fro"
                )
            ]
        )
    }
}
