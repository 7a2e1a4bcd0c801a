import Detection
import Imaging
import Scene
import Testing

/// What stands for long: beginnings, long occlusions, ends.
@Suite struct LastingTests {
    private static func lorry(_ time: Double, from: Double, to: Double, stop: Int) -> Street.Thing?
    {
        guard time >= from, time < to + 4 else { return nil }
        let coming = min(stop, Int((time - from) * 90) - 110)
        let x = time < to ? coming : stop + Int((time - to) * 90)
        let box = PixelBox(x: x, y: 68, width: 110, height: 76)
        return Street.Thing(box: box, level: 170, seed: 9)
    }

    @Test("What stood in the first moments may have been there before; who comes later was not")
    func presentAtStart() throws {
        let early = Street.Thing(
            box: PixelBox(x: 30, y: 100, width: 50, height: 34),
            level: 190,
            seed: 12
        )
        let frames = Street.run(seconds: 20) { time in
            (time < 0.3 ? [] : [early]) + [StandingTests.arriving(time)].compactMap(\.self)
        }
        let standing = frames.standing(18)
        #expect(standing.count == 2)
        let first = try #require(standing.first { $0.since.seconds < 3 })
        let later = try #require(standing.first { $0.since.seconds > 3 })
        #expect(first.presentAtStart)
        #expect(!later.presentAtStart)
    }

    @Test("Whoever stood there before the first picture belongs to the street until it leaves")
    func initial() {
        let frames = Street.run(seconds: 30) { $0 < 15 ? [StandingTests.car] : [] }
        #expect(frames.between(0, 15).allSatisfy { $0.objects.isEmpty })
        #expect(frames.everStood.isEmpty)
    }

    @Test("A car that takes the place of one that was there at the start is an object")
    func afterGhost() throws {
        let frames = Street.run(seconds: 40) { time in
            var first = StandingTests.car
            if time >= 6 { first.box.x = Int(120 + (time - 6) * 120) }
            var second = StandingTests.car
            (second.level, second.seed) = (180, 21)
            second.box.x = min(120, Int((time - 20) * 60) - 60)
            return [first] + (time >= 20 ? [second] : [])
        }
        let object = try #require(frames.standing(38).first)
        #expect(frames.everStood == [object.id])
        #expect(abs(object.since.seconds - 23) < 0.7)
    }

    @Test("Two minutes behind a lorry that stops in front change neither number nor clock")
    func longOcclusion() throws {
        let frames = Street.run(seconds: 160) { time in
            [
                StandingTests.arriving(time),
                Self.lorry(time, from: 20, to: 142, stop: 95),
            ].compactMap(\.self)
        }
        let car = try #require(frames.standing(18).first)
        let hidden = frames.between(25, 141).flatMap(\.objects).filter { $0.id == car.id }
        #expect(hidden.count == 116 * 5)
        #expect(hidden.allSatisfy { !$0.isVisible && $0.mobility == .static })
        let after = try #require(frames.standing(158).first { $0.id == car.id })
        #expect(after.isVisible)
        #expect(frames.beginnings(of: car.id, 18, 160) == [car.since])
        let lorry = try #require(frames.standing(100).first { $0.id != car.id })
        #expect(abs(lorry.since.seconds - 22.3) < 0.7)
    }

    @Test("What left behind a lorry is not seen again once the lorry is gone")
    func leftBehindLorry() throws {
        let frames = Street.run(seconds: 50) { time in
            var things = [Self.lorry(time, from: 15, to: 30, stop: 95)].compactMap(\.self)
            if time < 25, let car = StandingTests.arriving(time) { things.insert(car, at: 0) }
            return things
        }
        let car = try #require(frames.standing(14).first)
        #expect(frames.standing(29).contains { $0.id == car.id })
        #expect(frames.standing(48).isEmpty)
    }

    @Test("The end of standing is told within a second and a half", arguments: [12.0, 20, 31.4])
    func leaves(end: Double) throws {
        let frames = Street.run(seconds: 40) { time in
            guard var car = StandingTests.arriving(time) else { return [] }
            if time >= end { car.box.x += Int((time - end) * 130) }
            return car.box.x < 320 ? [car] : []
        }
        let last = try #require(
            frames.last { $0.showsStanding }
        )
        #expect(last.time.seconds >= end - 0.21)
        #expect(last.time.seconds <= end + 1.5)
        #expect(frames.everStood.count == 1)
    }

    @Test("Its beginning is traced back to when it stopped, not to when it was known")
    func tracedBack() throws {
        let frames = Street.run(seconds: 20) { [StandingTests.arriving($0)].compactMap(\.self) }
        let first = try #require(
            frames.first { $0.showsStanding }
        )
        #expect(first.time.seconds > 8)
        let car = try #require(first.objects.first { $0.mobility == .static })
        #expect(abs(car.since.seconds - 6) <= 0.4)
        #expect(frames.beginnings(of: car.id, first.time.seconds, 20) == [car.since])
    }

    @Test("Traced back as well where it was hidden while it settled")
    func tracedBackThroughTraffic() throws {
        let frames = Street.run(seconds: 30) { time in
            var things = [StandingTests.arriving(time)].compactMap(\.self)
            if time >= 7 && time < 14 {
                let x = Int((time - 7).truncatingRemainder(dividingBy: 2.4) * 260) - 90
                let box = PixelBox(x: x, y: 70, width: 70, height: 70)
                things.append(Street.Thing(box: box, level: 170, seed: 9))
            }
            return things
        }
        let car = try #require(frames.standing(28).first)
        #expect(frames.standing(28).count == 1)
        #expect(abs(car.since.seconds - 6) < 1)
    }
}
