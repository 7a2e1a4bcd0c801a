internal import Scene

extension Tracker {
    /// What is followed for long enough and was seen lately, or is known to be within a group.
    func reported(at time: MediaTime) -> [Track] {
        tracks.filter { track in
            let isLate = time - track.lastSeen <= Track.reportedAge || track.company != nil
            return track.hits >= Track.reportedHits && isLate
        }
    }

    /// What walked into a box and came to rest there at about a time; nil where that is not known,
    /// or the box is far larger than who came.
    func arrivals(in box: PixelBox, at time: MediaTime) -> ObjectClass? {
        var people: PixelBox?
        var surest = 0.0
        for ending in endings + tracks.map(ending) {
            guard ending.at >= time - .seconds(3), let shared = ending.box.intersection(box),
                shared.area * 10 >= ending.box.area * 7,
                let certainty = ending.certaintyOfPerson
            else { continue }
            surest = max(surest, certainty)
            people = people.map { $0.union(shared) } ?? shared
        }
        guard let people, surest >= 0.6, people.area * 10 >= box.area * 6 else { return nil }
        return .person
    }

    /// Boxes of what is seen and was followed for a while, and stands or moves at a walk: pieces of
    /// it may come to rest before the whole does.
    var bodies: [PixelBox] {
        tracks.filter { track in
            let leader = track.votes.leader
            let isPerson = leader.objectClass == .person && leader.confidence >= 0.5
            return track.isVisible && track.hits >= 5 && (isPerson || track.presentPace < 0.5)
        }
        .map(\.measured)
    }

    /// The track whose box overlaps a box most, at least by half, of those that were seen in the
    /// last two seconds; a person may be the whole of a part that came to rest, a third of it.
    func bestOverlap(with box: PixelBox, at time: MediaTime) -> Track? {
        var best: (track: Track, overlap: Double)?
        for track in tracks where time - track.lastSeen <= Track.reportedAge {
            guard let shared = track.measured.intersection(box) else { continue }
            let union = track.measured.area + box.area - shared.area
            let overlap = Double(shared.area) / Double(union)
            let leader = track.votes.leader
            let isBody =
                leader.objectClass == .person && leader.confidence >= 0.6
                && shared.area * 10 >= box.area * 9
            if overlap >= (isBody ? 0.3 : 0.5), overlap > (best?.overlap ?? 0) {
                best = (track, overlap)
            }
        }
        return best?.track
    }
}

extension Tracker.Ending {
    /// How sure it is that this was a person; nil for what was surely something else.
    ///
    /// Whoever walks side by side with another is not told from a shape of their own: they may be
    /// one.
    fileprivate var certaintyOfPerson: Double? {
        switch leader.objectClass {
        case .person: leader.confidence >= 0.4 ? leader.confidence : nil
        case .unknown: 0
        default: nil
        }
    }
}
