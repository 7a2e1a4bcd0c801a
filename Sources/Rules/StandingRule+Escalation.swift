internal import Scene

extension StandingRule {
    /// Multiples of the dwell time at which an open incident is told again.
    private static let stages: [Int64] = [2, 5]

    /// How many multiples have passed; none ever where no dwell time is set.
    func stage(after span: MediaSpan) -> Int {
        guard rule.dwell > .zero else { return 0 }
        let dwells = span.microseconds / rule.dwell.microseconds
        return Self.stages.count { dwells >= $0 }
    }

    /// The rule's severity, one step up from the last stage on; a fire lane has nothing above its.
    func severity(atStage stage: Int) -> Severity {
        guard stage == Self.stages.count else { return rule.severity }
        switch rule.kind {
        case .noParking, .roadOccupation: return rule.severity.raised(by: 1)
        case .fireLane, .waterDanger: return rule.severity
        }
    }

    /// Tells again what has passed the next multiple since its last event.
    mutating func escalate(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        for index in places.indices where places[index].missingSince == nil {
            guard let incident = places[index].incident else { continue }
            let reached = stage(after: time - incident.startedAt)
            guard reached > stage(after: incident.dwell) else { continue }
            let event = incident.next(.updated, severity: severity(atStage: reached), at: time)
            places[index].incident = event
            events.append(event)
        }
        return events
    }
}

extension Severity {
    /// That many steps more urgent, up to critical: an emergency is only what is one.
    func raised(by steps: Int) -> Severity {
        guard steps > 0 else { return self }
        switch self {
        case .info: return Severity.warning.raised(by: steps - 1)
        case .warning, .critical: return .critical
        case .emergency: return .emergency
        }
    }
}
