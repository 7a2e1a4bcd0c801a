import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct SparkleTests {
    private static let (width, height) = (64, 48)
    private static let path = PixelBox(x: 24, y: 0, width: 16, height: 48)

    /// Calm water of 64 by 48 pixels with the sun's path in it, where every seventh pixel flashes.
    private static func watched(
        seconds: Double,
        bodies: [PixelBox] = [],
        sun: PixelBox = path
    ) -> Sparkle {
        let picture = PixelBox(x: 0, y: 0, width: width, height: height)
        let sparkle = Sparkle(bounds: picture)
        let before = Buffer<UInt8>(count: width * height, filledWith: 0)
        let luma = Buffer<UInt8>(count: width * height, filledWith: 0)
        for frame in 0..<Int(seconds * 8) {
            for y in 0..<height {
                for x in 0..<width {
                    let flashes = Street.hash(x + 100 * y, frame, 5) % 7 == 0
                    let level = 80 + Street.hash(x, y, frame) % 12
                    let isInSun = sun.intersection(PixelBox(x: x, y: y, width: 1, height: 1))
                    let isSpark = flashes && isInSun != nil
                    luma.base[y * width + x] = UInt8(isSpark ? 250 : level)
                }
            }
            sparkle.follow(
                luma.base,
                width: width,
                before: before.base,
                bodies: bodies,
                seconds: 0.125
            )
            before.copy(from: luma)
        }
        return sparkle
    }

    @Test("Where sparks come and go, the water sparkles; beside it, it does not")
    func path() {
        let sparkle = Self.watched(seconds: 4)
        let within = PixelBox(x: 28, y: 20, width: 6, height: 12)
        let beside = PixelBox(x: 4, y: 20, width: 6, height: 12)
        #expect(sparkle.most(in: within, reach: 0) >= 0.2)
        #expect(sparkle.most(in: beside, reach: 0) == 0)
        #expect(sparkle.most(in: beside, reach: 18) >= 0.2)
        #expect(sparkle.most(in: PixelBox(x: 200, y: 9, width: 5, height: 5), reach: 2) == 0)
    }

    @Test("It is told within the first second")
    func first() {
        let within = PixelBox(x: 28, y: 20, width: 6, height: 12)
        #expect(Self.watched(seconds: 0.75).most(in: within, reach: 0) >= 0.15)
    }

    @Test("Nothing is learned where somebody is: who splashes is no spark")
    func bodies() {
        let swimmer = PixelBox(x: 24, y: 8, width: 16, height: 16)
        let sparkle = Self.watched(seconds: 4, bodies: [swimmer], sun: swimmer)
        #expect(sparkle.most(in: swimmer, reach: 0) == 0)
    }

    @Test("Who passes with a white shirt leaves water that does not sparkle")
    func passer() {
        let picture = PixelBox(x: 0, y: 0, width: Self.width, height: Self.height)
        let sparkle = Sparkle(bounds: picture)
        let before = Buffer<UInt8>(count: Self.width * Self.height, filledWith: 90)
        let luma = Buffer<UInt8>(count: Self.width * Self.height, filledWith: 90)
        for frame in 0..<64 {
            luma.clear()
            for index in 0..<luma.count { luma.base[index] = 90 }
            let left = frame - 8
            for y in 12..<36 {
                for x in max(0, left)..<max(0, min(Self.width, left + 8)) {
                    luma.base[y * Self.width + x] = 220
                }
            }
            sparkle.follow(
                luma.base,
                width: Self.width,
                before: before.base,
                bodies: [],
                seconds: 0.125
            )
            before.copy(from: luma)
        }
        #expect(sparkle.most(in: picture, reach: 0) < WaterThing.leastSparkle)
    }

    @Test("Written and read, it knows the same")
    func checkpoint() throws {
        let sparkle = Self.watched(seconds: 3)
        let other = Sparkle(bounds: PixelBox(x: 0, y: 0, width: Self.width, height: Self.height))
        try other.restore(sparkle.checkpoint)
        let box = PixelBox(x: 28, y: 20, width: 6, height: 12)
        #expect(other.most(in: box, reach: 0) == sparkle.most(in: box, reach: 0))
        #expect(other.checkpoint.pictures == sparkle.checkpoint.pictures)
    }
}
