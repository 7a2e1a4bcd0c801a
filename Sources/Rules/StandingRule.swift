internal import Scene

/// Nothing that counts may stand in the zone longer than the dwell time.
///
/// The clock is the place's own, `Observation.since`, so it outlives occlusion and changes of id.
struct StandingRule: Hashable, Sendable, Codable {
    /// An object that stands in the zone, or did a moment ago.
    struct Place: Hashable, Sendable, Codable {
        /// As last seen standing in the zone.
        var object: Observation
        /// When that was.
        var lastSeen: MediaTime
        /// When it was last seen itself, and not only remembered behind something.
        var lastVisible: MediaTime?
        /// The first frame since then that could see and did not show it.
        var missingSince: MediaTime?
        /// The last event of its open incident.
        var incident: Incident?
        /// When it left, after its incident closed; until `rearm` later it opens no other.
        var leftAt: MediaTime?
        /// When it last stood in a line of stopped vehicles.
        var queuedAt: MediaTime?
    }

    /// How long an object is missing before it has left: the detector itself remembers what is
    /// hidden, so this only bridges changes of id.
    static let patience = MediaSpan.seconds(2)
    /// How much later than it was last seen standing an object may claim to have stopped and still
    /// have stood all the time.
    static let sinceTolerance = MediaSpan.seconds(1)
    /// An object that is hidden when its dwell time is over is told of all the same where it was
    /// seen up to so long ago, and for a third of the dwell time at least.
    static let hiddenTolerance = MediaSpan.seconds(30)
    /// What the detector is less sure of opens nothing.
    static let minimumConfidence = 0.5

    /// What must hold.
    let rule: ZoneRule
    /// By rising object id.
    var places: [Place] = []
    /// What drives through the zone.
    var lane = LaneMemory()
    /// How often an object found no room.
    var turnedAway = 0

    init(_ rule: ZoneRule) {
        self.rule = rule
    }

    mutating func step(_ moment: Moment, opened: inout Int) -> [Incident] {
        sight(moment)
        guard !moment.isBlind else { return [] }
        watchTraffic(moment)
        adopt(moment)
        admit(moment)
        findQueues(moment)
        var events = closeGone(at: moment.time)
        forgetLeft(at: moment.time)
        guard moment.isInForce(rule.schedule) else {
            return events + closeAll(at: moment.time)
        }
        events += escalate(at: moment.time)
        events += open(moment, opened: &opened)
        return events
    }

    /// Closes what is due by the end of the stream.
    mutating func finish(at time: MediaTime, instant: Instant) -> [Incident] {
        let events = closeGone(at: time)
        guard let schedule = rule.schedule, !schedule.isInForce(at: instant) else { return events }
        return events + closeAll(at: time)
    }

    /// Closes the incidents of what has been missing long enough, and drops what had none.
    private mutating func closeGone(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        for index in places.indices {
            guard let missingSince = places[index].missingSince else { continue }
            guard time - missingSince >= Self.patience else { continue }
            guard let incident = places[index].incident else { continue }
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            places[index].incident = nil
            places[index].leftAt = missingSince
        }
        places.removeAll { place in
            guard place.leftAt == nil, let missingSince = place.missingSince else { return false }
            return time - missingSince >= Self.patience
        }
        return events
    }

    /// Refreshes what is known; a blind frame holds nothing against what it does not show.
    private mutating func sight(_ moment: Moment) {
        for index in places.indices {
            if let object = moment.object(places[index].object.id), object.mobility == .static,
                rule.isStanding(object.box, scale: ZoneRule.leavingScale),
                !places[index].hasComeBack(as: object, at: moment.time)
            {
                places[index].see(object, at: moment.time)
            } else if moment.isBlind {
                places[index].missingSince = nil
            } else if places[index].missingSince == nil {
                places[index].missingSince = moment.time
            }
        }
    }

    /// Ends the wait of what left long enough ago.
    private mutating func forgetLeft(at time: MediaTime) {
        for index in places.indices {
            guard let leftAt = places[index].leftAt, time - leftAt >= rule.rearm else { continue }
            places[index].leftAt = nil
        }
        places.removeAll { place in
            guard let missingSince = place.missingSince else { return false }
            return place.incident == nil && place.leftAt == nil
                && time - missingSince >= Self.patience
        }
    }

    private mutating func closeAll(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        for index in places.indices {
            guard let incident = places[index].incident else { continue }
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            places[index].incident = nil
        }
        return events
    }

    /// Whether it is seen, or was until a moment ago and for long.
    func isSeenEnough(_ place: Place, at time: MediaTime) -> Bool {
        if place.object.isVisible { return true }
        guard let lastVisible = place.lastVisible, time - lastVisible <= Self.hiddenTolerance
        else { return false }
        return (lastVisible - place.object.since).microseconds * 3 >= rule.dwell.microseconds
    }

    private mutating func open(_ moment: Moment, opened: inout Int) -> [Incident] {
        var events: [Incident] = []
        for index in places.indices {
            let place = places[index]
            guard place.incident == nil, place.leftAt == nil, place.missingSince == nil else {
                continue
            }
            guard isSeenEnough(place, at: moment.time) else { continue }
            guard rule.counts(place.object), place.object.confidence >= Self.minimumConfidence,
                let startedAt = moment.start(since: place.object.since, under: rule),
                !isHeld(place, since: startedAt, at: moment.time)
            else { continue }
            opened += 1
            let incident = Incident(
                number: opened,
                revision: 1,
                phase: .opened,
                zone: rule.id,
                kind: rule.kind,
                severity: severity(atStage: stage(after: moment.time - startedAt)),
                object: place.object,
                startedAt: startedAt,
                time: moment.time
            )
            places[index].incident = incident
            events.append(incident)
        }
        return events
    }
}

extension StandingRule.Place {
    /// Whether the object left for long enough to close its incident, and stopped anew since.
    func hasComeBack(as object: Observation, at time: MediaTime) -> Bool {
        guard incident != nil, let missingSince else { return false }
        return time - missingSince >= StandingRule.patience
            && object.since > lastSeen + StandingRule.sinceTolerance
    }

    /// Takes note of the object where it stands now.
    ///
    /// An open incident keeps that its begin is only a bound, whatever a new id says of it.
    mutating func see(_ object: Observation, at time: MediaTime) {
        let isBound = incident?.object.presentAtStart ?? false
        self.object = object
        self.object.presentAtStart = object.presentAtStart || isBound
        lastSeen = time
        if object.isVisible { lastVisible = time }
        missingSince = nil
        incident?.object = self.object
    }
}
