import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct FeetTests {
    /// A person is 40 rows high everywhere.
    private static func whole(_ stature: Stature, _ box: PixelBox, at seconds: Double) -> PixelBox {
        stature.whole(box, at: MediaTime(seconds: seconds), rows: 180) { _ in 40 }
    }

    private static let body = PixelBox(x: 50, y: 60, width: 14, height: 40)
    private static let trunk = PixelBox(x: 52, y: 60, width: 12, height: 20)

    private static var seenWhole: Stature {
        var stature = Stature()
        for frame in 0..<16 {
            stature.note(body, person: 40, at: MediaTime(seconds: Double(frame) / 8))
        }
        return stature
    }

    @Test("Feet that were seen a moment ago are where they must be below the head")
    func lostFeet() {
        let whole = Self.whole(Self.seenWhole, Self.trunk, at: 2.5)
        #expect(abs(whole.maxY - Self.body.maxY) <= 1)
        #expect(whole.y == Self.trunk.y && whole.width == Self.trunk.width)
    }

    @Test("Who has not been seen whole for long has no feet: they wade")
    func wading() {
        #expect(Self.whole(Self.seenWhole, Self.trunk, at: 4) == Self.trunk)
    }

    @Test("A child who is seen whole stays as small as they are")
    func child() {
        var stature = Stature()
        let child = PixelBox(x: 50, y: 76, width: 10, height: 24)
        for frame in 0..<16 {
            stature.note(child, person: 40, at: MediaTime(seconds: Double(frame) / 8))
        }
        #expect(Self.whole(stature, child, at: 2) == child)
    }

    @Test("Trunk and feet with trousers like the ground between them are one person")
    func trousers() {
        let frames = Pond.film(seconds: 20) { time in
            guard time >= 10 else { return Pond.View() }
            let x = 20 + Int((time - 10) * 14)
            let trunk = PixelBox(x: x, y: 90, width: 14, height: 21)
            let feet = PixelBox(x: x + 2, y: 126, width: 10, height: 4)
            return Pond.View(things: [
                Street.Thing(box: trunk, level: 160, seed: 2),
                Street.Thing(box: feet, level: 170, seed: 3),
            ])
        }
        let walking = frames.between(12, 19).flatMap(\.objects).filter(\.isVisible)
        let whole = walking.filter { object in
            let box: PixelBox = object.box.pixels(width: Pond.width, height: Pond.height)
            return box.maxY >= 128 && box.height >= 36
        }
        #expect(whole.count * 10 >= walking.count * 8)
        #expect(whole.count >= 40)
    }
}
