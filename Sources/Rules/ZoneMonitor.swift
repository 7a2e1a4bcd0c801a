internal import Scene

/// Watches one zone by the behaviour that its kind asks for.
enum ZoneMonitor: Hashable, Sendable, Codable {
    /// Things that stand.
    case standing(StandingRule)
    /// People who are there.
    case presence(PresenceRule)

    /// Entries that one zone remembers at most.
    static let capacity = 256

    init(_ rule: ZoneRule) {
        switch rule.kind {
        case .noParking, .fireLane, .roadOccupation: self = .standing(StandingRule(rule))
        case .waterDanger: self = .presence(PresenceRule(rule))
        }
    }

    /// The zone it watches.
    var zone: ZoneID {
        switch self {
        case .standing(let rule): rule.rule.id
        case .presence(let rule): rule.rule.id
        }
    }

    /// Judges one frame; incidents that open are numbered on from `opened`.
    mutating func step(_ moment: Moment, opened: inout Int) -> [Incident] {
        switch self {
        case .standing(var rule):
            defer { self = .standing(rule) }
            return rule.step(moment, opened: &opened)
        case .presence(var rule):
            defer { self = .presence(rule) }
            return rule.step(moment, opened: &opened)
        }
    }

    /// Closes what is due by the end of the stream.
    mutating func finish(at time: MediaTime, instant: Instant) -> [Incident] {
        switch self {
        case .standing(var rule):
            defer { self = .standing(rule) }
            return rule.finish(at: time, instant: instant)
        case .presence(var rule):
            defer { self = .presence(rule) }
            return rule.finish(at: time, instant: instant)
        }
    }

    /// The last event of every incident that is open, with its object as last seen.
    var openIncidents: [Incident] {
        switch self {
        case .standing(let rule): rule.places.compactMap(\.incident)
        case .presence(let rule): rule.openIncidents
        }
    }

    /// Times at which somebody was last seen, whose pictures may be asked for yet.
    var lastSights: [MediaTime] {
        switch self {
        case .standing: []
        case .presence(let rule): rule.lastSights
        }
    }

    /// How often an object found no room, counted once a frame.
    var turnedAway: Int {
        switch self {
        case .standing(let rule): rule.turnedAway
        case .presence(let rule): rule.turnedAway
        }
    }
}
