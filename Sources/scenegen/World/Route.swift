internal import Glibc

/// Where somebody walks: places with the times of passing them; two equal places mean waiting.
struct Route {
    struct State {
        var place: Vector
        var heading: Float
        /// Metres walked since the start.
        var distance: Float
        /// 0 at rest, 1 at full stride.
        var pace: Float
    }

    private let stops: [(time: Float, place: Vector)]
    private let lengths: [Float]

    /// `(time, x, y)` in order of time, at least one.
    init(_ stops: [(Float, Float, Float)]) {
        self.stops = stops.map { (time: $0.0, place: Vector($0.1, $0.2, 0)) }
        var sum: Float = 0
        var lengths: [Float] = [0]
        for (a, b) in zip(self.stops, self.stops.dropFirst()) {
            sum += length(b.place - a.place)
            lengths.append(sum)
        }
        self.lengths = lengths
    }

    private func place(_ time: Float) -> (Vector, Float) {
        guard let first = stops.first, let last = stops.last else {
            return (Vector(repeating: 0), 0)
        }
        if time <= first.time { return (first.place, 0) }
        for index in 1..<stops.count where time <= stops[index].time {
            let (a, b) = (stops[index - 1], stops[index])
            let share = (time - a.time) / max(0.001, b.time - a.time)
            return (
                mix(a.place, b.place, share), mix(lengths[index - 1], lengths[index], share)
            )
        }
        return (last.place, lengths[lengths.count - 1])
    }

    /// The state at a time, or nil before the first and after the last stop.
    func state(at time: Float) -> State? {
        guard let first = stops.first, let last = stops.last, time >= first.time,
            time <= last.time
        else { return nil }
        let now = place(time)
        let before = place(time - 0.25)
        let after = place(time + 0.25)
        let moved = after.1 - before.1
        var way = after.0 - before.0
        var probe: Float = 0.5
        while dot(way, way) < 0.01, probe < 200 {
            way = place(time).0 - place(time - probe).0
            if dot(way, way) < 0.01 { way = place(time + probe).0 - place(time).0 }
            probe *= 1.5
        }
        return State(
            place: now.0,
            heading: atan2f(way.y, way.x),
            distance: now.1,
            pace: clamp(moved / 0.45)
        )
    }
}

/// A vehicle's way along one line: it comes at an even speed, may stop, and goes on.
struct Drive {
    /// When it passes its start.
    var enters: Float
    /// Metres a second.
    var cruise: Float
    /// Metres from the start to where it stops, and when it goes on; nil where it does not stop.
    var stop: (distance: Float, leaves: Float)?
    var braking: Float = 1.8
    var pull: Float = 1.5

    /// When it comes to rest.
    var stopsAt: Float {
        guard let stop else { return .infinity }
        let brakeLength = cruise * cruise / (2 * braking)
        return enters + (stop.distance - brakeLength) / cruise + cruise / braking
    }

    /// The time of entering that makes it rest from `time` on.
    static func entering(toStopAt time: Float, distance: Float, cruise: Float) -> Float {
        var drive = Drive(enters: 0, cruise: cruise)
        drive.stop = (distance, 0)
        return time - drive.stopsAt
    }

    /// Metres since the start, and whether it brakes; negative before it enters.
    func distance(at time: Float) -> (metres: Float, isBraking: Bool) {
        let elapsed = time - enters
        guard let stop else { return (elapsed * cruise, false) }
        let brakeLength = cruise * cruise / (2 * braking)
        let cruising = (stop.distance - brakeLength) / cruise
        if elapsed < cruising { return (elapsed * cruise, false) }
        let slowing = elapsed - cruising
        if slowing < cruise / braking {
            return (
                stop.distance - brakeLength + cruise * slowing - braking * slowing * slowing / 2,
                true
            )
        }
        let gone = time - stop.leaves
        if gone < 0 { return (stop.distance, slowing < cruise / braking + 3) }
        let gaining = min(gone, cruise / pull)
        let gained = pull * gaining * gaining / 2 + (gone - gaining) * cruise
        return (stop.distance + gained, false)
    }
}

extension Route {
    /// The heading of a way across the ground.
    static func heading(_ way: Vector) -> Float {
        atan2f(way.y, way.x)
    }
}
