import Testing

@testable import Evaluation

/// When the alerts of a disturbed clip are the same.
@Suite struct StabilityJudgeTests {
    private let place = ImageBox(x: 100, y: 100, width: 40, height: 20)

    private func alert(
        at time: Double,
        since start: Double,
        zone: String = "kerb",
        kind: String = "no_parking",
        box: ImageBox? = nil
    ) -> ScoredAlert {
        ScoredAlert(zone: zone, kind: kind, time: time, start: start, box: box ?? place)
    }

    private func judge(
        _ expected: [ScoredAlert],
        _ found: [ScoredAlert],
        gap: ClosedRange<Double>? = nil
    ) -> [Int] {
        let outcome = StabilityJudge(gap: gap).compare(expected: expected, found: found)
        return [outcome.kept.count, outcome.moved.count, outcome.lost.count, outcome.new.count]
    }

    @Test(
        "Start and alert may be three seconds off, more is moved",
        arguments: [
            (20.0, 10.0, [1, 0, 0, 0]), (23, 13, [1, 0, 0, 0]), (17, 7, [1, 0, 0, 0]),
            (23.1, 10, [0, 1, 0, 0]), (20, 13.1, [0, 1, 0, 0]), (50, 40, [0, 1, 0, 0]),
        ]
    )
    func time(time: Double, start: Double, counts: [Int]) {
        let found = [alert(at: time, since: start)]
        #expect(judge([alert(at: 20, since: 10)], found) == counts)
    }

    @Test("Another zone, kind or place is lost and new")
    func elsewhere() {
        let expected = [alert(at: 20, since: 10)]
        let far = ImageBox(x: 300, y: 100, width: 40, height: 20)
        #expect(judge(expected, [alert(at: 20, since: 10, zone: "gate")]) == [0, 0, 1, 1])
        #expect(judge(expected, [alert(at: 20, since: 10, kind: "fire_lane")]) == [0, 0, 1, 1])
        #expect(judge(expected, [alert(at: 20, since: 10, box: far)]) == [0, 0, 1, 1])
    }

    @Test("A box that overlaps little is the same place, and so is one whose centre lies inside")
    func boxes() {
        let expected = [alert(at: 20, since: 10)]
        let beside = ImageBox(x: 130, y: 100, width: 40, height: 20)
        let huge = ImageBox(x: 0, y: 0, width: 240, height: 220)
        #expect(judge(expected, [alert(at: 20, since: 10, box: beside)]) == [1, 0, 0, 0])
        #expect(judge(expected, [alert(at: 20, since: 10, box: huge)]) == [1, 0, 0, 0])
    }

    @Test("An alert stands for one expected alert only")
    func oneToOne() {
        let twice = [alert(at: 20, since: 10), alert(at: 21, since: 11)]
        #expect(judge(twice, [alert(at: 20, since: 10)]) == [1, 0, 1, 0])
        #expect(judge([alert(at: 20, since: 10)], twice) == [1, 0, 0, 1])
        #expect(judge([], []) == [0, 0, 0, 0])
    }

    @Test("What falls into a gap may come with the first pictures after it, not later")
    func gap() {
        let expected = [alert(at: 20, since: 10)]
        let gap = 15.0...25.0
        #expect(judge(expected, [alert(at: 25.2, since: 10)], gap: gap) == [1, 0, 0, 0])
        #expect(judge(expected, [alert(at: 28.1, since: 10)], gap: gap) == [0, 1, 0, 0])
        #expect(judge(expected, [alert(at: 25.2, since: 15)], gap: gap) == [0, 1, 0, 0])
        let inside = [alert(at: 28, since: 18)]
        #expect(judge(inside, [alert(at: 36, since: 25.4)], gap: gap) == [1, 0, 0, 0])
        #expect(judge(inside, [alert(at: 40, since: 25.4)], gap: gap) == [0, 1, 0, 0])
    }

    @Test("What is due so late that the clip's end may have cut it off is not decided")
    func undecided() {
        let expected = [alert(at: 20, since: 10), alert(at: 27.5, since: 17.5)]
        let outcome = StabilityJudge(end: 30).compare(expected: expected, found: [])
        #expect(outcome.lost.map(\.time) == [20] && outcome.undecided.map(\.time) == [27.5])
        let come = StabilityJudge(end: 30).compare(expected: expected, found: expected)
        #expect(come.kept.count == 2 && come.undecided.isEmpty)
        let late = StabilityJudge(gap: 15...29, end: 30).compare(expected: expected, found: [])
        #expect(late.lost.isEmpty && late.undecided.count == 2)
    }

    @Test("Backwards, a departure is an arrival, and what stood at the end is none")
    func mirrored() {
        func event(_ start: Double, _ end: Double, zone: String = "kerb") -> Truth.Event {
            Truth.Event(zone: zone, kind: "no_parking", start: start, end: end, box: place)
        }
        let truth = Truth(
            video: "v.mp4",
            width: 640,
            height: 360,
            duration: 60,
            zones: [],
            events: [
                event(10, 40), event(20, 60), event(5, 30), event(12, 15),
                event(1, 9, zone: "unwatched"),
            ],
            ignore: [event(0, 25)]
        )
        let mirrored = MirroredTruth(truth, zones: ["kerb": 10], found: [0, 1, 3], end: 60)
        #expect(mirrored.expected.map(\.start) == [20])
        #expect(mirrored.expected.map(\.time) == [30])
        #expect(mirrored.permitted.map(\.start) == [30, 45, 35])
        #expect(mirrored.permitted.map(\.end) == [55, 48, 60])

        let judge = StabilityJudge(permitted: mirrored.permitted)
        let outcome = judge.compare(
            expected: mirrored.expected,
            found: [alert(at: 31, since: 21), alert(at: 45, since: 35), alert(at: 8, since: 0)]
        )
        #expect(outcome.kept.count == 1 && outcome.lost.isEmpty && outcome.moved.isEmpty)
        #expect(outcome.new.map(\.time) == [8])
    }
}
