internal import Scene

extension PresenceRule {
    /// How long something may stand before a place before it is no use to wait for whoever was
    /// there: they may have gone with it, or behind it.
    static let longestCover = MediaSpan.seconds(10)
    /// Share of the last box that something must cover, and how much larger it must be.
    private static let coveredShare = 0.5
    private static let coveringSize = 1.5
    /// Share of the smaller box from which two people are one patch in the picture.
    private static let mergedShare = 0.4
    /// Frames on dry ground, and in the water, that make somebody who went in.
    private static let leastDryFrames = 3
    private static let leastWaterFrames = 2
    /// Frames that must have taken somebody for a person.
    private static let leastPersonFrames = 2
    /// Emergencies that are kept open at once; the oldest is closed for another.
    private static let maximumVanished = 32

    /// Whether somebody was last seen in the water, may not have left it, and is looked for.
    func mayVanish(_ occupant: Occupant) -> Bool {
        let track = occupant.track
        guard track.depth == .water, track.vanishedAt == nil, !track.isGivenUp,
            let absence = track.absence, !absence.isVoid
        else { return false }
        return isSwimmer(occupant)
    }

    /// Whether it is sure enough that this is a person, and in the water.
    ///
    /// Light on the water is in it from the beginning, and nothing takes it for a person.
    func isSwimmer(_ occupant: Occupant) -> Bool {
        let track = occupant.track
        guard track.waterFrames >= Self.leastWaterFrames else { return false }
        let cameIn = track.dryFrames >= Self.leastDryFrames
        guard track.personFrames >= Self.leastPersonFrames else {
            return cameIn && occupant.incident != nil
        }
        return cameIn || occupant.incident?.depth == .water
    }

    /// Times at which somebody in the water was last seen, whose pictures may be asked for yet.
    var lastSights: [MediaTime] {
        let times = occupants.filter { occupant in
            guard occupant.track.depth == .water, isSwimmer(occupant) else { return false }
            return occupant.track.absence == nil || mayVanish(occupant)
        }
        .map(\.track.sightedAt)
        return Set(times).sorted()
    }

    /// Counts for how long those have not been seen who were last seen in the water.
    mutating func countAbsences(_ moment: Moment) {
        let step = lastSight.map { moment.time - $0 } ?? .zero
        for index in occupants.indices where occupants[index].track.depth == .water {
            let occupant = occupants[index]
            if moment.object(occupant.object.id)?.isVisible ?? false { continue }
            let absence = absence(of: occupant, step, moment)
            occupants[index].track.absence = absence
        }
    }

    private func absence(of occupant: Occupant, _ step: MediaSpan, _ moment: Moment) -> Absence {
        var absence = occupant.track.absence ?? Absence()
        guard !absence.isVoid else { return absence }
        // What nobody watched for so long may have ended in any way.
        if step > Self.goneTolerance { absence.isVoid = true }
        absence.hiding = hiding(of: occupant, moment)
        if absence.hiding == .group, hasComeOut(occupant, moment) { absence.isVoid = true }
        if isCovered(occupant, moment) {
            absence.covered = absence.covered + step
            if absence.covered > Self.longestCover { absence.isVoid = true }
        } else if absence.hiding == .open {
            absence.unseen = absence.unseen + step
        } else {
            absence.hidden = absence.hidden + step
        }
        return absence
    }

    /// Where somebody may be who is not seen: as the detector says while it remembers them, and
    /// said last, unless the picture tells more.
    private func hiding(of occupant: Occupant, _ moment: Moment) -> Hiding {
        if occupant.track.sightedBox.touchesEdge(within: 0.01) { return .edge }
        let told = moment.object(occupant.object.id)?.hiding
        let known = told ?? occupant.track.absence?.hiding ?? .open
        return known == .open && isMerged(occupant, moment) ? .group : known
    }

    /// Whether the group in which somebody is remembered is no longer in the water.
    private func hasComeOut(_ occupant: Occupant, _ moment: Moment) -> Bool {
        guard let object = moment.object(occupant.object.id), object.hiding == .group else {
            return false
        }
        return rule.place(of: object, at: moment.instant, scale: 1).depth != .water
    }

    /// Whether somebody of about the same size, known before, is seen where this one was lost: two
    /// who came together in the picture.
    private func isMerged(_ occupant: Occupant, _ moment: Moment) -> Bool {
        moment.objects.contains { other in
            other.id != occupant.object.id && other.id <= occupant.newest && other.isVisible
                && rule.classes.contains(other.classification.objectClass)
                && occupant.isLike(other)
                && other.box.overlaps(occupant.track.sightedBox, by: Self.mergedShare)
        }
    }

    /// Whether something larger that has come since stands before the place.
    private func isCovered(_ occupant: Occupant, _ moment: Moment) -> Bool {
        let box = occupant.track.sightedBox
        return moment.objects.contains { other in
            other.id != occupant.object.id && other.isVisible
                && (other.mobility == .moving || other.since > occupant.track.sightedAt)
                && other.box.area >= Self.coveringSize * box.area
                && other.box.intersection(box).area >= Self.coveredShare * box.area
        }
    }

    /// Raises the alarm for who went into the water and has not been seen since.
    mutating func vanish(_ moment: Moment, opened: inout Int) -> [Incident] {
        var events: [Incident] = []
        for index in occupants.indices {
            let occupant = occupants[index]
            guard mayVanish(occupant), let absence = occupant.track.absence,
                absence.isOver(rule.water)
            else { continue }
            var event: Incident
            if let incident = occupant.incident {
                event = incident.next(.updated, severity: .emergency, at: moment.time)
            } else {
                opened += 1
                let state = Assessment(depth: .water, reasons: [], severity: .emergency)
                event = incident(opened, of: occupant, state, moment)
            }
            event.depth = .water
            event.reasons = Set(event.reasons).union([.vanished]).sorted()
            event.object.box = occupant.track.sightedBox
            event.lastSeen = occupant.track.sightedAt
            occupants[index].incident = event
            occupants[index].track.vanishedAt = moment.time
            events.append(event)
        }
        return events + boundVanished(at: moment.time)
    }

    /// Closes the oldest emergencies where there are too many.
    private mutating func boundVanished(at time: MediaTime) -> [Incident] {
        let numbers = occupants.filter { $0.track.vanishedAt != nil }
            .compactMap(\.incident?.number).sorted()
        let excess = Set(numbers.dropLast(Self.maximumVanished))
        var events: [Incident] = []
        for index in occupants.indices {
            guard let incident = occupants[index].incident, excess.contains(incident.number) else {
                continue
            }
            events.append(incident.next(.closed, severity: incident.severity, at: time))
            occupants[index].incident = nil
            occupants[index].track.giveUp()
        }
        return events
    }

    /// Lets who came up in the water after somebody vanished, and walks out of it, stand for the
    /// one who vanished: the incident goes on as theirs, or is over where they have one.
    mutating func takeOver(at time: MediaTime) -> [Incident] {
        var events: [Incident] = []
        let vanished = occupants.filter { $0.track.vanishedAt != nil && $0.track.absence != nil }
            .sorted { ($0.incident?.number ?? 0) < ($1.incident?.number ?? 0) }
        for missing in vanished {
            guard let incident = missing.incident else { continue }
            let walker = occupants.firstIndex { other in
                other.isInside && other.track.beganInWater
                    && other.track.firstSeen > missing.track.sightedAt
                    && other.track.dryFrames >= Self.leastDryFrames
            }
            guard let walker else { continue }
            let other = occupants[walker]
            occupants[walker].track.beganInWater = false
            if occupants[walker].incident == nil {
                occupants[walker].incident = incident
                occupants[walker].incident?.object = other.object
                occupants[walker].incident?.lastSeen = nil
            } else {
                events.append(incident.next(.closed, severity: incident.severity, at: time))
            }
            occupants.removeAll { $0.object.id == missing.object.id }
        }
        return events
    }
}
