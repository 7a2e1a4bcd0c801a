import Rules
import Scene

/// One person at the shore, drawn in time: one character is a quarter of a second.
///
/// | character | where the detector reports the person                     |
/// | --------- | --------------------------------------------------------- |
/// | `.`       | nowhere                                                   |
/// | `x`       | outside of the zone                                       |
/// | `b`       | on the bank                                               |
/// | `e`       | at the edge                                               |
/// | `w`       | in the water                                              |
/// | `h`       | hidden in the water, only remembered                      |
/// | `g` `G`   | remembered in a group, in the water and on the bank       |
/// | `s`       | remembered behind something that stands                   |
/// | `q`       | remembered at the edge of the picture                     |
/// | `o`       | remembered, with nothing before the place                 |
/// | `p`       | in the permitted part                                     |
/// | `f`       | in the water far away                                     |
/// | `B`       | nowhere, in a blind frame                                 |
struct Bather {
    var script: String
    var id = 1
    var x = 0.5
    var objectClass = ObjectClass.person
    var height: Double?
    var size = NormalizedBox(x: 0, y: 0, width: 0.04, height: 0.1)
    var mobility = Mobility.moving

    init(
        _ script: String,
        id: Int = 1,
        x: Double = 0.5,
        _ objectClass: ObjectClass = .person,
        height: Double? = nil,
        boxHeight: Double = 0.1,
        boxWidth: Double = 0.04,
        mobility: Mobility = .moving
    ) {
        self.script = script.filter { $0 != " " }
        self.id = id
        self.x = x
        self.objectClass = objectClass
        self.height = height
        size.height = boxHeight
        size.width = boxWidth
        self.mobility = mobility
    }

    /// The box whose lower edge is at a place.
    func box(_ character: Character) -> NormalizedBox {
        let foot: (x: Double, y: Double) =
            switch character {
            case "x": (x, 0.15)
            case "b", "G": (x, 0.45)
            case "e": (x, 0.67)
            case "p": (0.12, 0.45)
            case "f": (x - 0.35, 0.9)
            default: (x, 0.8)
            }
        return NormalizedBox(
            x: foot.x - size.width / 2,
            y: foot.y - size.height,
            width: size.width,
            height: size.height
        )
    }

    func observation(at index: Int) -> Observation? {
        let characters = Array(script)
        guard index < characters.count, !".B".contains(characters[index]) else { return nil }
        let hiding: [Character: Hiding] = [
            "g": .group, "G": .group, "s": .object, "q": .edge, "o": .open,
        ]
        return Observation(
            id: ObjectID(rawValue: id),
            mobility: mobility,
            box: box(characters[index]),
            since: .zero,
            isVisible: !"hgGsqo".contains(characters[index]),
            hiding: hiding[characters[index]],
            classification: Classification(objectClass, confidence: 0.9),
            height: height
        )
    }
}

/// A zone of bank and water that meet at y = 0.7, and what its rule makes of people.
struct Shore {
    static let line = [NormalizedPoint(x: 0.05, y: 0.7), NormalizedPoint(x: 0.95, y: 0.7)]
    static let zone = area(0.05, 0.2, 0.95, 0.98)
    static let permitted = area(0.05, 0.3, 0.2, 0.98)

    static func area(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Polygon {
        Polygon(
            [(left, top), (right, top), (right, bottom), (left, bottom)].map {
                NormalizedPoint(x: $0.0, y: $0.1)
            }
        )
    }

    /// Warning on the bank after 2 s, critical at edge and in the water after 1 s.
    static func rule(rearm: Double = 2, change: (inout ZoneRule) -> Void = { _ in }) -> ZoneRule {
        var rule = ZoneRule(id: ZoneID(rawValue: "shore"), kind: .waterDanger, polygon: zone)
        rule.severity = .warning
        rule.rearm = .seconds(rearm)
        rule.water.depths = WaterHandling.Depths(
            edgePlace: .band(along: line, bodyHeights: 0.6),
            waterPlace: area(0.05, 0.7, 0.95, 0.98)
        )
        change(&rule)
        return rule
    }

    static func frames(_ bathers: [Bather], isDark: Bool = false) -> [FrameObservations] {
        let length = bathers.map(\.script.count).max() ?? 0
        return (0..<length).map { index in
            let isBlind = bathers.contains {
                index < $0.script.count && Array($0.script)[index] == "B"
            }
            return FrameObservations(
                time: MediaTime(seconds: Double(index) / 4),
                objects: bathers.compactMap { $0.observation(at: index) },
                isBlind: isBlind,
                isDark: isDark
            )
        }
    }

    static func events(
        _ rule: ZoneRule,
        _ bathers: Bather...,
        isDark: Bool = false,
        from start: Int64 = 0
    ) -> [Incident] {
        events(rule, bathers, isDark: isDark, from: start)
    }

    static func events(
        _ rule: ZoneRule,
        _ bathers: [Bather],
        isDark: Bool = false,
        from start: Int64 = 0
    ) -> [Incident] {
        var camera = CameraRules(rules: [rule])
        return frames(bathers, isDark: isDark).flatMap { frame in
            camera.step(frame, at: Instant(microseconds: start + frame.time.microseconds))
        }
    }

    /// Events in words: `#1 opened 2.0 bank warning alone`.
    static func story(
        _ rule: ZoneRule,
        _ bathers: Bather...,
        isDark: Bool = false,
        from start: Int64 = 0
    ) -> [String] {
        events(rule, bathers, isDark: isDark, from: start).map(\.words)
    }
}

extension Incident {
    /// What happened, in words.
    var words: String {
        var words = [
            "#\(number)", phase.rawValue, "\(time.seconds)", depth?.rawValue ?? "-",
            severity.rawValue,
        ]
        words += reasons.map(\.rawValue)
        return words.joined(separator: " ")
    }
}
