internal import Scene

extension StandingRule {
    /// Overlap from which a new id in the old place may be the same thing.
    private static let sameOverlap = 0.4

    /// Lets a new id take over the place of one that the detector no longer reports.
    ///
    /// It is the same thing where it overlaps and had stopped before the old one was last seen;
    /// one that stopped later took the place of a thing that left, and is a matter of its own.
    mutating func adopt(_ moment: Moment) {
        let orphans = places.filter { $0.isBinding && moment.object($0.object.id) == nil }
        guard !orphans.isEmpty else { return }
        var free = moment.objects.filter { object in
            object.mobility == .static
                && rule.isStanding(object.box, scale: ZoneRule.leavingScale)
                && !places.contains { $0.object.id == object.id && $0.isBinding }
        }
        for orphan in orphans.sorted(by: { $0.precedes($1) }) {
            guard let heir = Self.heir(of: orphan, among: free) else { continue }
            free.removeAll { $0.id == heir.id }
            places.removeAll { $0.object.id == heir.id || $0.object.id == orphan.object.id }
            var place = orphan
            place.see(heir, at: moment.time)
            insert(place)
        }
    }

    /// Begins to watch what newly stands in the zone.
    mutating func admit(_ moment: Moment) {
        for object in moment.objects where object.mobility == .static && rule.counts(object) {
            guard !places.contains(where: { $0.object.id == object.id }),
                rule.isStanding(object.box, scale: 1)
            else { continue }
            if places.count == ZoneMonitor.capacity {
                turnedAway += 1
                guard let index = dispensable(for: object) else { continue }
                places.remove(at: index)
            }
            let visible = object.isVisible ? moment.time : nil
            insert(Place(object: object, lastSeen: moment.time, lastVisible: visible))
        }
    }

    private mutating func insert(_ place: Place) {
        let index = places.firstIndex { $0.object.id > place.object.id } ?? places.count
        places.insert(place, at: index)
    }

    private static func heir(of place: Place, among free: [Observation]) -> Observation? {
        var best: (object: Observation, overlap: Double)?
        for object in free where object.since <= place.lastSeen + sinceTolerance {
            let overlap = object.box.intersectionOverUnion(place.object.box)
            guard overlap >= sameOverlap, overlap > best?.overlap ?? 0 else { continue }
            best = (object, overlap)
        }
        return best?.object
    }

    /// What goes first when memory is full: what left, the longest ago first; then what has stood
    /// for the shortest time without an incident, unless the newcomer has stood still shorter.
    ///
    /// An open incident never goes.
    private func dispensable(for newcomer: Observation) -> Int? {
        var left: (index: Int, at: MediaTime)?
        var young: (index: Int, since: MediaTime)?
        for (index, place) in places.enumerated() where place.incident == nil {
            if let leftAt = place.leftAt {
                if let earliest = left, earliest.at <= leftAt { continue }
                left = (index, leftAt)
            } else {
                if let latest = young, latest.since > place.object.since { continue }
                young = (index, place.object.since)
            }
        }
        if let left { return left.index }
        guard let young, young.since > newcomer.since else { return nil }
        return young.index
    }
}

extension StandingRule.Place {
    /// Whether it stands for an incident that is open or closed just now.
    fileprivate var isBinding: Bool {
        incident != nil || leftAt != nil
    }

    /// Open incidents come first, in order of number; then what left, by id.
    fileprivate func precedes(_ other: StandingRule.Place) -> Bool {
        let (own, others) = (incident?.number ?? .max, other.incident?.number ?? .max)
        return own == others ? object.id < other.object.id : own < others
    }
}
