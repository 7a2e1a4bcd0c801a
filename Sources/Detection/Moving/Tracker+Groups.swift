internal import Scene

extension Tracker {
    /// Whether others are hidden in what this track is seen as.
    func isLeader(_ track: Track) -> Bool {
        tracks.contains { $0.company?.leader == track.id }
    }

    /// Whether a box may be a part of the group that a track is in.
    func isPart(_ box: Extent, of track: Track) -> Bool {
        let group = Extent(track.company?.box ?? track.measured)
        let reach = 0.5 * track.bodyLength
        let isNear =
            box.centerX >= group.x - reach && box.centerX <= group.x + group.width + reach
            && box.centerY >= group.y - reach && box.centerY <= group.y + group.height + reach
        return isNear && box.area <= 2 * max(group.area, track.predicted.area)
            && track.predicted.area <= 4 * box.area
    }

    /// Takes in who is seen where: by themselves, for a group, or hidden in one.
    mutating func takeIn(_ round: Round) {
        let joined = means.contains(.groups) ? companions(round) : []
        for (track, sighting) in round.seen.enumerated() {
            guard let sighting else { continue }
            let seen = round.sightings[sighting]
            if joined.contains(where: { $0.leader == track }), isLarger(seen.box, track) {
                tracks[track].company = nil
                tracks[track].correct(asLeaderOf: seen.box, at: round.time)
            } else {
                tracks[track].correct(
                    seen,
                    at: round.time,
                    in: round.view,
                    isClear: isClear(track, round),
                    isUpdatedBack: means.contains(.updateBack)
                )
            }
        }
        for pair in joined {
            let leader = tracks[pair.leader]
            let company = Track.Company(
                leader: leader.id,
                since: tracks[pair.member].company?.since ?? round.time,
                lastSeen: round.time,
                box: leader.measured
            )
            tracks[pair.member].hide(in: company, of: round.view)
        }
        leaveGroups(joined.map(\.member), round)
    }

    /// Whether a box is too large for one body, going by how large it was alone.
    private func isLarger(_ box: PixelBox, _ track: Int) -> Bool {
        let alone = tracks[track].alone
        return box.width * 4 > alone.width * 5 || box.height * 5 > alone.height * 6
    }

    /// Whether nobody else should be where a track is seen.
    private func isClear(_ track: Int, _ round: Round) -> Bool {
        guard let index = round.seen[track] else { return false }
        let box = round.boxes[index]
        return !tracks.indices.contains { other in
            other != track && tracks[other].hits >= Track.reportedHits
                && tracks[other].predicted.shared(with: box) > 0.1 * box.area
        }
    }

    /// Who is not seen, but should be where somebody else is seen.
    private func companions(_ round: Round) -> [(member: Int, leader: Int)] {
        var pairs: [(member: Int, leader: Int)] = []
        for track in round.lonely() where mayJoin(tracks[track], at: round.time) {
            let own = tracks[track].predicted
            var best: (leader: Int, share: Double)?
            for (index, leader) in round.tracks.enumerated() {
                guard let leader, round.sightings[index].isStrong else { continue }
                let box = round.boxes[index]
                let share = (own.shared(with: box) / own.area * 1000).rounded() / 1000
                // A car that passes in front takes nobody along, and a shadow is nobody.
                let (mine, other) = (tracks[track].alone, tracks[leader].alone)
                guard share >= 0.5, share > (best?.share ?? 0), box.area <= 5 * own.area,
                    other.area <= 4 * mine.area, other.height * 2 <= mine.height * 5
                else { continue }
                best = (leader, share)
            }
            if let best { pairs.append((track, best.leader)) }
        }
        return pairs
    }

    /// Whether a track was seen for long enough by itself, and lately, to be somebody in a group.
    private func mayJoin(_ track: Track, at time: MediaTime) -> Bool {
        if track.company != nil { return true }
        return track.hits >= 5 && track.lastSeen - track.firstSeen >= .seconds(0.8)
            && time - track.lastSeen <= .seconds(1)
    }

    /// Lets those go who are where their group is not seen: unless something stands there, which
    /// it may have become.
    private mutating func leaveGroups(_ hidden: [Int], _ round: Round) {
        for index in tracks.indices where !hidden.contains(index) {
            guard let company = tracks[index].company, round.seen[index] == nil else { continue }
            let box = Extent(company.box)
            let isStanding = round.view.standing.contains {
                2 * Extent($0).shared(with: box) >= box.area
            }
            if isStanding {
                tracks[index].hide(in: company, of: round.view)
            } else if round.time - company.lastSeen > .seconds(1) {
                tracks[index].company = nil
                tracks[index].hiding = nil
            }
        }
    }
}
