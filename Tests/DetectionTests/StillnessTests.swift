import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct StillnessTests {
    private static let (width, height) = (64, 48)

    /// Rough water of 64 by 48 pixels, still within a box from a second on.
    private static func marked(
        still box: PixelBox,
        from start: Double,
        seconds: Double
    ) -> [UInt8] {
        let zone = Buffer<UInt8>(count: width * height, filledWith: 255)
        let picture = PixelBox(x: 0, y: 0, width: width, height: height)
        let stillness = Stillness(zone: zone, bounds: picture, width: width)
        let luma = Buffer<UInt8>(count: width * height, filledWith: 0)
        let changed = Buffer<UInt8>(count: width * height, filledWith: 0)
        for frame in 0..<Int(seconds * 8) {
            for y in 0..<height {
                for x in 0..<width {
                    let isStill = Double(frame) / 8 >= start && box.contains(x, y)
                    let level = 80 + Street.hash(x / 3 + 40 * (y / 2), frame, 3) % 40
                    luma.base[y * width + x] = UInt8(isStill ? 100 : level)
                }
            }
            changed.clear()
            stillness.mark(changed.base, luma.base, seconds: 0.125)
        }
        return changed.values
    }

    @Test("Where ripples stop running, something stands, of whatever level")
    func body() {
        let box = PixelBox(x: 24, y: 12, width: 12, height: 26)
        let changed = Self.marked(still: box, from: 14, seconds: 16)
        var (inside, outside) = (0, 0)
        for y in 0..<Self.height {
            for x in 0..<Self.width where changed[y * Self.width + x] == 1 {
                if box.contains(x, y) { inside += 1 } else { outside += 1 }
            }
        }
        #expect(inside * 10 >= box.area * 6)
        #expect(outside * 20 <= box.area)
    }

    @Test("Where the wind drops everywhere, nobody stands")
    func lull() {
        let whole = PixelBox(x: 0, y: 0, width: Self.width, height: Self.height)
        let changed = Self.marked(still: whole, from: 14, seconds: 16)
        #expect(!changed.contains(1))
    }

    @Test("Water that was always still tells nothing")
    func calm() {
        let whole = PixelBox(x: 0, y: 0, width: Self.width, height: Self.height)
        let changed = Self.marked(still: whole, from: 0, seconds: 16)
        #expect(!changed.contains(1))
    }

    @Test("Who stands before rough water of the same level is found")
    func camouflage() {
        let box = PixelBox(x: 150, y: 70, width: 16, height: 40)
        let frames = Pond.film(seconds: 32) { time in
            let isThere = time >= 20
            let things = isThere ? [Street.Thing(box: box, level: 90, seed: 0)] : []
            return Pond.View(surface: .ripples, things: things)
        }
        let found = frames.between(25, 31).flatMap(\.objects).filter { object in
            let place = object.box.pixels(width: Pond.width, height: Pond.height)
            return object.isVisible && (place.intersection(box)?.area ?? 0) * 2 >= box.area
        }
        #expect(found.count >= 24)
    }
}

extension PixelBox {
    fileprivate func contains(_ x: Int, _ y: Int) -> Bool {
        x >= self.x && x < maxX && y >= self.y && y < maxY
    }
}
