internal import Scene

extension PresenceRule {
    /// Follows who is known through a blind frame, and holds nothing against who is not shown.
    mutating func keepUp(_ moment: Moment) {
        for index in occupants.indices {
            occupants[index].isInside = false
            occupants[index].awaySince = nil
            guard let object = moment.object(occupants[index].object.id) else { continue }
            occupants[index].see(object, in: moment)
        }
    }

    /// Tells of everybody known whether they are inside now.
    mutating func sight(_ moment: Moment) {
        for index in occupants.indices {
            var occupant = occupants[index]
            defer { occupants[index] = occupant }
            occupant.frames += 1
            occupant.isInside = false
            guard let object = moment.object(occupant.object.id) else {
                occupant.isGone = true
                occupant.awaySince = occupant.awaySince ?? moment.time
                continue
            }
            let hasLostClock = occupant.hasLostClock(at: moment.time)
            occupant.see(object, in: moment)
            let scale = occupant.awaySince == nil ? ZoneRule.leavingScale : 1
            guard rule.isPresent(object.box, scale: scale) else {
                occupant.awaySince = occupant.awaySince ?? moment.time
                continue
            }
            if occupant.incident != nil {
                occupant.awaySince = nil
                occupant.isInside = object.isVisible
            } else if object.isVisible, counts(object, isKnown: true) {
                if hasLostClock { occupant.restart(at: moment.time) }
                occupant.awaySince = nil
                occupant.isInside = true
                occupant.framesInside += 1
            } else {
                occupant.awaySince = occupant.awaySince ?? moment.time
            }
        }
    }

    /// Begins to watch who newly came in; where memory is full, newcomers are turned away.
    mutating func admit(_ moment: Moment) {
        for object in moment.objects where object.isVisible && counts(object, isKnown: false) {
            guard !occupants.contains(where: { $0.object.id == object.id }),
                rule.isPresent(object.box, scale: 1)
            else { continue }
            guard occupants.count < ZoneMonitor.capacity else {
                turnedAway += 1
                continue
            }
            insert(
                Occupant(
                    object: object,
                    entry: moment.time,
                    lastSeen: moment.time,
                    newest: moment.objects.last?.id ?? object.id
                )
            )
        }
    }

    /// Whether an object counts as somebody; what nothing is known of counts only where the
    /// detector is sure of it, and where it moves or was somebody before it stood still.
    func counts(_ object: Observation, isKnown: Bool) -> Bool {
        guard rule.counts(object) else { return false }
        guard object.classification.objectClass == .unknown else { return true }
        return object.confidence >= Self.minimumConfidence
            && (isKnown || object.mobility == .moving)
    }

    /// Takes an occupant in at the place of its id.
    mutating func insert(_ occupant: Occupant) {
        let index = occupants.firstIndex { $0.object.id > occupant.object.id } ?? occupants.count
        occupants.insert(occupant, at: index)
    }
}

extension PresenceRule.Occupant {
    /// Takes note of where the person is reported now.
    mutating func see(_ object: Observation, in moment: Moment) {
        self.object = object
        lastSeen = moment.time
        newest = moment.objects.last?.id ?? object.id
        isGone = false
        incident?.object = object
    }

    /// Starts the clock anew: what was before no longer counts.
    fileprivate mutating func restart(at time: MediaTime) {
        entry = time
        frames = 1
        framesInside = 0
    }
}
