internal import Scene

/// Since when there have been many people at once.
struct CrowdClock: Hashable, Sendable, Codable {
    /// The first frame with so many.
    var since: MediaTime?
    /// The first frame since then with fewer.
    var fewerSince: MediaTime?
    /// The last event of the open incident.
    var incident: Incident?

    /// Holds nothing against a crowd that a blind frame does not show.
    mutating func keepUp() {
        fewerSince = nil
    }
}

extension PresenceRule {
    /// Opens and closes the incident of many people at once.
    mutating func gather(
        _ moment: Moment,
        _ terms: WaterTerms,
        opened: inout Int
    ) -> [Incident] {
        guard let limit = rule.water.crowd else { return [] }
        let people = people
        guard people.count >= limit.count else { return disperse(at: moment.time) }
        crowd.since = crowd.since ?? moment.time
        crowd.fewerSince = nil
        let object = Self.together(people)
        guard crowd.incident == nil else {
            crowd.incident?.object = object
            return []
        }
        guard let since = crowd.since,
            let startedAt = moment.start(since: since, dwell: limit.dwell, rule.schedule)
        else { return [] }
        opened += 1
        let reasons: [IncidentReason] = moment.isDark ? [.dark, .crowd] : [.crowd]
        let incident = Incident(
            number: opened,
            revision: 1,
            phase: .opened,
            zone: rule.id,
            kind: rule.kind,
            severity: Self.severity(nil, reasons, terms),
            object: object,
            startedAt: startedAt,
            time: moment.time,
            reasons: reasons
        )
        crowd.incident = incident
        return [incident]
    }

    private mutating func disperse(at time: MediaTime) -> [Incident] {
        guard crowd.since != nil else { return [] }
        let fewerSince = crowd.fewerSince ?? time
        crowd.fewerSince = fewerSince
        guard let incident = crowd.incident else {
            if time - fewerSince >= Self.outsideTolerance { crowd = CrowdClock() }
            return []
        }
        guard time - fewerSince >= rule.rearm else { return [] }
        crowd = CrowdClock()
        return [incident.next(.closed, severity: incident.severity, at: time)]
    }

    /// Who is seen in the zone; two boxes at one place are one person.
    var people: [Occupant] {
        var people: [Occupant] = []
        for occupant in occupants where occupant.isInside {
            let box = occupant.object.box
            if people.contains(where: { $0.object.box.intersectionOverUnion(box) > 0.6 }) {
                continue
            }
            people.append(occupant)
        }
        return people
    }

    /// Several people as one object, under the lowest of their numbers.
    private static func together(_ people: [Occupant]) -> Observation {
        var whole = people[0].object
        for person in people.dropFirst() {
            let box = person.object.box
            let right = max(whole.box.x + whole.box.width, box.x + box.width)
            let bottom = max(whole.box.y + whole.box.height, box.y + box.height)
            whole.box.x = min(whole.box.x, box.x)
            whole.box.y = min(whole.box.y, box.y)
            whole.box.width = right - whole.box.x
            whole.box.height = bottom - whole.box.y
            whole.since = min(whole.since, person.object.since)
            whole.confidence = max(whole.confidence, person.object.confidence)
        }
        whole.features = nil
        whole.height = nil
        whole.tortuosity = nil
        whole.bodyLengthsPerSecond = nil
        return whole
    }
}
