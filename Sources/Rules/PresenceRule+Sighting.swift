internal import Scene

extension PresenceRule {
    /// Follows who is known through a blind frame, and holds nothing against who is not shown.
    mutating func keepUp(_ moment: Moment) {
        for index in occupants.indices {
            occupants[index].isInside = false
            occupants[index].awaySince = nil
            occupants[index].track.keepUp()
            guard let object = moment.object(occupants[index].object.id) else { continue }
            occupants[index].see(object, in: moment)
        }
        crowd.keepUp()
    }

    /// Tells of everybody known whether they are inside now, and how deep.
    mutating func sight(_ moment: Moment) {
        for index in occupants.indices {
            var occupant = occupants[index]
            defer { occupants[index] = occupant }
            occupant.frames += 1
            occupant.isInside = false
            let tolerance = occupant.tolerance
            guard let object = moment.object(occupant.object.id) else {
                occupant.isGone = true
                occupant.awaySince = occupant.awaySince ?? moment.time
                occupant.track.miss(at: moment.time, tolerance: tolerance)
                continue
            }
            let hasLostClock = occupant.hasLostClock(at: moment.time)
            occupant.see(object, in: moment)
            let scale = occupant.awaySince == nil ? ZoneRule.leavingScale : 1
            let place = rule.place(of: object, at: moment.instant, scale: scale)
            if object.isVisible {
                let isSomebody = rule.classes.contains(object.classification.objectClass)
                let shown = isSomebody ? place : WaterPlace(counts: false)
                occupant.track.see(object, shown, at: moment.time, tolerance: tolerance)
                occupant.incident?.lastSeen = nil
            } else {
                occupant.track.miss(at: moment.time, tolerance: tolerance)
            }
            guard place.counts else {
                occupant.awaySince = occupant.awaySince ?? moment.time
                continue
            }
            if occupant.incident != nil {
                occupant.awaySince = nil
                occupant.isInside = object.isVisible
            } else if object.isVisible, counts(object, isKnown: true) {
                if hasLostClock || occupant.framesInside == 0 {
                    occupant.restart(at: moment.time)
                }
                occupant.awaySince = nil
                occupant.isInside = true
                occupant.framesInside += 1
            } else {
                occupant.awaySince = occupant.awaySince ?? moment.time
            }
        }
    }

    /// Begins to watch who newly came in; where memory is full, newcomers are turned away.
    ///
    /// Who is in a permitted part is watched too, for they may leave it for the water.
    mutating func admit(_ moment: Moment) {
        for object in moment.objects where object.isVisible && counts(object, isKnown: false) {
            guard !occupants.contains(where: { $0.object.id == object.id }) else { continue }
            let place = rule.place(of: object, at: moment.instant, scale: 1)
            guard place.counts || place.permitted != nil else { continue }
            guard occupants.count < ZoneMonitor.capacity else {
                turnedAway += 1
                continue
            }
            insert(
                Occupant(
                    object: object,
                    entry: moment.time,
                    framesInside: place.counts ? 1 : 0,
                    isInside: place.counts,
                    awaySince: place.counts ? nil : moment.time,
                    lastSeen: moment.time,
                    newest: moment.objects.last?.id ?? object.id,
                    track: WaterTrack(object, place, at: moment.time)
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
