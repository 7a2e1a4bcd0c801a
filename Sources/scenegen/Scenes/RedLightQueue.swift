/// Three lanes of cars stop at a red light, twice, and flow on: nothing to report.
struct RedLightQueue: SceneScript {
    let title = "Red-light queue"
    let camera: Camera
    let sun = Vector(-0.62, -0.3, 0.72)
    let focus = Vector(2, 26, 0)
    let duration = 75
    let backdrop: Prop
    private let queue: TrafficQueue
    private let trees: [Tree]
    private let opposite: [(vehicle: Vehicle, x: Float, enters: Float, speed: Float)]

    private static let lanes: [Float] = [-5, -1.7, 1.6]
    private static let stopLine: Float = 14
    private static let reds: [ClosedRange<Float>] = [4...23, 45...65]

    init(random: Random) {
        var random = random
        camera = Camera(
            position: Vector(3.6, -3, 7.4),
            yaw: -9,
            pitch: 19,
            fieldOfView: 58,
            width: 640,
            height: 360
        )
        var ground = Ground()
        let asphalt = Surface(material: .asphalt, color: Ground.asphalt)
        ground.plane(-60...70, -10...220, asphalt)
        let slabs = Surface(
            material: .paving,
            color: Vector(0.4, 0.38, 0.36),
            accent: Vector(0.5, 0.5, 0)
        )
        ground.plane(-12.5...(-6.9), 7...220, z: 0.13, slabs)
        ground.plane(11.3...17, 7...220, z: 0.13, slabs)
        ground.kerbAlongY(7...220, x: -6.9)
        ground.kerbAlongY(7...220, x: 11.3)
        Self.paint(&ground)
        Self.build(&ground, &random)
        trees =
            [12, 21, 31, 44, 60].map { y in
                Tree(
                    at: Vector(-8.2, y, 0.1),
                    height: 4.6,
                    crown: 1.9,
                    count: y > 35 ? 500 : 1300,
                    random: &random
                )
            }
            + [18, 30, 46].map { y in
                Tree(at: Vector(12.7, y, 0.1), height: 4.4, crown: 1.8, count: 800, random: &random)
            }
        for tree in trees { ground.mesh.append(tree.trunk) }
        backdrop = ground.backdrop
        queue = TrafficQueue(
            lanes: Self.lanes,
            stopLine: Self.stopLine,
            reds: Self.reds,
            duration: Float(duration),
            random: random.split(7)
        )
        let colors = [Vector(repeating: 0.5), Vector(0.05, 0.08, 0.2), Vector(0.3, 0.28, 0.24)]
        opposite = [(0, 6), (9, 9.2), (17, 6), (27, 9.2), (33, 6), (41, 9.2), (58, 6), (68, 9.2)]
            .map { time, x in
                let kind: Vehicle.Kind = random.pick([.saloon, .hatchback, .van])
                let vehicle = Vehicle(kind, color: random.pick(colors))
                return (vehicle, Float(x), Float(time), random.number(9, 12))
            }
    }

    private static func paint(_ ground: inout Ground) {
        let line = stopLine - 0.9
        ground.stripe(-6.6...3.2, line...(line + 0.35))
        var x: Float = -6.4
        while x < 11 {
            ground.stripe(x...(x + 0.5), 8.6...12)
            x += 1.05
        }
        for lane in [-3.35, -0.05] as [Float] {
            var y = line + 0.4
            while y < 120 {
                let end = y < 35 ? y + 3 : y + 2.4
                ground.stripe((lane - 0.07)...(lane + 0.07), y...end)
                y += y < 35 ? 3 : 6
            }
        }
        var y: Float = 13
        while y < 120 {
            ground.stripe(7.53...7.67, y...(y + 2.5))
            y += 6
        }
        let yellow = Vector(0.6, 0.43, 0.06)
        ground.stripe(3.35...3.47, line...200, color: yellow)
        ground.stripe(3.63...3.75, line...200, color: yellow)
        ground.manhole(-3.6, 18.5)
        ground.manhole(0.9, 10)
    }

    private static func build(_ ground: inout Ground, _ random: inout Random) {
        let colors = [
            Vector(0.46, 0.42, 0.36), Vector(0.4, 0.3, 0.25), Vector(0.47, 0.47, 0.45),
            Vector(0.34, 0.36, 0.38),
        ]
        for (x, isLeft) in [(Float(-12.5), true), (17, false)] {
            var y: Float = 4
            while y < 150 {
                let depth = random.number(12, 20)
                let (near, far) = (SIMD2(x, y), SIMD2(x, y + depth))
                ground.house(
                    from: isLeft ? near : far,
                    to: isLeft ? far : near,
                    height: random.number(10, 19),
                    color: random.pick(colors),
                    seed: random.number(1, 900)
                )
                y += depth
            }
        }
        ground.house(
            from: SIMD2(-60, 170),
            to: SIMD2(70, 170),
            height: 22,
            color: Vector(0.42, 0.42, 0.42),
            seed: 55,
            hasShops: false
        )
        ground.post(-7.4, 13, height: 6, radius: 0.1)
        ground.box(
            Vector(-7.5, 12.94, 5.7),
            Vector(-1.6, 13.06, 5.85),
            color: Vector(repeating: 0.2)
        )
        for x in lanes {
            let center = x + 1
            ground.box(
                Vector(center - 0.2, 12.85, 5.0),
                Vector(center + 0.2, 13.1, 6.1),
                color: Vector(repeating: 0.03)
            )
        }
        for y in stride(from: Float(20), to: 110, by: 22) {
            ground.post(11.9, y, height: 7.5, radius: 0.08)
        }
    }

    var shade: Mesh { Tree.shade(of: trees) }

    func props(at time: Float) -> [Prop] {
        var props = Tree.crowns(of: trees, at: time, wind: 0.035)
        props += queue.props(at: time)
        for item in opposite {
            let y = -12 + (time - item.enters) * item.speed
            guard y > -11, y < 165 else { continue }
            props.append(
                item.vehicle.prop(
                    Vector(item.x, y, 0),
                    heading: .pi / 2,
                    distance: y,
                    lights: Vehicle.Lights(tail: true)
                )
            )
        }
        return props
    }

    func atmosphere(at time: Float) -> Atmosphere {
        Atmosphere()
    }

    var truth: Truth {
        let zone = Truth.Zone(
            id: "lanes",
            name: "Three lanes before the light",
            kind: "no_parking",
            polygon: outline([
                Vector(-6.7, 13, 0), Vector(3.3, 13, 0), Vector(3.3, 48, 0), Vector(-6.7, 48, 0),
            ]),
            dwell: 30
        )
        return Truth(
            zones: [zone],
            decoys: queue.stands.map { stand in
                entry(
                    zone: zone.id,
                    kind: zone.kind,
                    from: stand.start,
                    to: stand.end,
                    around: stand.mesh,
                    note: "waits at the red light and flows on"
                )
            }
        )
    }
}
