import Rules
import Scene

/// One object, drawn in time: one character is half a second.
///
/// | character | the detector reports                                            |
/// | --------- | --------------------------------------------------------------- |
/// | `.`       | nothing                                                         |
/// | `P`       | the object standing inside                                      |
/// | `O`       | the same, hidden and only remembered                            |
/// | `E`       | standing at the zone's edge: too far out to enter, in to stay   |
/// | `L`       | standing outside                                                |
/// | `I`       | moving inside                                                   |
/// | `H`       | moving inside, hidden                                           |
/// | `X`       | moving outside                                                  |
/// | `B`       | nothing, in a blind frame                                       |
/// | `b`       | the object standing inside, in a blind frame                    |
/// | `i`       | the object moving inside, in a blind frame                      |
struct Row {
    var script: String
    var id: Int
    /// When it stopped, in seconds; nil for where an unbroken run of standing began.
    var since: Double?
    var objectClass = ObjectClass.vehicle
    var confidence = 1.0
    var box = Street.inside
    var presentAtStart = false

    init(
        _ script: String,
        id: Int = 1,
        since: Double? = nil,
        objectClass: ObjectClass = .vehicle,
        confidence: Double = 1,
        box: NormalizedBox = Street.inside,
        presentAtStart: Bool = false
    ) {
        self.script = script
        self.id = id
        self.since = since
        self.objectClass = objectClass
        self.confidence = confidence
        self.box = box
        self.presentAtStart = presentAtStart
    }

    func observation(at index: Int) -> Observation? {
        let characters = Array(script)
        guard index < characters.count, !".B".contains(characters[index]) else { return nil }
        let character = characters[index]
        let isStatic = Self.standing.contains(character)
        var start = index
        while start > 0, Self.standing.contains(characters[start - 1]) == isStatic,
            !".B".contains(characters[start - 1])
        {
            start -= 1
        }
        return Observation(
            id: ObjectID(rawValue: id),
            mobility: isStatic ? .static : .moving,
            box: place(character),
            since: MediaTime(seconds: since ?? Double(start) / 2),
            presentAtStart: presentAtStart,
            isVisible: !"OH".contains(character),
            classification: Classification(objectClass, confidence: 0.9),
            confidence: confidence
        )
    }

    private static let standing = "POELb"

    private func place(_ character: Character) -> NormalizedBox {
        switch character {
        case "E": Street.edge
        case "L", "X": Street.outside
        default: box
        }
    }
}

/// The zone of the tests, the left half of the picture, and places in it.
enum Street {
    static let zone = Polygon([
        NormalizedPoint(x: 0, y: 0), NormalizedPoint(x: 0.5, y: 0),
        NormalizedPoint(x: 0.5, y: 1), NormalizedPoint(x: 0, y: 1),
    ])
    static let inside = NormalizedBox(x: 0.2, y: 0.4, width: 0.1, height: 0.2)
    static let elsewhere = NormalizedBox(x: 0.02, y: 0.7, width: 0.1, height: 0.2)
    /// Three eighths inside.
    static let edge = NormalizedBox(x: 0.4625, y: 0.4, width: 0.1, height: 0.2)
    static let outside = NormalizedBox(x: 0.7, y: 0.4, width: 0.1, height: 0.2)

    static func rule(
        _ kind: ZoneKind = .noParking,
        id: String = "zone",
        dwell: Double = 2,
        rearm: Double = 4,
        change: (inout ZoneRule) -> Void = { _ in }
    ) -> ZoneRule {
        var rule = ZoneRule(id: ZoneID(rawValue: id), kind: kind, polygon: zone)
        rule.dwell = .seconds(dwell)
        rule.rearm = .seconds(rearm)
        change(&rule)
        return rule
    }
}

/// The frames that rows draw together.
func frames(_ rows: [Row]) -> [FrameObservations] {
    let length = rows.map(\.script.count).max() ?? 0
    return (0..<length).map { index in
        let isBlind = rows.contains { row in
            index < row.script.count && "Bbi".contains(Array(row.script)[index])
        }
        return FrameObservations(
            time: MediaTime(seconds: Double(index) / 2),
            objects: rows.compactMap { $0.observation(at: index) }.sorted { $0.id < $1.id },
            isBlind: isBlind
        )
    }
}

/// What rules make of rows.
struct Outcome {
    var events: [Incident] = []
    /// One character a frame: `A` alerted, `U` told again, `C` closed, a digit for several events,
    /// `.` for none.
    var line = ""

    init(_ rules: [ZoneRule], _ rows: [Row], startingAt start: Instant = .init(microseconds: 0)) {
        var camera = CameraRules(rules: rules)
        for frame in frames(rows) {
            let instant = Instant(microseconds: start.microseconds + frame.time.microseconds)
            let happened = camera.step(frame, at: instant)
            events += happened
            line += Self.drawn(happened)
        }
    }

    init(_ rule: ZoneRule, _ rows: Row...) {
        self.init([rule], rows)
    }

    init(_ rule: ZoneRule, _ script: String) {
        let isPresence = rule.kind == .waterDanger
        self.init([rule], [Row(script, objectClass: isPresence ? .person : .vehicle)])
    }

    private static func drawn(_ events: [Incident]) -> String {
        guard events.count < 2 else { return "\(events.count)" }
        switch events.first?.phase {
        case .opened: return "A"
        case .updated: return "U"
        case .closed: return "C"
        case nil: return "."
        }
    }
}
