/// A car parks where it must not; people pass, a lorry hides it for a while, and it drives off.
struct ParkedCar: SceneScript {
    let title = "Parked car"
    let camera: Camera
    let sun = Vector(-0.5, -0.42, 0.75)
    let focus = Vector(8, 13, 0)
    let duration = 75
    let backdrop: Prop
    private let street: Street
    private let car = Vehicle(.saloon, color: Vector(0.42, 0.05, 0.05))
    private let lorry = Vehicle(.lorry, color: Vector(0.08, 0.2, 0.42))
    private let traffic: [(vehicle: Vehicle, drive: Drive, lane: Lane)]
    private let walkers: [(person: Person, route: Route)]

    private enum Lane {
        case near
        case far
    }

    private static let stopTime: Float = 12
    private static let leaveTime: Float = 63
    private static let restX: Float = 6.2
    private static let restY: Float = 14.35
    private static let lorryTimes: ClosedRange<Float> = 27...35
    private static let enterX: Float = 48

    init(random: Random) {
        var random = random
        camera = Camera(
            position: Vector(0, 0, 6.6),
            yaw: 23,
            pitch: 21,
            fieldOfView: 60,
            width: 640,
            height: 360
        )
        var street = Street(random: &random)
        let silver = Vehicle(.hatchback, color: Vector(repeating: 0.42))
        street.ground.parked(silver, Vector(21.5, 14.4, 0), heading: .pi)
        self.street = street
        backdrop = street.ground.backdrop
        let grey = Vehicle(.hatchback, color: Vector(0.4, 0.42, 0.44))
        let white = Vehicle(.van, color: Vector(0.68, 0.68, 0.66))
        let blue = Vehicle(.saloon, color: Vector(0.05, 0.09, 0.24))
        let black = Vehicle(.saloon, color: Vector(repeating: 0.025))
        traffic = [
            (white, Drive(enters: 2.5, cruise: 8.5), .near),
            (blue, Drive(enters: 16, cruise: 9.5), .near),
            (grey, Drive(enters: 9, cruise: 9), .far),
            (black, Drive(enters: 40, cruise: 9), .near),
            (white, Drive(enters: 36, cruise: 8), .far),
            (grey, Drive(enters: 53, cruise: 9.5), .near),
            (blue, Drive(enters: 69, cruise: 9), .near),
        ]
        walkers = [
            (Person(random: &random), Route([(0, -4, 17.6), (19, 23, 18)])),
            (
                Person(random: &random),
                Route([
                    (10.5, 15, 18.2), (14.5, 10.6, 17.5), (17.1, 10.2, 14.3), (18.9, 8.5, 12.6),
                    (22, 4.4, 12.5), (23.5, 2.6, 13.5), (26.5, 1.4, 17.6), (34.5, -7, 18),
                ])
            ),
            (Person(random: &random), Route([(39, 22, 18.6), (58, -4, 18.2)])),
            (
                Person(random: &random),
                Route([
                    (46, -2, 17.3), (49.5, 1.6, 16.4), (51, 2.6, 14.8), (52.3, 3.6, 13.1),
                    (55.6, 8, 12.8), (58, 10.2, 14.4), (59.5, 11, 16.4), (66, 19, 18),
                ])
            ),
        ]
    }

    private var carDrive: Drive {
        let way = Self.enterX - Self.restX
        var drive = Drive(
            enters: Drive.entering(toStopAt: Self.stopTime, distance: way, cruise: 8),
            cruise: 8
        )
        drive.stop = (way, Self.leaveTime)
        return drive
    }

    private func carProp(at time: Float) -> Prop {
        let (metres, isBraking) = carDrive.distance(at: time)
        let x = Self.enterX - metres
        func y(_ x: Float) -> Float {
            x > Self.restX
                ? mix(Self.restY, 12.9, smoothstep(1.5, 12, x - Self.restX))
                : mix(Self.restY, 12.9, smoothstep(2.5, 12, Self.restX - x))
        }
        let slope = (y(x - 0.4) - y(x + 0.4)) / 0.8
        return car.prop(
            Vector(x, y(x), 0),
            heading: .pi - slope,
            distance: metres,
            lights: Vehicle.Lights(brake: isBraking)
        )
    }

    private func lorryProp(at time: Float) -> Prop {
        let way: Float = 50 - 4.3
        var drive = Drive(
            enters: Drive.entering(toStopAt: Self.lorryTimes.lowerBound, distance: way, cruise: 8),
            cruise: 8
        )
        drive.stop = (way, Self.lorryTimes.upperBound)
        let (metres, isBraking) = drive.distance(at: time)
        return lorry.prop(
            Vector(50 - metres, 11.7, 0),
            heading: .pi,
            distance: metres,
            lights: Vehicle.Lights(brake: isBraking)
        )
    }

    var shade: Mesh { Tree.shade(of: street.trees) }

    func props(at time: Float) -> [Prop] {
        var props = Tree.crowns(of: street.trees, at: time, wind: 0.035)
        let metres = carDrive.distance(at: time).metres
        if metres > -2, metres < 75 { props.append(carProp(at: time)) }
        if (15...50).contains(time) { props.append(lorryProp(at: time)) }
        for item in traffic {
            let way = item.drive.distance(at: time).metres
            guard way > 0, way < 95 else { continue }
            let (x, y, heading): (Float, Float, Float) =
                item.lane == .near ? (-32 + way, 9.4, 0) : (60 - way, 12.35, .pi)
            props.append(item.vehicle.prop(Vector(x, y, 0), heading: heading, distance: way))
        }
        for walker in walkers {
            guard let state = walker.route.state(at: time) else { continue }
            var place = state.place
            place.z = place.y > Street.farKerb ? 0.13 : 0
            var pose = Person.walking(state.distance)
            pose.swing *= state.pace
            props.append(walker.person.prop(place, heading: state.heading, pose: pose))
        }
        return props
    }

    func atmosphere(at time: Float) -> Atmosphere {
        Atmosphere()
    }

    var truth: Truth {
        let zone = Truth.Zone(
            id: "kerb",
            name: "Kerb in front of the shops",
            kind: "no_parking",
            polygon: outline([
                Vector(1.2, 13, 0), Vector(12, 13, 0), Vector(13, 15.6, 0), Vector(1.4, 15.6, 0),
            ]),
            dwell: 10
        )
        let (start, end) = (Self.lorryTimes.lowerBound, Self.lorryTimes.upperBound)
        return Truth(
            zones: [zone],
            events: [
                entry(
                    zone: zone.id,
                    kind: zone.kind,
                    from: Self.stopTime,
                    to: Self.leaveTime,
                    around: carProp(at: Self.stopTime).mesh,
                    note: "red saloon parks; hidden by a lorry from about 26 s to 37 s"
                )
            ],
            decoys: [
                entry(
                    from: start,
                    to: end,
                    around: lorryProp(at: start).mesh,
                    note: "lorry stops beside the zone and hides the parked car"
                )
            ]
        )
    }
}
