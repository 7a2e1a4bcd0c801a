import Detection
import Imaging
import Scene
import Testing

@Suite struct PeopleTests {
    static let core = PixelBox(x: 140, y: 70, width: 14, height: 40)

    @Test("What stands still is doubtful while all around it is restless")
    func restless() throws {
        let frames = Street.run(seconds: 60) { time in
            guard time >= 6 else { return [] }
            let step = Int((time * 5).rounded())
            let around = PixelBox(x: 128, y: 54, width: 38, height: 72)
            let light = Street.Thing(box: around, level: 150 + step % 3 * 30, seed: step)
            let isRestless = time >= 14 && time < 35
            return (isRestless ? [light] : []) + [Street.Thing(box: Self.core, level: 20, seed: 3)]
        }
        let object = try #require(frames.standing(13).first)
        #expect(object.confidence >= 0.8)
        let doubtful = frames.between(25, 35).flatMap(\.objects).filter { $0.id == object.id }
        #expect(doubtful.count == 50)
        #expect(doubtful.allSatisfy { $0.confidence <= 0.3 })
        let calm = try #require(frames.standing(58).first)
        #expect(calm.id == object.id)
        #expect(calm.confidence >= 0.8)
    }

    /// Somebody who walks in from the left and stops at a column.
    private static func guest(_ time: Double, stop: Int, seed: Int) -> Street.Thing {
        let x = min(stop, Int((time - 2) * 24) - 14)
        let box = PixelBox(x: x, y: 70, width: 14, height: 40)
        return Street.Thing(box: box, level: 20, seed: seed)
    }

    @Test("Two upright figures who walk up and stop are people")
    func people() throws {
        let frames = Street.run(seconds: 30) { time in
            [
                Self.guest(time, stop: 200, seed: 5),
                Self.guest(time - 2, stop: 120, seed: 8),
            ]
        }
        let standing = frames.standing(28)
        #expect(standing.count == 2)
        #expect(standing.allSatisfy { $0.classification.objectClass == .person })
        let walking = frames.at(6).filter { $0.mobility == .moving }
        #expect(Set(standing.map(\.id)) == Set(walking.map(\.id)))
    }

    @Test("Two who stop side by side are people although they look like one broad thing")
    func pair() throws {
        let frames = Street.run(seconds: 30) { time in
            [
                Self.guest(time, stop: 160, seed: 5),
                Self.guest(time - 1.2, stop: 145, seed: 8),
            ]
        }
        let standing = frames.standing(28)
        #expect(!standing.isEmpty)
        #expect(standing.allSatisfy { $0.classification.objectClass == .person })
    }

    @Test("A broad thing that drives up and stops is no person")
    func car() throws {
        let frames = Street.run(seconds: 20) { [StandingTests.arriving($0)].compactMap(\.self) }
        let car = try #require(frames.standing(18).first)
        #expect(car.classification.objectClass != .person)
    }

    @Test("Goods that somebody puts down and walks on from are no person")
    func goods() throws {
        let goods = PixelBox(x: 150, y: 94, width: 22, height: 18)
        let frames = Street.run(seconds: 30) { time in
            // In from the left, a stop of a second and a half behind the goods, and on.
            let way = time < 9 ? time : max(9, time - 1.5)
            let box = PixelBox(x: Int((way - 2) * 24) - 14, y: 70, width: 14, height: 40)
            var things = [Street.Thing(box: box, level: 20, seed: 5)]
            if time >= 9 { things.append(Street.Thing(box: goods, level: 180, seed: 9)) }
            return things
        }
        let object = try #require(frames.standing(28).first)
        #expect(frames.standing(28).count == 1)
        #expect(object.classification.objectClass != .person)
        let truth = goods.normalized(width: 320, height: 180)
        #expect(object.box.intersectionOverUnion(truth) > 0.7)
        #expect(abs(object.since.seconds - 9) < 2.2)
    }
}
