import Detection
import Imaging
import Scene
import Testing

@Suite struct StandingTests {
    static let car = Street.Thing(
        box: PixelBox(x: 120, y: 80, width: 60, height: 40),
        level: 30,
        seed: 3
    )

    /// The car drives in from the left and stops at six seconds.
    static func arriving(_ time: Double) -> Street.Thing? {
        guard time >= 3 else { return nil }
        var thing = car
        thing.box.x = time < 6 ? Int(-60 + (time - 3) * 60) : 120
        return thing
    }

    static func standing(_ objects: [Observation]) -> [Observation] {
        objects.filter { $0.mobility == .static }
    }

    @Test("A car that stops is one static object since it stopped")
    func stops() throws {
        let frames = Street.run(seconds: 16) { [Self.arriving($0)].compactMap(\.self) }
        let objects = Self.standing(frames.at(14))
        let object = try #require(objects.first)
        #expect(objects.count == 1)
        #expect(abs(object.since.seconds - 6) <= 0.6)
        let truth = Self.car.box.normalized(width: 320, height: 180)
        #expect(object.box.intersectionOverUnion(truth) > 0.8)
        #expect(object.isVisible)
    }

    @Test("Nothing stands in an empty street, whatever the noise")
    func empty() {
        let frames = Street.run(seconds: 20) { _ in [] }
        #expect(frames.allSatisfy { $0.objects.isEmpty })
    }

    @Test("A lorry in front for ten seconds keeps the car's number and clock")
    func occlusion() throws {
        let frames = Street.run(seconds: 40) { time in
            var things = [Self.arriving(time)].compactMap(\.self)
            if time >= 15 && time < 29 {
                let coming = (time - 15) * 90 - 80
                let going = (time - 27) * 90 + 100
                let x = time < 17 ? coming : max(100, going)
                let box = PixelBox(x: Int(x), y: 70, width: 100, height: 70)
                things.append(Street.Thing(box: box, level: 170, seed: 9))
            }
            return things
        }
        let before = try #require(Self.standing(frames.at(14)).first)
        let hidden = try #require(frames.at(24).first { $0.id == before.id })
        let after = try #require(Self.standing(frames.at(38)).first { $0.id == before.id })
        #expect(!hidden.isVisible)
        #expect(after.isVisible)
        #expect(after.since == before.since)
    }

    @Test("An object that leaves is gone within two seconds")
    func leaves() {
        let frames = Street.run(seconds: 24) { time in
            guard time < 15, let car = Self.arriving(time) else { return [] }
            return [car]
        }
        #expect(!Self.standing(frames.at(14)).isEmpty)
        #expect(Self.standing(frames.at(17)).isEmpty)
        #expect(Self.standing(frames.at(23)).isEmpty)
    }

    @Test("The place of a car that was there at the start and leaves is no object")
    func ghost() {
        let frames = Street.run(seconds: 25) { time in
            var car = Self.car
            if time >= 6 { car.box.x = Int(120 + (time - 6) * 120) }
            return car.box.x < 320 ? [car] : []
        }
        #expect(frames.allSatisfy { Self.standing($0.objects).isEmpty })
    }

    @Test("One car that takes the place of another is a new object")
    func swap() throws {
        let frames = Street.run(seconds: 34) { time in
            if time < 14 { return [Self.arriving(time)].compactMap(\.self) }
            guard time >= 17 else { return [] }
            var second = Self.car
            second.level = 180
            second.seed = 21
            if time < 18 { second.box.x = Int(-60 + (time - 17) * 180) }
            return [second]
        }
        let first = try #require(Self.standing(frames.at(12)).first)
        let second = try #require(Self.standing(frames.at(26)).first)
        #expect(first.id != second.id)
        #expect(abs(second.since.seconds - 18) <= 0.6)
    }

    @Test(
        "A change of exposure by half raises no object and keeps the known one",
        arguments: [
            0.7, 1.5,
        ]
    )
    func exposure(factor: Double) throws {
        let frames = Street.run(
            seconds: 30,
            gain: { min(1, max(0, ($0 - 15) / 2)) * (factor - 1) + 1 },
            { [Self.arriving($0)].compactMap(\.self) }
        )
        let before = try #require(Self.standing(frames.at(14)).first)
        for second in 15...29 {
            #expect(Self.standing(frames.at(Double(second))).map(\.id) == [before.id])
        }
    }

    @Test("Looking inside shows the verdict on a blob, its box and the change it made")
    func inspection() throws {
        let street = Street()
        var detector = Detector()
        let before = detector.inspect()
        #expect(before?.luma == nil)
        var findings: [Inspection.Finding] = []
        for frame in 0..<60 {
            let time = Double(frame) / 5
            let things = [Self.arriving(time)].compactMap(\.self)
            let picture = street.picture(things, frame: frame)
            _ = picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
            findings += detector.inspect()?.findings ?? []
        }
        let verdict = try #require(findings.last)
        #expect(verdict.summary.hasPrefix("object: contour"))
        #expect(verdict.box.intersection(Self.car.box) != nil)
        let after = detector.inspect()
        let inside = try #require(after)
        #expect(inside.changed[150, 100] == 255)
        #expect(inside.changed[20, 20] == 0)
        #expect(inside.staticBoxes.count == 1)
    }

    @Test("The same pictures give the same observations")
    func determinism() {
        let run = { Street.run(seconds: 16) { [Self.arriving($0)].compactMap(\.self) } }
        #expect(run() == run())
    }

    @Test("A picture of another shape starts the scene anew instead of failing")
    func resolutionChange() {
        var detector = Detector()
        let wide = Picture(width: 640, height: 360)
        let tall = Picture(width: 352, height: 288)
        for (index, picture) in [wide, wide, tall, tall, wide].enumerated() {
            let time = MediaTime(seconds: Double(index) / 5)
            let seen = picture.withView { detector.step($0, at: time) }
            #expect(seen.objects.isEmpty)
        }
    }
}
