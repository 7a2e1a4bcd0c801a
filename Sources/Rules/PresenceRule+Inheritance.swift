internal import Scene

extension PresenceRule {
    /// Overlap from which a new id is the person who vanished there.
    private static let sameOverlap = 0.2
    /// How far somebody may swim under water, in body heights.
    private static let divingReach = 3.0

    /// Hands the clock and the incident of somebody whose id is lost to a new id nearby.
    ///
    /// Only an id that the detector had not given out when the other was last seen inherits, so
    /// that a companion who was there all along stays a person of their own.
    mutating func inherit(_ moment: Moment) {
        let lost = occupants.filter { occupant in
            if let object = moment.object(occupant.object.id) {
                // The detector may remember one and see the same person under another id.
                return !object.isVisible && occupant.track.depth == .water && isSwimmer(occupant)
            }
            if occupant.track.vanishedAt != nil || mayVanish(occupant) { return true }
            return isFresh(occupant, at: moment.time)
        }
        guard !lost.isEmpty else { return }
        var free = moment.objects.filter { object in
            object.isVisible && counts(object, isKnown: true)
                && !occupants.contains { $0.object.id == object.id }
        }
        for occupant in lost.sorted(by: { $0.precedes($1) }) {
            guard let heir = heir(of: occupant, among: free, moment) else { continue }
            free.removeAll { $0.id == heir.id }
            occupants.removeAll { $0.object.id == occupant.object.id }
            var successor = occupant
            successor.see(heir, in: moment)
            // The clock goes on, though it may have been lost for longer than somebody may be seen
            // outside.
            if rule.isPresent(heir.box, scale: 1) { successor.awaySince = nil }
            insert(successor)
        }
    }

    /// Whether somebody's id was lost so lately that whoever is seen there is the same person.
    private func isFresh(_ occupant: Occupant, at time: MediaTime) -> Bool {
        guard occupant.isGone, let awaySince = occupant.awaySince else { return true }
        return time - awaySince <= Self.goneTolerance
    }

    private func heir(
        of occupant: Occupant,
        among free: [Observation],
        _ moment: Moment
    ) -> Observation? {
        var best: (object: Observation, distance: Double)?
        for object in free where object.id > occupant.newest {
            let way = PictureVector(from: occupant.object.box.center, to: object.box.center)
            let distance = way.squaredLength
            guard
                isSuccessor(object, of: occupant, distance, moment)
                    || hasComeUp(object, of: occupant, distance, moment)
            else { continue }
            if let best, best.distance <= distance { continue }
            best = (object, distance)
        }
        return best?.object
    }

    /// Whether a new id is where another was lost a moment ago.
    private func isSuccessor(
        _ object: Observation,
        of occupant: Occupant,
        _ squaredDistance: Double,
        _ moment: Moment
    ) -> Bool {
        guard isFresh(occupant, at: moment.time), occupant.isLike(object) else { return false }
        let overlap = object.box.intersectionOverUnion(occupant.object.box)
        let reach = occupant.object.box.height
        return overlap >= Self.sameOverlap || squaredDistance <= reach * reach
    }

    /// Whether a new id comes up in the water, or at its edge, where somebody may have dived to.
    private func hasComeUp(
        _ object: Observation,
        of occupant: Occupant,
        _ squaredDistance: Double,
        _ moment: Moment
    ) -> Bool {
        guard occupant.track.vanishedAt != nil || mayVanish(occupant) else { return false }
        let place = rule.place(of: object, at: moment.instant, scale: 1)
        guard let depth = place.depth, depth >= .edge else { return false }
        let reach = Self.divingReach * occupant.track.bodyHeight
        return squaredDistance <= reach * reach
    }
}

extension PresenceRule.Occupant {
    /// Who may still be found comes before who has vanished; then open incidents, in order of
    /// number; then who came in first; then by id.
    fileprivate func precedes(_ other: PresenceRule.Occupant) -> Bool {
        let (isOut, isOtherOut) = (track.vanishedAt != nil, other.track.vanishedAt != nil)
        if isOut != isOtherOut { return isOtherOut }
        let (own, others) = (incident?.number ?? .max, other.incident?.number ?? .max)
        if own != others { return own < others }
        return entry == other.entry ? object.id < other.object.id : entry < other.entry
    }
}
