import Detection
import Imaging
import Scene
import Testing

/// Things that stand close to others.
@Suite struct CompanyTests {
    /// A car that stands from six seconds on.
    private static func scene(_ time: Double, _ others: [Street.Thing]) -> [Street.Thing] {
        [StandingTests.arriving(time)].compactMap(\.self) + others
    }

    /// Somebody who walks in before the car, stands there from 15 to 45 seconds, and walks on: the
    /// feet below the car, the rest before it.
    private static func guest(_ time: Double) -> [Street.Thing] {
        guard time >= 10, time < 52 else { return [] }
        let way = time < 15 ? time - 15 : max(0, time - 45)
        let x = 144 + Int(way * 30)
        let body = PixelBox(x: x, y: 88, width: 12, height: 32)
        let feet = PixelBox(x: x, y: 120, width: 12, height: 10)
        return [
            Street.Thing(box: body, level: 120, seed: 5),
            Street.Thing(box: feet, level: 180, seed: 8),
        ]
    }

    @Test("The feet of somebody who stands before a parked car are no thing beside it")
    func feet() throws {
        let frames = Street.run(seconds: 60) { Self.scene($0, Self.guest($0)) }
        let car = try #require(frames.standing(9).first)
        #expect(
            frames.between(9, 60).allSatisfy { frame in
                frame.objects.allSatisfy { $0.mobility == .moving || $0.id == car.id }
            }
        )
    }

    @Test("Goods put down before a parked car are found once nobody stands there")
    func goods() throws {
        let goods = Street.Thing(
            box: PixelBox(x: 128, y: 122, width: 14, height: 12),
            level: 190,
            seed: 21
        )
        let frames = Street.run(seconds: 60) { time in
            Self.scene(time, Self.guest(time) + (time >= 16 ? [goods] : []))
        }
        let car = try #require(frames.standing(9).first)
        let found = try #require(frames.standing(58).first { $0.id != car.id })
        let truth = goods.box.normalized(width: 320, height: 180)
        #expect(found.box.intersectionOverUnion(truth) > 0.6)
        #expect(abs(found.since.seconds - 16) < 1.5)
    }

    @Test("Two that stop at once, corner to corner, are two")
    func cornerToCorner() {
        let cars = [
            PixelBox(x: 150, y: 110, width: 60, height: 36),
            PixelBox(x: 96, y: 84, width: 46, height: 18),
        ]
        let frames = Street.run(seconds: 30) { time in
            guard time >= 6 else { return [] }
            return cars.enumerated().map { number, box in
                Street.Thing(box: box, level: 20, seed: number + 3)
            }
        }
        #expect(frames.standing(28).count == 2)
    }
}
