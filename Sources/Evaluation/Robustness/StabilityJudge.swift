/// Compares the alerts of a disturbed clip with those that were to be expected.
///
/// An alert is *the same* as an expected one where zone and kind are equal, the boxes agree in
/// place (IoU of 0.1 with the expected one dilated by 30 % and 4 pixels at least, or the centre in
/// it), and both start and time differ by three seconds at most. `docs/robustness.md` has the
/// whole rule.
struct StabilityJudge {
    /// Seconds by which start and alert may move.
    static let tolerance = 3.0

    private static let dilation = (share: 0.3, pixels: 4.0)
    private static let minimumOverlap = 0.1
    private static let forbidden = 1e6

    /// What became of the expected alerts and of those that came.
    struct Outcome: Hashable, Sendable {
        /// Expected ones that came.
        var kept: [ScoredAlert] = []
        /// Expected ones that came in their place, but at another time or with another start.
        var moved: [Move] = []
        /// Expected ones that did not come.
        var lost: [ScoredAlert] = []
        /// Expected ones that did not come, but might have after the clip's end.
        var undecided: [ScoredAlert] = []
        /// Others that came.
        var new: [ScoredAlert] = []
    }

    /// An expected alert and the one that came in its place.
    struct Move: Hashable, Sendable {
        var expected: ScoredAlert
        var found: ScoredAlert
    }

    /// Seconds in which no picture came; nil where none is missing.
    var gap: ClosedRange<Double>?
    /// Time of the last picture.
    var end = Double.infinity
    /// Where an alert counts neither way.
    var permitted: [Truth.Event] = []

    /// Judges the alerts of a clip.
    func compare(expected: [ScoredAlert], found: [ScoredAlert]) -> Outcome {
        let same = pairs(expected, found, among: Array(expected.indices), Array(found.indices)) {
            agreesInTime(expected[$0], found[$1])
        }
        let missing = expected.indices.filter { same[$0] == nil }
        let taken = Set(same.values)
        let others = found.indices.filter { !taken.contains($0) }
        let moved = pairs(expected, found, among: missing, others) { _, _ in true }
        let used = taken.union(moved.values)
        let absent = missing.filter { moved[$0] == nil }.map { expected[$0] }
        return Outcome(
            kept: same.keys.sorted().map { expected[$0] },
            moved: moved.sorted { $0.key < $1.key }.map { expectedIndex, foundIndex in
                Move(expected: expected[expectedIndex], found: found[foundIndex])
            },
            lost: absent.filter { latest(of: $0).time + Self.tolerance <= end },
            undecided: absent.filter { latest(of: $0).time + Self.tolerance > end },
            new: others.filter { !used.contains($0) && !isPermitted(found[$0]) }
                .map { found[$0] }
        )
    }

    /// The most pairs of the same zone, kind and place for which `fits` holds; of those, the best
    /// overlap, then the nearest in time.
    private func pairs(
        _ expected: [ScoredAlert],
        _ found: [ScoredAlert],
        among rows: [Int],
        _ columns: [Int],
        fits: (Int, Int) -> Bool
    ) -> [Int: Int] {
        guard !rows.isEmpty, !columns.isEmpty else { return [:] }
        let nobody = [Double](repeating: Self.forbidden, count: rows.count)
        let costs = rows.map { row in
            columns.map { column in
                let (one, other) = (expected[row], found[column])
                guard Self.isSameMatter(one, other), fits(row, column) else {
                    return Self.forbidden
                }
                return 10 * (1 - Self.overlap(one, other)) + abs(one.time - other.time) / 100
            } + nobody
        }
        var pairs: [Int: Int] = [:]
        for (row, column) in Assignment.cheapest(costs).enumerated()
        where costs[row][column] < Self.forbidden {
            pairs[rows[row]] = columns[column]
        }
        return pairs
    }

    private static func isSameMatter(_ one: ScoredAlert, _ other: ScoredAlert) -> Bool {
        one.zone == other.zone && one.kind == other.kind && agrees(one.box, other.box)
    }

    private static func agrees(_ expected: ImageBox?, _ found: ImageBox?) -> Bool {
        guard let expected, let found else { return true }
        let place = expected.dilated(by: dilation.share, atLeast: dilation.pixels)
        return found.intersectionOverUnion(place) >= minimumOverlap
            || place.containsCenter(of: found)
    }

    private static func overlap(_ one: ScoredAlert, _ other: ScoredAlert) -> Double {
        guard let box = one.box, let otherBox = other.box else { return 0 }
        return box.intersectionOverUnion(otherBox)
    }

    private func agreesInTime(_ expected: ScoredAlert, _ found: ScoredAlert) -> Bool {
        let tolerance = Self.tolerance
        let start = expected.start ?? expected.time
        let latest = latest(of: expected)
        return (start - tolerance...latest.start + tolerance).contains(found.start ?? start)
            && (expected.time - tolerance...latest.time + tolerance).contains(found.time)
    }

    /// What was to begin while no picture came may begin with the first one after, and its alert
    /// come as much later; an alert that was due in the gap may come right after it.
    private func latest(of expected: ScoredAlert) -> (start: Double, time: Double) {
        let start = expected.start ?? expected.time
        guard let gap else { return (start, expected.time) }
        if gap.contains(start) {
            return (gap.upperBound, expected.time + gap.upperBound - start)
        }
        return (start, gap.contains(expected.time) ? gap.upperBound : expected.time)
    }

    private func isPermitted(_ alert: ScoredAlert) -> Bool {
        permitted.contains { entry in
            entry.zone == alert.zone && entry.kind == alert.kind
                && (entry.start - Self.tolerance...entry.end + Self.tolerance)
                    .contains(alert.time)
                && Self.agrees(entry.box, alert.box)
        }
    }
}
