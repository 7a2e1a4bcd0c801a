internal import Scene

extension Tracker {
    /// Who is seen where in one frame, as it is found out.
    struct Round {
        let sightings: [Sighting]
        let boxes: [Extent]
        let view: Surroundings
        let time: MediaTime
        /// The track of each sighting, and the sighting of each track.
        private(set) var tracks: [Int?]
        private(set) var seen: [Int?]

        init(_ sightings: [Sighting], in view: Surroundings, at time: MediaTime, tracks: Int) {
            self.sightings = sightings
            self.view = view
            self.time = time
            boxes = sightings.map { Extent($0.box) }
            self.tracks = [Int?](repeating: nil, count: sightings.count)
            seen = [Int?](repeating: nil, count: tracks)
        }

        mutating func pair(_ track: Int, with sighting: Int) {
            seen[track] = sighting
            tracks[sighting] = track
        }

        /// Tracks without a sighting that a test holds for.
        func lonely(_ isMeant: (Int) -> Bool = { _ in true }) -> [Int] {
            seen.indices.filter { seen[$0] == nil && isMeant($0) }
        }

        /// Sightings without a track.
        func free(strong: Bool) -> [Int] {
            sightings.indices.filter { tracks[$0] == nil && sightings[$0].isStrong == strong }
        }
    }

    /// Pairs tracks with sightings: by where they should be, first with what is surely there; then
    /// by where they were last.
    func pair(_ round: inout Round) {
        let isCurrent = { (track: Int) in !isFaded(tracks[track], at: round.time) }
        let time = round.time
        associate(round.lonely(isCurrent), round.free(strong: true), &round, cost: cost)
        if means.contains(.weakBlobs) {
            let apart = round.lonely { track in
                !isFaded(tracks[track], at: time) && tracks[track].company == nil
            }
            associate(apart, round.free(strong: false), &round, cost: cost)
        }
        guard means.contains(.recovery) else { return }
        associate(round.lonely(), round.free(strong: true), &round, cost: recoveryCost)
    }

    /// Whether it was last seen so long ago that it must be recognised.
    private func isFaded(_ track: Track, at time: MediaTime) -> Bool {
        track.company == nil && time - track.lastSeen > Track.reportedAge
    }

    private func associate(
        _ candidates: [Int],
        _ measured: [Int],
        _ round: inout Round,
        cost: (Track, Int, Round) -> Double
    ) {
        guard !candidates.isEmpty, !measured.isEmpty else { return }
        var costs = candidates.map { track in measured.map { cost(tracks[track], $0, round) } }
        weigh(&costs, candidates, measured, round)
        for (row, column) in Assignment.solve(costs, limit: 1).enumerated() {
            if let column { round.pair(candidates[row], with: measured[column]) }
        }
    }

    /// What cannot be.
    private static let never = 2.0

    /// 0 for the box where it should be, 1 or more for a pair that cannot be.
    private func cost(_ track: Track, _ index: Int, _ round: Round) -> Double {
        let (box, p) = (round.boxes[index], track.predicted)
        let overlap = p.shared(with: box) / (p.area + box.area - p.shared(with: box))
        let (width, height) = (max(p.width, box.width), max(p.height, box.height))
        let diagonal = (width * width + height * height).squareRoot()
        // Of a swimmer the picture may show the head, or an arm, or all: the body is as long.
        let person = personHeight(track, index, round)
        let distance = p.distance(to: box) / max(6, diagonal, 0.6 * (person ?? 0))
        let growth = person == nil ? 5.0 : 10
        let isInGroup = means.contains(.groups) && (track.company != nil || isLeader(track))
        let isSplit = isInGroup && isPart(box, of: track)
        // A body does not become a fifth or five times its size from one frame to the next.
        guard isSplit || (box.area <= growth * p.area && p.area <= growth * box.area) else {
            return Self.never
        }
        guard isSplit || overlap >= 0.15 || distance <= 0.7 else { return Self.never }
        let cost = 0.6 * (1 - overlap) + 0.4 * min(1, distance)
        // Within a group the place tells little; and who was seen for it is so still.
        return isSplit ? 0.2 + 0.4 * cost + (track.company == nil ? 0 : 0.2) : cost
    }

    /// 0 for the place where it was seen last, 1 or more where it cannot have got to since, or what
    /// is there looks otherwise.
    private func recoveryCost(_ track: Track, _ index: Int, _ round: Round) -> Double {
        let (box, last) = (round.boxes[index], Extent(track.alone))
        guard track.company == nil, box.area <= 2.5 * last.area, last.area <= 2.5 * box.area else {
            return Self.never
        }
        let age = (round.time - track.lastSeen).seconds
        let reach = track.bodyLength * min(2, 0.8 + 4 * age)
        let way = last.distance(to: box) / reach
        let unlike = lookDistance(track, round.sightings[index])
        // What was hardly seen, or long ago, must look the same.
        let isSure = !isFaded(track, at: round.time) && track.hits >= Track.reportedHits
        guard way < 1, unlike.map({ $0 <= (isSure ? 0.5 : 0.25) }) ?? isSure else {
            return Self.never
        }
        return 0.6 * way + 0.4 * (unlike ?? 0.5)
    }

    /// Height of a person there, where the scale is known and either may be one.
    private func personHeight(_ track: Track, _ index: Int, _ round: Round) -> Double? {
        guard round.view.personHeight(at: track.alone) != nil else { return nil }
        return round.view.personHeight(at: round.sightings[index].box)
    }

    /// How unlike what is seen is to a track, 0 to 1; nil where that is not known.
    private func lookDistance(_ track: Track, _ sighting: Sighting) -> Double? {
        guard means.contains(.look), let own = track.look, let other = sighting.look else {
            return nil
        }
        return Double(own.distance(to: other)) / 1000
    }

    /// Adds direction and look where candidates compete: what is worse than the best of its row and
    /// its column costs more; nothing becomes impossible by that.
    private func weigh(
        _ costs: inout [[Double]],
        _ candidates: [Int],
        _ measured: [Int],
        _ round: Round
    ) {
        var extra = costs.map { $0.map { _ in 0.0 } }
        var best = (
            rows: candidates.map { _ in Double.infinity },
            columns: measured.map { _ in Double.infinity }
        )
        for row in candidates.indices {
            for column in measured.indices where costs[row][column] < 1 {
                let value = doubt(tracks[candidates[row]], measured[column], round)
                extra[row][column] = value
                best.rows[row] = min(best.rows[row], value)
                best.columns[column] = min(best.columns[column], value)
            }
        }
        for row in candidates.indices {
            for column in measured.indices where costs[row][column] < 1 {
                let least = min(best.rows[row], best.columns[column])
                let cost = min(0.999, costs[row][column] + extra[row][column] - least)
                costs[row][column] = (cost * 1000).rounded() / 1000
            }
        }
    }

    /// How much direction and look speak against a pair.
    private func doubt(_ track: Track, _ index: Int, _ round: Round) -> Double {
        let isInGroup = track.company != nil || isLeader(track)
        let unlike = lookDistance(track, round.sightings[index]) ?? 0.3
        let turn = means.contains(.direction) ? track.turn(to: round.boxes[index]) : 0
        return (isInGroup ? 1.2 : 0.6) * unlike + 0.25 * turn
    }
}

extension Track {
    /// How far off its direction something is, 0 (straight on) to 1 (straight back); 0 where either
    /// is not known.
    func turn(to box: Extent) -> Double {
        guard let last = sights.last,
            let before = sights.last(where: { last.time - $0.time >= .seconds(0.5) })
                ?? sights.first
        else { return 0 }
        let own = (x: last.place.x - before.place.x, y: last.place.y - before.place.y)
        let way = (x: box.centerX - last.place.x, y: box.centerY - last.place.y)
        let lengths = (
            own: (own.x * own.x + own.y * own.y).squareRoot(),
            way: (way.x * way.x + way.y * way.y).squareRoot()
        )
        guard lengths.own >= 0.25 * bodyLength, lengths.way >= 0.1 * bodyLength else { return 0 }
        let cosine = (own.x * way.x + own.y * way.y) / (lengths.own * lengths.way)
        return max(0, min(1, (1 - cosine) / 2))
    }
}
