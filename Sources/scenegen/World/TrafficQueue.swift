/// Cars in lanes that run towards -y and keep their distance (Treiber, Hennecke and Helbing,
/// "Congested traffic states", 2000), with a light at a stop line.
struct TrafficQueue: Sendable {
    private struct Car {
        var vehicle: Vehicle
        var lane: Float
        var cruise: Float
        var y: Float
        var speed: Float = 0
        var wobble: Float
    }

    private struct Snapshot {
        var car: Int
        var y: Float
        var isBraking: Bool
    }

    /// A car that waits: from when, until when, and its shape there.
    struct Stand {
        var start: Float
        var end: Float
        var mesh: Mesh
    }

    private static let step: Float = 1 / 24
    private static let lead: Float = 20

    private var cars: [Car] = []
    private var frames: [[Snapshot]] = []
    private(set) var stands: [Stand] = []
    private let stopLine: Float
    private let reds: [ClosedRange<Float>]

    init(
        lanes: [Float],
        stopLine: Float,
        reds: [ClosedRange<Float>],
        duration: Float,
        random: Random
    ) {
        var random = random
        self.stopLine = stopLine
        self.reds = reds
        let colors = [
            Vector(repeating: 0.6), Vector(repeating: 0.32), Vector(repeating: 0.03),
            Vector(0.38, 0.04, 0.04), Vector(0.05, 0.1, 0.28), Vector(0.3, 0.27, 0.2),
        ]
        for lane in lanes {
            var y = random.number(150, 175)
            while y < 900 {
                let kind: Vehicle.Kind = random.pick([.saloon, .saloon, .hatchback, .van])
                cars.append(
                    Car(
                        vehicle: Vehicle(kind, color: random.pick(colors)),
                        lane: lane + random.number(-0.2, 0.2),
                        cruise: random.number(9.5, 12),
                        y: y,
                        speed: 9,
                        wobble: random.number(0, 6)
                    )
                )
                y += random.number(22, 55)
            }
        }
        simulate(lanes: lanes, duration: duration)
    }

    private func isRed(_ time: Float) -> Bool {
        reds.contains { $0.contains(time) }
    }

    private mutating func simulate(lanes: [Float], duration: Float) {
        var since = [Float?](repeating: nil, count: cars.count)
        var ahead = [Int?](repeating: nil, count: cars.count)
        for index in 1..<cars.count where abs(cars[index].lane - cars[index - 1].lane) < 1 {
            ahead[index] = index - 1
        }
        var time = -Self.lead
        while time <= duration {
            var snapshots: [Snapshot] = []
            for index in cars.indices {
                let push = acceleration(of: index, behind: ahead[index], at: time)
                cars[index].speed = max(0, cars[index].speed + push * Self.step)
                cars[index].y -= cars[index].speed * Self.step
                note(index, time, &since[index])
                if time >= 0, cars[index].y > -14, cars[index].y < 165 {
                    let isBraking = push < -0.4 || cars[index].speed < 0.2
                    snapshots.append(Snapshot(car: index, y: cars[index].y, isBraking: isBraking))
                }
            }
            if time >= 0 { frames.append(snapshots) }
            time += Self.step
        }
        stands.sort { $0.start < $1.start }
    }

    private mutating func note(_ index: Int, _ time: Float, _ since: inout Float?) {
        let car = cars[index]
        if car.speed < 0.05, time >= 0, car.y < 55 {
            since = since ?? time
        } else if let start = since, car.speed > 0.3 {
            let mesh = car.vehicle.mesh(
                at: Placement(Vector(car.lane, car.y, 0), heading: -.pi / 2),
                distance: 0
            )
            stands.append(Stand(start: start, end: time, mesh: mesh))
            since = nil
        }
    }

    private func acceleration(of index: Int, behind leader: Int?, at time: Float) -> Float {
        let car = cars[index]
        let front = car.y - car.vehicle.length / 2
        var gap: Float = 1000
        var closing: Float = 0
        if let leader {
            let other = cars[leader]
            gap = front - (other.y + other.vehicle.length / 2)
            closing = car.speed - other.speed
        }
        let toLine = front - stopLine
        if isRed(time), toLine > -0.5, toLine < gap,
            toLine + 0.8 > car.speed * car.speed / 9
        {
            gap = max(toLine, 0.05) + 1.2
            closing = car.speed
        }
        let (limit, comfort): (Float, Float) = (1.7, 2.2)
        let wanted =
            1.6 + car.speed * 1.1 + car.speed * closing / (2 * (limit * comfort).squareRoot())
        let ratio = max(0, wanted) / max(gap, 0.1)
        let free = car.speed / car.cruise
        return max(-7, limit * (1 - free * free * free * free - ratio * ratio))
    }

    /// The cars at a time.
    func props(at time: Float) -> [Prop] {
        let index = Int((time / Self.step).rounded())
        guard frames.indices.contains(index) else { return [] }
        return frames[index].map { snapshot in
            let car = cars[snapshot.car]
            let sway = 0.05 * Wave.sine(snapshot.y * 0.08 + car.wobble)
            return car.vehicle.prop(
                Vector(car.lane + sway, snapshot.y, 0),
                heading: -.pi / 2,
                distance: -snapshot.y,
                lights: Vehicle.Lights(brake: snapshot.isBraking)
            )
        }
    }
}
