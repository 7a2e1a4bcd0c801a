import Testing

@testable import Evaluation

@Suite struct AlertMatcherTests {
    private let near = ImageBox(x: 100, y: 100, width: 50, height: 50)
    private let next = ImageBox(x: 160, y: 100, width: 50, height: 50)
    private let far = ImageBox(x: 400, y: 300, width: 50, height: 50)

    private func truth(_ events: [Truth.Event], ignore: [Truth.Event] = []) -> Truth {
        Truth(
            video: "clip.mp4",
            width: 640,
            height: 360,
            duration: 60,
            zones: [Truth.Zone(id: "kerb", kind: "no_parking", polygon: [], dwell: 5)],
            events: events,
            ignore: ignore
        )
    }

    private func event(
        _ start: Double,
        _ end: Double,
        _ box: ImageBox? = nil,
        boxTime: Double? = nil
    ) -> Truth.Event {
        Truth.Event(
            zone: "kerb",
            kind: "no_parking",
            start: start,
            end: end,
            box: box,
            boxTime: boxTime
        )
    }

    private func alert(
        _ time: Double,
        _ box: ImageBox? = nil,
        zone: String = "kerb",
        kind: String = "no_parking",
        start: Double? = nil
    ) -> ScoredAlert {
        ScoredAlert(zone: zone, kind: kind, time: time, start: start, box: box)
    }

    private func verdicts(_ truth: Truth, _ alerts: ScoredAlert...) -> [Verdict] {
        AlertMatcher.match(truth: truth, alerts: alerts).decisions.map(\.verdict)
    }

    @Test("Without alerts every event is missed")
    func missesAll() {
        let result = AlertMatcher.match(
            truth: truth([event(10, 40, near), event(12, 40, next)]),
            alerts: []
        )
        #expect(result.decisions.isEmpty)
        #expect(result.missed == [0, 1])
    }

    @Test(
        "An alert counts from a second before the start to twelve after it was due",
        arguments: [
            (8.9, Verdict.falsePositive), (9, .truePositive), (15, .truePositive),
            (27, .truePositive), (27.1, .late), (42, .late), (42.1, .falsePositive),
        ]
    )
    func holdsTheWindow(time: Double, expected: Verdict) {
        #expect(verdicts(truth([event(10, 40, near)]), alert(time, near)) == [expected])
    }

    @Test("Where the event ends early, an alert counts until two seconds after that")
    func endsWithTheEvent() {
        let short = truth([event(10, 17, near)])
        #expect(verdicts(short, alert(19, near)) == [.truePositive])
        #expect(verdicts(short, alert(19.1, near)) == [.falsePositive])
    }

    @Test("A zone without a dwell time makes an event due at its start")
    func isDueAtOnce() {
        var truth = truth([event(10, 60, near)])
        truth.zones[0].dwell = nil
        #expect(verdicts(truth, alert(22, near)) == [.truePositive])
        #expect(verdicts(truth, alert(22.1, near)) == [.late])
    }

    @Test("Another zone or another kind is a false positive")
    func tellsZonesAndKindsApart() {
        let truth = truth([event(10, 40, near)])
        #expect(verdicts(truth, alert(15, near, zone: "gate")) == [.falsePositive])
        #expect(verdicts(truth, alert(15, near, kind: "fire_lane")) == [.falsePositive])
    }

    @Test("Without a box on either side the place agrees")
    func forgivesMissingBoxes() {
        #expect(verdicts(truth([event(10, 40, near)]), alert(15)) == [.truePositive])
        #expect(verdicts(truth([event(10, 40)]), alert(15, far)) == [.truePositive])
    }

    @Test("The event's box is dilated by 30 % on every side, and by 4 pixels at least")
    func dilatesTheBox() {
        let dilated = near.dilated(by: 0.3, atLeast: 4)
        #expect(dilated == ImageBox(x: 85, y: 85, width: 80, height: 80))
        let tiny = ImageBox(x: 10, y: 10, width: 5, height: 2).dilated(by: 0.3, atLeast: 4)
        #expect(tiny == ImageBox(x: 6, y: 6, width: 13, height: 10))
    }

    @Test("A centre on the edge of the dilated box agrees, one beyond it with little overlap not")
    func comparesCentres() {
        let truth = truth([event(10, 40, near)])
        let onEdge = ImageBox(x: 163, y: 125, width: 4, height: 4)
        let beyond = ImageBox(x: 163.1, y: 125, width: 4, height: 4)
        #expect(verdicts(truth, alert(15, onEdge)) == [.truePositive])
        #expect(verdicts(truth, alert(15, beyond)) == [.falsePositive])
    }

    @Test("An IoU of 0.1 with the dilated box agrees although the centre lies outside")
    func comparesOverlap() {
        // The dilated box is 80 by 80 from (85, 85); a box of its size and n columns further
        // overlaps by (80 - n) / (80 + n), and its centre is outside from n = 41 on.
        let truth = truth([event(10, 40, near)])
        let enough = ImageBox(x: 85 + 65, y: 85, width: 80, height: 80)
        let tooLittle = ImageBox(x: 85 + 66, y: 85, width: 80, height: 80)
        #expect(verdicts(truth, alert(15, enough)) == [.truePositive])
        #expect(verdicts(truth, alert(15, tooLittle)) == [.falsePositive])
    }

    @Test("The box of a moving object is compared only within a second of its time")
    func followsMovingObjects() {
        let truth = truth([event(10, 40, near, boxTime: 20)])
        #expect(verdicts(truth, alert(15, far)) == [.truePositive])
        #expect(verdicts(truth, alert(18.9, far)) == [.truePositive])
        #expect(verdicts(truth, alert(19, far)) == [.falsePositive])
        #expect(verdicts(truth, alert(21, far)) == [.falsePositive])
        #expect(verdicts(truth, alert(21.1, far)) == [.truePositive])
    }

    @Test("A second alert of an event is a duplicate, as long as the event lasts")
    func findsDuplicates() {
        let truth = truth([event(10, 40, near)])
        #expect(
            verdicts(truth, alert(15, near), alert(16, near), alert(42, near), alert(42.1, near))
                == [.truePositive, .duplicate, .duplicate, .falsePositive]
        )
    }

    @Test("A duplicate names the event that it overlaps best")
    func namesTheTwin() {
        let result = AlertMatcher.match(
            truth: truth([event(10, 40, near), event(12, 40, next)]),
            alerts: [alert(15, near), alert(17, next), alert(20, next)]
        )
        #expect(result.decisions.map(\.verdict) == [.truePositive, .truePositive, .duplicate])
        #expect(result.decisions.map(\.event) == [0, 1, 1])
    }

    @Test("The most events get an alert, even where a better overlap must be given up")
    func prefersMorePairs() {
        // The first alert fits both events, and the second event better; the second alert comes
        // too late for the first event.
        let result = AlertMatcher.match(
            truth: truth([event(10, 17, near), event(10, 60, next)]),
            alerts: [alert(15, ImageBox(x: 140, y: 100, width: 50, height: 50)), alert(26, next)]
        )
        #expect(result.decisions.map(\.event) == [0, 1])
        #expect(result.missed.isEmpty)
    }

    @Test("Of as many pairs the better overlap is taken, whichever alert came first")
    func prefersOverlap() {
        let result = AlertMatcher.match(
            truth: truth([event(10, 40, near), event(10, 40, next)]),
            alerts: [alert(15, next), alert(16, near)]
        )
        #expect(result.decisions.map(\.event) == [1, 0])
        let one = truth([event(10, 40, near)])
        let shifted = ImageBox(x: 120, y: 100, width: 50, height: 50)
        #expect(
            verdicts(one, alert(15, shifted), alert(20, near)) == [.duplicate, .truePositive]
        )
    }

    @Test("Of as good an overlap the alert nearest to due is taken")
    func prefersPunctuality() {
        let truth = truth([event(10, 40, near)])
        #expect(
            verdicts(truth, alert(11, near), alert(16, near), alert(20, near))
                == [.duplicate, .truePositive, .duplicate]
        )
    }

    @Test("An alert of what may be ignored counts neither way while that is open")
    func ignores() {
        let truth = truth([], ignore: [event(10, 20, near)])
        #expect(verdicts(truth, alert(8.9, near)) == [.falsePositive])
        #expect(verdicts(truth, alert(9, near)) == [.ignored])
        #expect(verdicts(truth, alert(22, near)) == [.ignored])
        #expect(verdicts(truth, alert(22.1, near)) == [.falsePositive])
        #expect(verdicts(truth, alert(15, far)) == [.falsePositive])
        #expect(verdicts(truth, alert(15, near, kind: "fire_lane")) == [.falsePositive])
    }

    @Test("A neighbour that may be ignored earns no hit, but only while it is open")
    func refusesNeighbours() {
        let truth = truth([event(10, 40, near)], ignore: [event(0, 20, next)])
        let between = ImageBox(x: 140, y: 100, width: 50, height: 50)
        #expect(verdicts(truth, alert(15, between)) == [.ignored])
        #expect(verdicts(truth, alert(24, between)) == [.truePositive])
    }

    @Test("A duplicate that fits the neighbour better is ignored, a tie stays a duplicate")
    func weighsDuplicatesAgainstNeighbours() {
        let ignoring = truth([event(10, 40, near)], ignore: [event(0, 40, next)])
        #expect(verdicts(ignoring, alert(15, near), alert(16, next)) == [.truePositive, .ignored])
        let between = ImageBox(x: 130, y: 100, width: 50, height: 50)
        #expect(
            verdicts(ignoring, alert(15, near), alert(16, between)) == [.truePositive, .duplicate]
        )
    }

    @Test("True positives carry start error and delay, the others neither")
    func measures() throws {
        let result = AlertMatcher.match(
            truth: truth([event(10, 40, near), event(20, 50, far)]),
            alerts: [
                alert(14.5, near, start: 9.25), alert(27, far), alert(30, near, start: 1),
            ]
        )
        #expect(result.decisions.map(\.startError) == [0.75, nil, nil])
        #expect(result.decisions.map(\.delay) == [-0.5, 2, nil])
        #expect(result.count(.truePositive) == 2 && result.count(.duplicate) == 1)
    }
}
