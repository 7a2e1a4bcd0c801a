internal import Scene

/// Nobody who counts may be in the zone for longer than the dwell time.
struct PresenceRule: Hashable, Sendable, Codable {
    /// A person who is in the zone, or was a moment ago.
    struct Occupant: Hashable, Sendable, Codable {
        /// As last reported.
        var object: Observation
        /// The first frame inside.
        var entry: MediaTime
        /// Frames since the entry that could see.
        var frames = 1
        /// Those of them that saw the person inside.
        var framesInside = 1
        /// Whether the latest frame did.
        var isInside = true
        /// The first frame since the person was last inside that could see and showed otherwise.
        var awaySince: MediaTime?
        /// Whether the detector reports the id no longer, so that another may inherit.
        var isGone = false
        /// When the id was last reported.
        var lastSeen: MediaTime
        /// The highest id there was at that time.
        var newest: ObjectID
        /// The last event of the open incident.
        var incident: Incident?
    }

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
        var events = closeGone(at: moment.time)
        forgetGone(at: moment.time)
        guard moment.isInForce(rule.schedule) else {
            return events + closeAll(at: moment.time)
        }
        events += open(moment, opened: &opened)
        return events
    }

    /// Closes what is due by the end of the stream.
    mutating func finish(at time: MediaTime, instant: Instant) -> [Incident] {
        let events = closeGone(at: time)
        guard let schedule = rule.schedule, !schedule.isInForce(at: instant) else { return events }
        return events + closeAll(at: time)
    }

    /// Closes the incidents of people who have been away long enough, and forgets them.
    private mutating func closeGone(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices {
            guard let incident = occupants[index].incident else { continue }
            guard let awaySince = occupants[index].awaySince, time - awaySince >= rule.rearm else {
                continue
            }
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            occupants[index].incident = nil
        }
        return events
    }

    private mutating func closeAll(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices {
            guard let incident = occupants[index].incident else { continue }
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            occupants[index].incident = nil
        }
        return events
    }

    private mutating func forgetGone(at time: MediaTime) {
        occupants.removeAll { occupant in
            occupant.incident == nil && occupant.hasLostClock(at: time)
        }
    }

    /// The occupant with an open incident whose last box shares two fifths of the smaller box.
    func holder(overlapping box: NormalizedBox) -> Int? {
        occupants.firstIndex { occupant in
            guard occupant.incident != nil else { return false }
            let shared = occupant.object.box.intersection(box).area
            return shared >= 0.4 * min(box.area, occupant.object.box.area)
        }
    }

    private mutating func open(_ moment: Moment, opened: inout Int) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices {
            let occupant = occupants[index]
            guard occupant.incident == nil, occupant.isInside,
                occupant.insideShare >= Self.leastInsideShare,
                let startedAt = moment.start(since: occupant.entry, under: rule)
            else { continue }
            if let other = holder(overlapping: occupant.object.box) {
                // One and the same as far as the picture shows: a part of somebody already
                // reported, or that person under another id.
                if !occupants[other].isInside && occupant.isLike(occupants[other].object) {
                    occupants[index].incident = occupants[other].incident
                    occupants[other].incident = nil
                }
                continue
            }
            opened += 1
            let incident = Incident(
                number: opened,
                revision: 1,
                phase: .opened,
                zone: rule.id,
                kind: rule.kind,
                severity: rule.severity,
                object: occupant.object,
                startedAt: startedAt,
                time: moment.time
            )
            occupants[index].incident = incident
            events.append(incident)
        }
        return events
    }
}

extension PresenceRule.Occupant {
    /// Whether the two take about as much of the picture: who passes in front does not.
    func isLike(_ other: Observation) -> Bool {
        let (a, b) = (object.box.area, other.box.area)
        return a <= 3 * b && b <= 3 * a
    }

    /// Share of frames since the entry that saw the person inside.
    var insideShare: Double { Double(framesInside) / Double(max(1, frames)) }

    /// Whether the person has been away for too long for the clock to go on.
    func hasLostClock(at time: MediaTime) -> Bool {
        guard let awaySince else { return false }
        let tolerance = isGone ? PresenceRule.goneTolerance : PresenceRule.outsideTolerance
        return time - awaySince >= tolerance
    }
}
