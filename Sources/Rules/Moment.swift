internal import Scene

/// One analysed frame as a zone's rule sees it.
struct Moment {
    /// The frame's time on the stream's clock.
    let time: MediaTime
    /// The frame's civil time.
    let instant: Instant
    /// Objects by rising id, each once.
    let objects: [Observation]
    /// Whether nothing may be decided now.
    let isBlind: Bool
    /// Whether it is dark where the camera looks.
    let isDark: Bool

    init(_ frame: FrameObservations, at instant: Instant) {
        time = frame.time
        self.instant = instant
        isBlind = frame.isBlind
        isDark = frame.isDark
        objects = Self.unique(frame.objects)
    }

    private init(_ moment: Moment, objects: [Observation], isBlind: Bool) {
        time = moment.time
        instant = moment.instant
        isDark = moment.isDark
        self.objects = Self.unique(objects)
        self.isBlind = isBlind
    }

    /// The same moment as a closer view of one zone shows it.
    func seen(by view: ZoneView) -> Moment {
        Moment(self, objects: view.objects, isBlind: isBlind || view.isBlind)
    }

    private static func unique(_ objects: [Observation]) -> [Observation] {
        var unique: [Observation] = []
        let sorted = objects.sorted { $0.id < $1.id }
        for object in sorted where unique.last?.id != object.id { unique.append(object) }
        return unique
    }

    /// The object of that id, by bisection.
    func object(_ id: ObjectID) -> Observation? {
        var (low, high) = (0, objects.count)
        while low < high {
            let middle = (low + high) / 2
            if objects[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < objects.count && objects[low].id == id ? objects[low] : nil
    }

    /// Whether a rule with that schedule is in force.
    func isInForce(_ schedule: WeeklySchedule?) -> Bool {
        schedule?.isInForce(at: instant) ?? true
    }

    /// When a matter began that is as old as `since`, or nil where the dwell time has not passed:
    /// what was there before the rule came into force counts from then on.
    func start(since: MediaTime, under rule: ZoneRule) -> MediaTime? {
        start(since: since, dwell: rule.dwell, rule.schedule)
    }

    /// The same for a dwell time that is not the rule's own.
    func start(since: MediaTime, dwell: MediaSpan, _ schedule: WeeklySchedule?) -> MediaTime? {
        guard time - since >= dwell else { return nil }
        guard let schedule else { return since }
        guard let inForce = schedule.inForceSince(instant) else { return nil }
        let start = max(since, time - (instant - inForce))
        return time - start >= dwell ? start : nil
    }
}

extension Incident {
    /// The event that follows this one.
    func next(_ phase: Phase, severity: Severity, at time: MediaTime) -> Incident {
        var event = self
        event.phase = phase
        event.revision += 1
        event.severity = severity
        event.time = time
        return event
    }
}
