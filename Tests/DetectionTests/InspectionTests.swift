import Detection
import Imaging
import Scene
import Testing

/// What the detector tells of itself while a car stops on a street.
@Suite struct InspectionTests {
    private static let place = NormalizedPoint(x: 150.0 / 320, y: 100.0 / 180)

    /// The inspections of every frame, by a detector that runs alone and one that is inspected.
    private static func run(
        seconds: Double,
        _ look: (borrowing Detector, FrameObservations) -> Void
    ) {
        let street = Street()
        var detector = Detector()
        for frame in 0..<Int(seconds * 5) {
            let time = Double(frame) / 5
            let things = [StandingTests.arriving(time)].compactMap(\.self)
            let picture = street.picture(things, frame: frame)
            let seen = picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
            look(detector, seen)
        }
    }

    @Test("Nothing is told before the first picture")
    func empty() {
        let detector = Detector()
        #expect(detector.inspect() == nil)
        #expect(detector.inspect(around: Self.place) == nil)
    }

    @Test("A car that stops is a candidate, is looked at twice, and is confirmed with its figures")
    func confirmation() throws {
        var findings: [Inspection.Finding] = []
        var last: Inspection?
        var wasCandidate = false
        Self.run(seconds: 14) { detector, _ in
            guard let inspection = detector.inspect() else { return }
            findings += inspection.findings
            wasCandidate = wasCandidate || inspection.standing.contains { !$0.isConfirmed }
            last = inspection
        }
        #expect(wasCandidate)
        let object = try #require(last?.standing.first)
        #expect(object.isConfirmed)
        #expect(object.matchingShare > 0.8)
        let unmet = object.tests.filter { !$0.isHeld }
        #expect(unmet.isEmpty)
        #expect(findings.filter(\.confirms).count == 1)
        let first = try #require(findings.first)
        #expect(first.verdict == .object)
        #expect(first.tests.first { !$0.isHeld }?.name == "second_look")
        #expect(first.tests.allSatisfy { !$0.measured.isEmpty && !$0.demanded.isEmpty })
    }

    @Test("The pixels of a place tell level, background and since when they rest")
    func patch() throws {
        var before: Inspection.Patch?
        var after: Inspection.Patch?
        Self.run(seconds: 14) { detector, seen in
            if seen.time == MediaTime(seconds: 2) { before = detector.inspect(around: Self.place) }
            after = detector.inspect(around: Self.place)
        }
        let (empty, taken) = (try #require(before), try #require(after))
        #expect(empty.box.area == 25 && empty.changed == 0 && empty.settledSince == nil)
        #expect(empty.tests.first { !$0.isHeld }?.name == "changed")
        #expect(taken.changed == 25 && taken.settled == 25)
        #expect(taken.level < taken.backgroundLevel - 30)
        #expect(abs(try #require(taken.settledSince).seconds - 6) <= 1)
        let unmet = taken.tests.filter { !$0.isHeld }
        #expect(unmet.isEmpty)
    }

    @Test("At a corner of the picture there are fewer pixels to tell of")
    func corner() throws {
        var patch: Inspection.Patch?
        Self.run(seconds: 1) { detector, _ in
            patch = detector.inspect(around: NormalizedPoint(x: 1, y: 1))
        }
        #expect(patch?.box == PixelBox(x: 317, y: 177, width: 3, height: 3))
    }

    @Test("To be inspected changes nothing")
    func harmless() {
        var alone: [FrameObservations] = []
        var inspected: [FrameObservations] = []
        Self.run(seconds: 10) { _, seen in alone.append(seen) }
        Self.run(seconds: 10) { detector, seen in
            _ = detector.inspect()
            _ = detector.inspect(around: Self.place)
            inspected.append(seen)
        }
        #expect(alone == inspected)
    }
}
