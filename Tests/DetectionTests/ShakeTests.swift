import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct ShakeTests {
    static let street = Street(.paving)

    /// The luma of a street as the detector would load it.
    private static func luma(_ shot: Shot, frame: Int, of street: Street = street) -> [UInt8] {
        street.picture(shot, frame: frame).luma.samples
    }

    private static func anchors(_ background: [UInt8]) -> Anchors {
        var anchors = Anchors(width: street.width, height: street.height)
        anchors.choose(background, covered: [UInt8](repeating: 0, count: background.count))
        return anchors
    }

    static let shifts = [
        (1, 0), (0, -1), (-2, 3), (5, 5), (8, -8), (-8, 8), (7, 0), (-4, -6), (0, 0),
    ]

    @Test("A shift of whole pixels is found wherever it goes within reach", arguments: shifts)
    func finds(x: Int, y: Int) {
        let background = Self.luma(Shot(), frame: 1)
        var anchors = Self.anchors(background)
        #expect(anchors.areTelling)
        #expect(anchors.isSound)
        var shot = Shot()
        shot.shift = (x, y)
        let found = anchors.align(Self.luma(shot, frame: 2), with: background)
        #expect((found.x, found.y) == (x, y))
        #expect(found.agreement >= 0.9)
    }

    @Test("A shift is found behind traffic and under another exposure")
    func findsBehindTraffic() {
        let background = Self.luma(Shot(), frame: 1)
        var anchors = Self.anchors(background)
        let lorry = PixelBox(x: 40, y: 40, width: 120, height: 80)
        var shot = Shot([Street.Thing(box: lorry, level: 170, seed: 4)])
        shot.shift = (3, -2)
        shot.gain = 0.85
        let found = anchors.align(Self.luma(shot, frame: 2), with: background)
        #expect((found.x, found.y) == (3, -2))
        #expect(found.agreement >= 0.5)
    }

    @Test("What rests stays at rest, whatever noise and traffic")
    func rests() {
        let background = Self.luma(Shot(), frame: 1)
        var anchors = Self.anchors(background)
        for frame in 2..<40 {
            let box = PixelBox(x: frame * 8 - 100, y: 60, width: 110, height: 70)
            let shot = Shot([Street.Thing(box: box, level: 180, seed: 5)])
            let found = anchors.align(Self.luma(shot, frame: frame), with: background)
            #expect((found.x, found.y) == (0, 0))
            #expect(found.agreement >= 0.5)
        }
    }

    @Test("Another view is known by how few anchors agree")
    func otherView() {
        let background = Self.luma(Shot(), frame: 1)
        var anchors = Self.anchors(background)
        let other = Street(seed: 77, .paving)
        let found = anchors.align(Self.luma(Shot(), frame: 2, of: other), with: background)
        #expect(found.agreement < 0.3)
    }

    @Test("A view without texture tells nothing, and is taken to be as it was")
    func plain() {
        let background = Self.luma(Shot(), frame: 1, of: Street())
        var anchors = Self.anchors(background)
        #expect(!anchors.areTelling)
        let black = [UInt8](repeating: 0, count: background.count)
        #expect(anchors.align(black, with: background) == Anchors.Alignment())
    }

    @Test("Anchors keep off what stands")
    func keepOff() {
        let background = Self.luma(Shot(), frame: 1)
        var anchors = Self.anchors(background)
        let full = [UInt8](repeating: 1, count: background.count)
        anchors.choose(background, covered: full)
        #expect(!anchors.areTelling)
    }

    @Test(
        "A moved frame shows at each place what was beside it, and repeats its border",
        arguments: [(3, 2), (-3, 2), (2, -5), (-4, -4), (0, 1), (50, 0), (0, -40), (1, 1)]
    )
    func shifted(x: Int, y: Int) {
        var frame = AnalysisFrame(pictureWidth: 40, pictureHeight: 30, maximumWidth: 40)
        var picture = Picture(width: 40, height: 30)
        for index in picture.luma.samples.indices {
            picture.luma.samples[index] = UInt8(Street.hash(index, 3, 5) % 256)
        }
        for index in picture.blue.samples.indices {
            picture.blue.samples[index] = UInt8(Street.hash(index, 4, 5) % 256)
            picture.red.samples[index] = UInt8(Street.hash(index, 5, 5) % 256)
        }
        picture.withView { frame.load($0) }
        frame.luma.copy(from: frame.seen)
        frame.shift(x, y)
        var wrong = 0
        for row in 0..<30 {
            for column in 0..<40 {
                let from = (min(39, max(0, column + x)), min(29, max(0, row + y)))
                let expected = picture.luma[from.0, from.1]
                wrong += frame.luma.base[row * 40 + column] == expected ? 0 : 1
            }
        }
        for row in 0..<15 where x % 2 == 0 && y % 2 == 0 {
            for column in 0..<20 {
                let from = (min(19, max(0, column + x / 2)), min(14, max(0, row + y / 2)))
                let index = row * 20 + column
                wrong += frame.blue.base[index] == picture.blue[from.0, from.1] ? 0 : 1
                wrong += frame.red.base[index] == picture.red[from.0, from.1] ? 0 : 1
            }
        }
        #expect(wrong == 0)
    }

    @Test("Half a chroma sample is the mean of two")
    func halfShift() {
        var frame = AnalysisFrame(pictureWidth: 40, pictureHeight: 30, maximumWidth: 40)
        var picture = Picture(width: 40, height: 30)
        for index in picture.blue.samples.indices {
            picture.blue.samples[index] = UInt8(10 * (index % 20) + index / 20)
        }
        picture.withView { frame.load($0) }
        frame.shift(1, 0)
        #expect(frame.blue.base[5 * 20 + 7] == UInt8(10 * 7 + 5 + 5))
        frame.shift(0, -1)
        #expect(frame.blue.base[5 * 20 + 7] == UInt8(10 * 7 + 5 + 4))
    }

    @Test("Under a shaking camera a parked car keeps its clock, and nothing else stands")
    func parked() throws {
        let frames = Street.film(seconds: 50, on: Self.street) { time in
            var shot = Shot(HealthTests.arriving(time))
            let step = Int((time * 5).rounded())
            if time >= 12 {
                shot.shift = (Street.hash(step, 1, 9) % 9 - 4, Street.hash(step, 2, 9) % 9 - 4)
            }
            return shot
        }
        let car = try #require(frames.standing(11).first)
        #expect(frames.everStood == [car.id])
        #expect(frames.companies(12, 50) == [[car.id]])
        #expect(frames.beginnings(of: car.id, 12, 50) == [car.since])
        #expect(frames.allSatisfy { $0.faults.isEmpty && !$0.isBlind })
        #expect(
            frames.between(12, 50).allSatisfy { frame in
                frame.objects.contains { $0.id == car.id && $0.isVisible }
            }
        )
        let truth = HealthTests.car.box.normalized(width: 320, height: 180)
        let box = try #require(frames.standing(49).first).box
        #expect(box.intersectionOverUnion(truth) > 0.75)
    }

    @Test("A car that parks under a shaking camera is found where it stands")
    func parksWhileShaking() throws {
        let frames = Street.film(seconds: 30, on: Self.street) { time in
            var shot = Shot(HealthTests.arriving(time - 8))
            let step = Int((time * 5).rounded())
            if time >= 5 {
                shot.shift = (Street.hash(step, 1, 9) % 7 - 3, Street.hash(step, 2, 9) % 7 - 3)
            }
            return shot
        }
        let car = try #require(frames.standing(28).first)
        #expect(frames.everStood == [car.id])
        #expect(abs(car.since.seconds - 14) < 0.7)
    }
}
