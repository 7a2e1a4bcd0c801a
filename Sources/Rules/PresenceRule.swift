internal import Scene

/// Nobody who counts may be in the zone for longer than the dwell time of where they are.
struct PresenceRule: Hashable, Sendable, Codable {
    /// How long somebody may be seen outside, or hidden, before the clock starts anew.
    static let outsideTolerance = MediaSpan.seconds(1)
    /// How long an id may be lost before nobody inherits its clock.
    static let goneTolerance = MediaSpan.seconds(2)
    /// Share of frames since the entry that must have seen somebody inside.
    static let leastInsideShare = 0.6
    /// What the detector is less sure of counts only with a class.
    static let minimumConfidence = 0.5

    /// What must hold.
    let rule: ZoneRule
    /// By rising object id.
    var occupants: [Occupant] = []
    /// Many people at once.
    var crowd = CrowdClock()
    /// The last frame that could see.
    var lastSight: MediaTime?
    /// How often an object found no room.
    var turnedAway = 0

    init(_ rule: ZoneRule) {
        self.rule = rule
    }

    mutating func step(_ moment: Moment, opened: inout Int) -> [Incident] {
        guard !moment.isBlind else {
            keepUp(moment)
            return []
        }
        inherit(moment)
        sight(moment)
        admit(moment)
        countAbsences(moment)
        watchCompany(moment)
        lastSight = moment.time
        var events = closeGone(at: moment.time) + takeOver(at: moment.time)
        forgetGone(at: moment.time)
        guard moment.isInForce(rule.schedule) else {
            return events + closeAll(at: moment.time)
        }
        let terms = rule.terms(at: moment.instant)
        events += escalate(moment, terms)
        events += open(moment, terms, opened: &opened)
        events += vanish(moment, opened: &opened)
        events += gather(moment, terms, opened: &opened)
        return events
    }

    /// Closes what is due by the end of the stream.
    mutating func finish(at time: MediaTime, instant: Instant) -> [Incident] {
        let events = closeGone(at: time)
        guard let schedule = rule.schedule, !schedule.isInForce(at: instant) else { return events }
        return events + closeAll(at: time)
    }

    /// The last event of every incident that is open.
    var openIncidents: [Incident] {
        occupants.compactMap(\.incident) + (crowd.incident.map { [$0] } ?? [])
    }

    /// Closes the incidents of people who have been away long enough, and forgets them.
    private mutating func closeGone(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices where isOver(occupants[index], at: time) {
            guard let incident = occupants[index].incident else { continue }
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            occupants[index].incident = nil
            occupants[index].track.giveUp()
        }
        return events
    }

    /// Whether somebody's incident is to be closed.
    private func isOver(_ occupant: Occupant, at time: MediaTime) -> Bool {
        if let vanishedAt = occupant.track.vanishedAt {
            return time - vanishedAt >= rule.water.vanishedHold
        }
        guard !mayVanish(occupant), let awaySince = occupant.awaySince else { return false }
        return time - awaySince >= rule.rearm
    }

    /// Closes everything but what is an emergency: hours do not end that.
    private mutating func closeAll(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices where occupants[index].track.vanishedAt == nil {
            guard let incident = occupants[index].incident else { continue }
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            occupants[index].incident = nil
            occupants[index].track.giveUp()
        }
        if let incident = crowd.incident {
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            crowd = CrowdClock()
        }
        return events
    }

    private mutating func forgetGone(at time: MediaTime) {
        occupants = occupants.filter { occupant in
            occupant.incident != nil || !occupant.hasLostClock(at: time)
                || (occupant.track.isPermitted && !occupant.isGone) || mayVanish(occupant)
        }
    }

    /// The occupant with an open incident whose last box shares two fifths of the smaller box;
    /// never one who vanished, for whoever is seen there now may be the one who helps.
    func holder(overlapping box: NormalizedBox) -> Int? {
        occupants.firstIndex { occupant in
            occupant.incident != nil && occupant.track.vanishedAt == nil
                && occupant.object.box.overlaps(box, by: 0.4)
        }
    }

    private mutating func open(
        _ moment: Moment,
        _ terms: WaterTerms,
        opened: inout Int
    ) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices {
            let occupant = occupants[index]
            guard occupant.incident == nil,
                let state = assess(occupant, moment, terms)
            else { continue }
            if let other = holder(overlapping: occupant.object.box) {
                // One and the same as far as the picture shows: a part of somebody already
                // reported, or that person under another id.
                if !occupants[other].isInside && occupant.isLike(occupants[other].object) {
                    occupants[index].track.takeOver(occupants[other].track)
                    occupants[index].incident = occupants[other].incident
                    occupants[other].incident = nil
                    occupants[other].track.giveUp()
                }
                continue
            }
            opened += 1
            let incident = incident(opened, of: occupant, state, moment)
            occupants[index].incident = incident
            events.append(incident)
        }
        return events
    }

    /// A new incident of somebody.
    func incident(
        _ number: Int,
        of occupant: Occupant,
        _ state: Assessment,
        _ moment: Moment
    ) -> Incident {
        let startedAt = moment.start(since: occupant.entry, dwell: .zero, rule.schedule)
        return Incident(
            number: number,
            revision: 1,
            phase: .opened,
            zone: rule.id,
            kind: rule.kind,
            severity: state.severity,
            object: occupant.object,
            startedAt: startedAt ?? moment.time,
            time: moment.time,
            depth: state.depth,
            reasons: state.reasons
        )
    }
}

extension NormalizedBox {
    /// Whether two boxes share at least that part of the smaller one.
    func overlaps(_ other: NormalizedBox, by share: Double) -> Bool {
        intersection(other).area >= share * min(area, other.area)
    }
}
