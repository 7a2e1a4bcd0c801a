import Detection
import Imaging
import Scene
import Testing

/// What the background must not learn, and what must not be told, because nobody saw it.
@Suite struct HeldBackgroundTests {
    /// Runs a detector over shots of a street of which ten seconds are lost.
    private static func film(
        seconds: Double,
        lost: Range<Double>,
        _ shot: (Double) -> Shot,
        look: (borrowing Detector, FrameObservations) -> Void = { _, _ in }
    ) -> [FrameObservations] {
        let street = Street()
        var detector = Detector()
        return (0..<Int(seconds * 5)).compactMap { frame in
            let time = Double(frame) / 5
            guard !lost.contains(time) else { return nil }
            let picture = street.picture(shot(time), frame: frame)
            let seen = picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
            look(detector, seen)
            return seen
        }
    }

    /// Mean level of the background in a box.
    private static func level(_ detector: borrowing Detector, _ box: PixelBox) -> Double {
        guard let background = detector.inspect()?.background else { return 0 }
        var sum = 0
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX { sum += Int(background[x, y]) }
        }
        return Double(sum) / Double(box.area)
    }

    @Test("What left while pictures were lost is doubtful in the first picture that comes")
    func leftInGap() throws {
        let frames = Self.film(seconds: 40, lost: 20..<30) { time in
            Shot(time < 25 ? [StandingTests.arriving(time)].compactMap(\.self) : [])
        }
        let car = try #require(frames.between(18, 20).last?.objects.first)
        #expect(car.confidence >= 0.8)
        let after = frames.between(30, 40).flatMap(\.objects)
        #expect(after.allSatisfy { $0.mobility == .moving || $0.confidence <= 0.3 })
        #expect(frames.last?.objects.isEmpty == true)
    }

    @Test("The first picture after a gap teaches no more than any other")
    func gapTeachesNothing() {
        let place = PixelBox(x: 60, y: 60, width: 40, height: 40)
        var levels: [Double] = []
        _ = Self.film(seconds: 31, lost: 20..<30) { time in
            var shot = Shot()
            (shot.shadows, shot.shade) = (time < 25 ? [] : [place], 0.93)
            return shot
        } look: { detector, seen in
            let second = seen.time.seconds
            if second > 19.7 && second < 30.1 { levels.append(Self.level(detector, place)) }
        }
        #expect(levels.count == 2)
        #expect(abs(levels[1] - levels[0]) < 1.2)
    }

    @Test("What an object encloses is not learned while it stands")
    func enclosed() throws {
        let bars = [
            PixelBox(x: 120, y: 80, width: 60, height: 10),
            PixelBox(x: 120, y: 110, width: 60, height: 10),
            PixelBox(x: 120, y: 90, width: 20, height: 20),
            PixelBox(x: 160, y: 90, width: 20, height: 20),
        ]
        let inside = PixelBox(x: 143, y: 93, width: 14, height: 14)
        var levels: [Double] = []
        let frames = Street.film(seconds: 60, on: Street()) { time in
            guard time >= 6 else { return Shot() }
            var shot = Shot(bars.map { Street.Thing(box: $0, level: 20, seed: 3) })
            (shot.shadows, shot.shade) = (time >= 12 ? [inside] : [], 0.93)
            return shot
        } look: { detector, seen in
            if seen.time.seconds > 11.7 { levels.append(Self.level(detector, inside)) }
        }
        #expect(frames.standing(58).count == 1)
        let (first, last) = (try #require(levels.first), try #require(levels.last))
        #expect(abs(first - last) < 1.5)
    }

    @Test(
        "Whoever comes into a shadow as it is taken for light is no part of the street",
        arguments: [11.4, 11.6, 11.8, 12, 12.2]
    )
    func comesIntoShadow(arrival: Double) throws {
        let box = PixelBox(x: 115, y: 75, width: 40, height: 28)
        let frames = Street.film(seconds: 40, on: LightTests.street) { time in
            var shot = Shot()
            if time >= 10 { shot.shadows = [LightTests.place] }
            if time >= arrival { shot.things = [Street.Thing(box: box, level: 170, seed: 6)] }
            return shot
        }
        let object = try #require(frames.standing(38).first)
        #expect(frames.standing(38).count == 1)
        let truth = box.normalized(width: 320, height: 180)
        #expect(object.box.intersectionOverUnion(truth) > 0.7)
    }
}
