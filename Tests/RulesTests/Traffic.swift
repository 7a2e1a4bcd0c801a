import Rules
import Scene

/// One vehicle or person on its way through a picture: where it is at which second.
///
/// Between two points it moves evenly; where two points are the same place it stands from the first
/// of them on.
struct Traveller {
    struct Point {
        var second: Double
        var x: Double
        var y: Double
    }

    var id: Int
    var points: [Point]
    var objectClass = ObjectClass.unknown
    var width = 0.08
    var height = 0.12
    var presentAtStart = false
    /// Seconds during which something hides it.
    var hidden: ClosedRange<Double>?

    /// Drives along the lane from one edge of the picture to the other in six seconds.
    static func through(_ id: Int, at second: Double) -> Traveller {
        Traveller(
            id: id,
            points: [
                Point(second: second, x: 0.05, y: Lane.y),
                Point(second: second + 6, x: 0.95, y: Lane.y),
            ]
        )
    }

    /// Comes along the lane, stops at x at a second, and drives on at another.
    static func stops(
        _ id: Int,
        x: Double,
        y: Double = Lane.y,
        from start: Double,
        to end: Double = .infinity
    ) -> Traveller {
        var points = [
            Point(second: start - 4, x: 0.05, y: y), Point(second: start, x: x, y: y),
            Point(second: end, x: x, y: y),
        ]
        if end.isFinite { points.append(Point(second: end + 4, x: 0.95, y: y)) }
        return Traveller(id: id, points: points)
    }

    func observation(at second: Double) -> Observation? {
        guard let index = points.lastIndex(where: { $0.second <= second }) else { return nil }
        let point = points[index]
        var place = (x: point.x, y: point.y)
        var stands = false
        if index + 1 < points.count {
            let next = points[index + 1]
            stands = next.x == point.x && next.y == point.y
            let part = stands ? 0 : (second - point.second) / (next.second - point.second)
            place.x += (next.x - point.x) * part
            place.y += (next.y - point.y) * part
        } else if second > point.second {
            return nil
        }
        return Observation(
            id: ObjectID(rawValue: id),
            mobility: stands ? .static : .moving,
            box: NormalizedBox(
                x: place.x - width / 2,
                y: place.y - 0.85 * height,
                width: width,
                height: height
            ),
            since: MediaTime(seconds: point.second),
            presentAtStart: presentAtStart,
            isVisible: !(hidden?.contains(second) ?? false),
            classification: Classification(objectClass, confidence: 0.6)
        )
    }

    func changed(_ change: (inout Traveller) -> Void) -> Traveller {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A zone in a lane that runs from left to right.
enum Lane {
    static let y = 0.6
    static let zone = Polygon([
        NormalizedPoint(x: 0.3, y: 0.5), NormalizedPoint(x: 0.7, y: 0.5),
        NormalizedPoint(x: 0.7, y: 0.7), NormalizedPoint(x: 0.3, y: 0.7),
    ])
    /// Six vehicles that have driven through by second 60.
    static let flow = (0..<6).map { Traveller.through(900 + $0, at: 8 * Double($0)) }
    /// Three vehicles that stop for a red light at second 100, one after the other.
    static func line(until end: Double) -> [Traveller] {
        [
            .stops(1, x: 0.6, from: 100, to: end),
            .stops(2, x: 0.5, from: 103, to: end + 2),
            .stops(3, x: 0.4, from: 107, to: end + 4),
        ]
    }

    /// Ten seconds of dwell time and a minute of patience.
    static func rule(
        _ mode: QueueHandling.Mode = .automatic,
        kind: ZoneKind = .noParking
    ) -> ZoneRule {
        var rule = ZoneRule(id: ZoneID(rawValue: "lane"), kind: kind, polygon: zone)
        rule.dwell = .seconds(10)
        rule.queue = QueueHandling(mode, patience: .seconds(60))
        rule.classes = [.vehicle, .twoWheeler, .object, .unknown]
        return rule
    }

    static func frames(_ travellers: [Traveller], until end: Double) -> [FrameObservations] {
        (0...Int(end * 2)).map { index in
            let second = Double(index) / 2
            return FrameObservations(
                time: MediaTime(seconds: second),
                objects: travellers.compactMap { $0.observation(at: second) }
                    .sorted { $0.id < $1.id }
            )
        }
    }

    /// What opened, each as `id@second`.
    static func opened(
        _ travellers: [Traveller],
        _ rule: ZoneRule = Lane.rule(),
        until end: Double = 300
    ) -> [String] {
        var camera = CameraRules(rules: [rule])
        var opened: [Incident] = []
        for frame in frames(travellers, until: end) {
            opened += camera.step(frame, at: Instant(microseconds: 0))
                .filter { $0.phase == .opened }
        }
        return opened.map { "\($0.object.id.rawValue)@\(Int($0.time.seconds))" }
    }
}
