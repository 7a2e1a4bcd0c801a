internal import Scene

extension PresenceRule {
    /// Overlap from which a new id is the person who vanished there.
    private static let sameOverlap = 0.2

    /// Hands the clock and the incident of somebody whose id is lost to a new id nearby.
    ///
    /// Only an id that the detector had not given out when the other was last seen inherits, so
    /// that a companion who was there all along stays a person of their own.
    mutating func inherit(_ moment: Moment) {
        let lost = occupants.filter { occupant in
            guard moment.object(occupant.object.id) == nil else { return false }
            guard occupant.isGone, let awaySince = occupant.awaySince else { return true }
            return moment.time - awaySince <= Self.goneTolerance
        }
        guard !lost.isEmpty else { return }
        var free = moment.objects.filter { object in
            object.isVisible && counts(object, isKnown: true)
                && !occupants.contains { $0.object.id == object.id }
        }
        for occupant in lost.sorted(by: { $0.precedes($1) }) {
            guard let heir = Self.heir(of: occupant, among: free) else { continue }
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

    private static func heir(of occupant: Occupant, among free: [Observation]) -> Observation? {
        var best: (object: Observation, distance: Double)?
        for object in free where object.id > occupant.newest && occupant.isLike(object) {
            let way = PictureVector(from: occupant.object.box.center, to: object.box.center)
            let distance = way.squaredLength
            let overlap = object.box.intersectionOverUnion(occupant.object.box)
            let reach = occupant.object.box.height
            guard overlap >= sameOverlap || distance <= reach * reach else { continue }
            if let best, best.distance <= distance { continue }
            best = (object, distance)
        }
        return best?.object
    }
}

extension PresenceRule.Occupant {
    /// Open incidents come first, in order of number; then who came in first; then by id.
    fileprivate func precedes(_ other: PresenceRule.Occupant) -> Bool {
        let (own, others) = (incident?.number ?? .max, other.incident?.number ?? .max)
        if own != others { return own < others }
        return entry == other.entry ? object.id < other.object.id : entry < other.entry
    }
}
