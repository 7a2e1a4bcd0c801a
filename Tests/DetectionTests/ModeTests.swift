import Detection
import Imaging
import Scene
import Testing

@Suite struct ModeTests {
    static let street = Street(.paving)

    private static func run(
        _ seconds: Double,
        night: Range<Double>,
        _ things: (Double) -> [Street.Thing]
    ) -> [FrameObservations] {
        Street.film(seconds: seconds, on: street) { time in
            var shot = Shot(things(time))
            shot.isInfrared = night.contains(time)
            return shot
        }
    }

    static let guest = Street.Thing(
        box: PixelBox(x: 220, y: 110, width: 50, height: 40),
        level: 20,
        seed: 12,
        tint: (25, -20)
    )

    @Test("By lamp light and back by day, a parked car is the same and nothing else stands")
    func thereAndBack() throws {
        let frames = Self.run(60, night: 20..<40) { HealthTests.arriving($0) }
        let car = try #require(frames.standing(18).first)
        #expect(frames.everStood == [car.id])
        #expect(frames.companies(18, 60) == [[car.id]])
        #expect(frames.beginnings(of: car.id, 18, 60) == [car.since])
        #expect(frames.allSatisfy { $0.faults.isEmpty })
        for second in [30.0, 58] {
            #expect(frames.frame(second).objects.first?.isVisible == true)
            #expect(!frames.frame(second).isBlind)
        }
        for change in [20.0, 40] {
            let blind = frames.between(change, change + 5).filter(\.isBlind)
            #expect(blind.count >= 8)
            #expect(frames.between(change + 6, change + 15).allSatisfy { !$0.isBlind })
        }
    }

    @Test("A car that comes by night stands by day as well")
    func arrivesByNight() throws {
        let frames = Self.run(60, night: 12..<40) { HealthTests.arriving($0 - 18) }
        let car = try #require(frames.standing(36).first)
        #expect(abs(car.since.seconds - 24) < 0.7)
        #expect(frames.everStood == [car.id])
        #expect(frames.standing(58).map(\.id) == [car.id])
    }

    @Test("A car that left by night is gone by day, and nothing stands in its place")
    func leavesByNight() throws {
        let frames = Self.run(60, night: 18..<40) { $0 < 30 ? HealthTests.arriving($0) : [] }
        #expect(frames.standing(16).count == 1)
        #expect(frames.standing(28).map(\.id) == frames.standing(16).map(\.id))
        #expect(frames.standing(36).isEmpty)
        for second in stride(from: 40.0, to: 60, by: 1) { #expect(frames.standing(second).isEmpty) }
    }

    @Test("What came unseen during the switch back is found, by the background of the day before")
    func storedBackground() throws {
        let frames = Self.run(60, night: 15..<35) { $0 >= 36 ? [Self.guest] : [] }
        #expect(frames.standing(34).isEmpty)
        let guest = try #require(frames.standing(56).first)
        let truth = Self.guest.box.normalized(width: 320, height: 180)
        #expect(guest.box.intersectionOverUnion(truth) > 0.7)
        #expect(frames.standing(56).count == 1)
    }

    static let lights: [(gain: Double, gamma: Double)] = [(1.5, 1), (0.6, 1), (1, 0.7), (1, 1.4)]

    @Test("A step of gain or gamma makes nothing stand and keeps the car", arguments: lights)
    func light(gain: Double, gamma: Double) throws {
        let frames = Street.film(seconds: 45, on: Self.street) { time in
            var shot = Shot(HealthTests.arriving(time))
            if time >= 15 && time < 30 { (shot.gain, shot.gamma) = (gain, gamma) }
            return shot
        }
        let car = try #require(frames.standing(14).first)
        #expect(frames.everStood == [car.id])
        #expect(frames.companies(15, 45) == [[car.id]])
        #expect(frames.beginnings(of: car.id, 15, 45) == [car.since])
        #expect(frames.allSatisfy { $0.faults.isEmpty })
    }
}
