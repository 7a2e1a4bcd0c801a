/// Nothing happens, and everything changes: clouds, a shadow that sweeps by, dusk, headlights, the
/// noise of a camera that turns up its gain.
struct HardNegative: SceneScript {
    let title = "Clouds, dusk and headlights"
    let camera: Camera
    let sun = Vector(-0.62, -0.5, 0.48)
    let focus = Vector(6, 13, 0)
    let duration = 80
    let backdrop: Prop
    private let street: Street
    private let traffic: [(vehicle: Vehicle, enters: Float, speed: Float, isNear: Bool)]
    private let walkers: [(person: Person, route: Route)]

    init(random: Random) {
        var random = random
        camera = Camera(
            position: Vector(1, -0.5, 6.4),
            yaw: -21,
            pitch: 20,
            fieldOfView: 62,
            width: 640,
            height: 360
        )
        var street = Street(random: &random)
        street.ground.parked(
            Vehicle(.saloon, color: Vector(0.3, 0.29, 0.26)),
            Vector(-21, 14.4, 0),
            heading: .pi
        )
        self.street = street
        backdrop = street.ground.backdrop
        let colors = [Vector(repeating: 0.5), Vector(0.3, 0.05, 0.05), Vector(0.05, 0.09, 0.2)]
        let times: [(Float, Bool)] = [
            (-2, true), (3, false), (11, true), (19, false), (24, true), (33, false), (38, true),
            (43, false), (47, true), (52, false), (56, true), (60, false), (64, true), (68, false),
            (71, true),
        ]
        traffic = times.map { time, isNear in
            let kind: Vehicle.Kind = random.pick([.saloon, .hatchback, .van])
            return (Vehicle(kind, color: random.pick(colors)), time, random.number(8, 11), isNear)
        }
        walkers = [
            (Person(random: &random), Route([(2, -26, 18), (24, 5, 17.4)])),
            (Person(random: &random), Route([(20, 6, 18.6), (46, -28, 18.2)])),
            (Person(random: &random), Route([(50, -24, 17.6), (74, 8, 17.8)])),
        ]
    }

    /// 1 in daylight, 0 when the sun is gone.
    private func daylight(_ time: Float) -> Float {
        1 - smoothstep(30, 58, time)
    }

    func props(at time: Float) -> [Prop] {
        var props = street.trees.map { Prop(mesh: $0.crown(at: time, wind: 0.06)) }
        let isDusk = time > 44
        for item in traffic {
            let way = (time - item.enters) * item.speed
            guard way > 0, way < 100 else { continue }
            props.append(
                item.vehicle.prop(
                    Vector(item.isNear ? -50 + way : 50 - way, item.isNear ? 9.4 : 13.2, 0),
                    heading: item.isNear ? 0 : .pi,
                    distance: way,
                    lights: Vehicle.Lights(head: isDusk, tail: isDusk)
                )
            )
        }
        for walker in walkers {
            guard let state = walker.route.state(at: time) else { continue }
            var place = state.place
            place.z = 0.13
            let pose = Person.walking(state.distance)
            props.append(walker.person.prop(place, heading: state.heading, pose: pose))
        }
        for (start, speed) in [(Float(8), Float(5)), (26, -4)] where abs(time - start) < 12 {
            let x = -22 + (time - start) * speed
            var mesh = Mesh()
            let steel = mesh.add(Surface(material: .plain, color: Vector(repeating: 0.2)))
            mesh.addBox(Vector(x - 3, -5, 8), Vector(x + 3, -3, 17), surface: steel)
            props.append(Prop(mesh: mesh))
        }
        return props
    }

    private func lamps(at time: Float) -> [Lamp] {
        guard time > 44 else { return [] }
        var lamps: [Lamp] = []
        let strength = 5 * smoothstep(44, 47, time)
        for item in traffic {
            let way = (time - item.enters) * item.speed
            guard way > 0, way < 100 else { continue }
            let sign: Float = item.isNear ? 1 : -1
            let x = item.isNear ? -50 + way : 50 - way
            guard abs(x + 4) < 45 else { continue }
            lamps.append(
                Lamp(
                    position: Vector(x + sign * 2.1, item.isNear ? 9.4 : 13.2, 0.7),
                    direction: normalized(Vector(sign, item.isNear ? -0.06 : 0.1, -0.09)),
                    color: Vector(1, 0.93, 0.76) * strength
                )
            )
        }
        // A car that turns out of a side street behind the camera and sweeps across the fronts.
        for start in [Float(54), 67] where time > start && time < start + 5 {
            let turn = circle(0.35 + (time - start) * 0.42)
            let rise = smoothstep(0, 0.6, time - start) * (1 - smoothstep(4.4, 5, time - start))
            lamps.append(
                Lamp(
                    position: Vector(6, 2, 0.9),
                    direction: normalized(Vector(turn.x, turn.y, -0.02)),
                    color: Vector(1, 0.95, 0.82) * (9 * rise)
                )
            )
        }
        return lamps
    }

    func atmosphere(at time: Float) -> Atmosphere {
        var air = Atmosphere()
        let day = daylight(time)
        air.cloudCover = 0.8
        air.cloudOffset = SIMD2(-time * 3.1, time * 1.2)
        air.sun *= mix(Vector(0, 0, 0), Vector(1, 0.92, 0.8), day)
        let dusk = Vector(0.1, 0.13, 0.22)
        air.sky = mix(dusk, air.sky, day)
        air.ground = mix(dusk * 0.5, air.ground, day)
        air.glow = 1 - day * 0.85
        let gain = mix(2.6, 1, day)
        air.exposure *= gain
        air.noise = mix(4, 1.5, day)
        air.lamps = lamps(at: time)
        return air
    }

    var truth: Truth {
        let kerb = Truth.Zone(
            id: "kerb",
            name: "Kerb in front of the shops",
            kind: "no_parking",
            polygon: outline([
                Vector(-14, 12.4, 0), Vector(3.5, 12.4, 0), Vector(3.5, 15.6, 0),
                Vector(-14, 15.6, 0),
            ]),
            dwell: 10
        )
        let pavement = Truth.Zone(
            id: "pavement",
            name: "Pavement in front of the shops",
            kind: "road_occupation",
            polygon: outline([
                Vector(-16, 16, 0.13), Vector(4, 16, 0.13), Vector(4, 19.6, 0.13),
                Vector(-16, 19.6, 0.13),
            ]),
            dwell: 10
        )
        func note(_ start: Double, _ end: Double, _ text: String) -> Truth.Entry {
            Truth.Entry(
                start: start,
                end: end,
                box: SIMD4(0, 0, Float(camera.width), Float(camera.height)),
                boxTime: start,
                note: text
            )
        }
        return Truth(
            zones: [kerb, pavement],
            decoys: [
                note(0, 50, "shadows of clouds"),
                note(0, 38, "shadow of something tall that passes outside the picture, twice"),
                note(30, 58, "dusk, with rising gain and noise"),
                note(44, 80, "headlights of passing cars"),
                note(54, 72, "headlights sweep across the house fronts, twice"),
            ]
        )
    }
}
