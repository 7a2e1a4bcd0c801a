internal import Scene

extension PresenceRule {
    /// What a person's presence comes to in one frame.
    struct Assessment: Hashable, Sendable {
        /// The deepest place whose dwell time has passed; nil in a zone without depth.
        var depth: WaterDepth?
        /// What makes it worse.
        var reasons: [IncidentReason]
        /// How urgent it is.
        var severity: Severity
    }

    /// How long nobody else must have been near.
    static let aloneFor = MediaSpan.seconds(1)
    /// How near others must be who are not in the zone, in body heights.
    static let companyReach = 5.0

    /// What somebody's presence comes to; nil where no dwell time has passed.
    func assess(_ occupant: Occupant, _ moment: Moment, _ terms: WaterTerms) -> Assessment? {
        guard occupant.isInside else { return nil }
        let due = WaterDepth.allCases.last { isDue($0, occupant, moment, terms) }
        guard let due else { return nil }
        let depth = rule.water.depths == nil ? nil : due
        let reasons = reasons(of: occupant, moment)
        return Assessment(
            depth: depth,
            reasons: reasons,
            severity: Self.severity(depth, reasons, terms)
        )
    }

    /// Whether somebody has been at a depth for its dwell time.
    func isDue(
        _ depth: WaterDepth,
        _ occupant: Occupant,
        _ moment: Moment,
        _ terms: WaterTerms
    ) -> Bool {
        let dwell = terms.level(at: depth).dwell
        let clock: LevelClock?
        switch depth {
        case .bank:
            return occupant.insideShare >= Self.leastInsideShare
                && moment.start(since: occupant.entry, dwell: dwell, rule.schedule) != nil
        case .edge: clock = occupant.track.edge
        case .water: clock = occupant.track.water
        }
        guard let clock, clock.isSound else { return false }
        return moment.start(since: clock.since, dwell: dwell, rule.schedule) != nil
    }

    /// What makes somebody's presence worse now.
    func reasons(of occupant: Occupant, _ moment: Moment) -> [IncidentReason] {
        var reasons: [IncidentReason] = []
        if moment.isDark { reasons.append(.dark) }
        if let since = occupant.track.aloneSince, moment.time - since >= Self.aloneFor {
            reasons.append(.alone)
        }
        if occupant.track.isSmall { reasons.append(.small) }
        let stay = rule.water.staying
        if moment.start(since: occupant.entry, dwell: stay, rule.schedule) != nil {
            reasons.append(.staying)
        }
        return reasons
    }

    /// How urgent a presence is: what holds for its depth, one step more for each reason.
    ///
    /// To be alone on dry ground is nothing by itself: it counts at the water, in the dark and for
    /// a child.
    static func severity(
        _ depth: WaterDepth?,
        _ reasons: [IncidentReason],
        _ terms: WaterTerms
    ) -> Severity {
        let deepest = depth ?? .bank
        let levels = WaterDepth.allCases.filter { $0 <= deepest }
        let base = levels.map { terms.level(at: $0).severity }.max() ?? terms.bank.severity
        var steps = reasons.count { [.dark, .small, .staying].contains($0) }
        let isAloneWorse =
            deepest > .bank || reasons.contains(.dark) || reasons.contains(.small)
        if isAloneWorse, reasons.contains(.alone) { steps += 1 }
        return base.raised(by: steps)
    }

    /// Tells again of who has gone deeper, or whose matter has become more urgent; where the zone
    /// knows depth, of every new reason too.
    mutating func escalate(_ moment: Moment, _ terms: WaterTerms) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices {
            let occupant = occupants[index]
            guard let incident = occupant.incident, occupant.track.vanishedAt == nil,
                occupant.isInside
            else { continue }
            let found = assess(occupant, moment, terms)
            let fresh = found?.reasons ?? reasons(of: occupant, moment)
            let reasons = Set(incident.reasons).union(fresh).sorted()
            let depth = [incident.depth, found?.depth].compactMap(\.self).max()
            let severity = max(incident.severity, Self.severity(depth, reasons, terms))
            let isNews = depth != nil && reasons != incident.reasons
            guard isNews || depth != incident.depth || severity > incident.severity else {
                occupants[index].incident?.reasons = reasons
                continue
            }
            var event = incident.next(.updated, severity: severity, at: moment.time)
            event.depth = depth
            event.reasons = reasons
            occupants[index].incident = event
            events.append(event)
        }
        return events
    }

    /// Whether somebody is in the zone, or was a moment ago, and not lost in the water.
    private func isHere(_ occupant: Occupant, at time: MediaTime) -> Bool {
        guard occupant.track.absence == nil else { return false }
        return !occupant.hasLostClock(at: time)
            || (occupant.track.isPermitted && !occupant.isGone)
    }

    /// Takes note of who has somebody else near.
    mutating func watchCompany(_ moment: Moment) {
        let others = moment.objects.filter { object in
            object.isVisible && object.classification.objectClass == .person
        }
        for index in occupants.indices where occupants[index].isInside {
            let box = occupants[index].object.box
            let reach = Self.companyReach * occupants[index].track.bodyHeight
            let isAmong = occupants.contains { other in
                other.object.id != occupants[index].object.id && isHere(other, at: moment.time)
                    && !other.object.box.overlaps(box, by: 0.4)
            }
            let isNear = others.contains { other in
                other.id != occupants[index].object.id && !other.box.overlaps(box, by: 0.4)
                    && other.box.gap(to: box) <= reach
            }
            let aloneSince = occupants[index].track.aloneSince
            occupants[index].track.aloneSince =
                isAmong || isNear ? nil : aloneSince ?? moment.time
        }
    }
}
