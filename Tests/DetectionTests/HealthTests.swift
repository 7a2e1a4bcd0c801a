import Detection
import Imaging
import Scene
import Testing

@Suite struct HealthTests {
    static let street = Street(.paving)
    static let car = Street.Thing(
        box: PixelBox(x: 120, y: 80, width: 60, height: 40),
        level: 30,
        seed: 3,
        tint: (-20, 25)
    )

    /// A car that comes in from the left and stops at six seconds.
    static func arriving(_ time: Double) -> [Street.Thing] {
        guard time >= 3 else { return [] }
        var thing = car
        thing.box.x = time < 6 ? Int(-60 + (time - 3) * 60) : 120
        return [thing]
    }

    /// A car stands; from second 15 to 32 something is wrong.
    private static func spell(_ damage: Shot.Damage) -> (frames: [FrameObservations], [Plane]) {
        var backgrounds: [Plane] = []
        let frames = Street.film(seconds: 42, on: street) { time in
            var shot = Shot(arriving(time))
            if time >= 15 && time < 32 { shot.wrong = damage }
            return shot
        } look: { detector, _ in
            backgrounds += [detector.inspect()?.background].compactMap(\.self)
        }
        return (frames, backgrounds)
    }

    static let cases: [(Shot.Damage, CameraFault, Double)] = [
        (.black, .black, 5), (.smeared, .torn, 2), (.grey, .torn, 2), (.blurred, .blurred, 10),
        (.blocked, .blocked, 5),
    ]

    @Test("A fault is told after its patience and ends with it", arguments: cases)
    func told(damage: Shot.Damage, fault: CameraFault, patience: Double) throws {
        let (frames, _) = Self.spell(damage)
        let told = frames.filter { !$0.faults.isEmpty }
        let first = try #require(told.first)
        let last = try #require(told.last)
        #expect(told.allSatisfy { $0.faults.map(\.fault) == [fault] })
        #expect(told.allSatisfy { $0.faults.first?.since == MediaTime(seconds: 15) })
        #expect(abs(first.time.seconds - 15 - patience) < 0.21)
        #expect(last.time.seconds > 34 && last.time.seconds < 35.5)
    }

    @Test("Nothing is decided or learned under a fault, and what stood goes on", arguments: cases)
    func suspended(damage: Shot.Damage, fault: CameraFault, patience: Double) throws {
        let (frames, backgrounds) = Self.spell(damage)
        #expect(frames.between(15, 32).allSatisfy { $0.isBlind })
        #expect(frames.between(0, 15).allSatisfy { !$0.isBlind })
        #expect(frames.between(33, 42).allSatisfy { !$0.isBlind })
        let (before, after) = (backgrounds[15 * 5 - 1], backgrounds[32 * 5 - 1])
        #expect(before == after)
        #expect(backgrounds[0] != before)
        let car = try #require(frames.standing(14).first)
        let again = try #require(frames.standing(40).first)
        #expect(again.id == car.id)
        #expect(again.since == car.since)
        #expect(frames.everStood == [car.id])
    }

    @Test("A street that is only quiet, or full of traffic, has no fault")
    func sound() {
        let frames = Street.film(seconds: 60, on: Self.street) { time in
            var things = Self.arriving(time)
            for lane in 0..<3 where time >= 10 && time < 50 {
                let x = Int(time * 90 + Double(lane * 170)) % 500 - 120
                let box = PixelBox(x: x, y: 20 + 50 * lane, width: 90, height: 55)
                things.append(Street.Thing(box: box, level: 40 + 60 * lane, seed: lane))
            }
            return Shot(things)
        }
        #expect(frames.allSatisfy { $0.faults.isEmpty && !$0.isBlind })
    }

    @Test("A picture that repeats itself to the last bit of noise is frozen after ten seconds")
    func frozen() throws {
        let frames = Street.film(seconds: 45, on: Self.street) { time in
            let isFrozen = time >= 15 && time < 32
            var shot = Shot(Self.arriving(isFrozen ? 15 : time))
            if isFrozen { shot.noise = 75 }
            return shot
        }
        let told = frames.filter { !$0.faults.isEmpty }
        let (first, last) = (try #require(told.first), try #require(told.last))
        #expect(told.allSatisfy { $0.faults.map(\.fault) == [.frozen] })
        #expect(abs(first.time.seconds - 25.2) < 0.41)
        #expect(last.time.seconds > 34 && last.time.seconds < 35.5)
        #expect(told.filter { $0.time.seconds < 32 }.allSatisfy { $0.isBlind })
        #expect(!frames.frame(38).isBlind)
    }

    @Test("A picture without any noise of its own is never frozen")
    func noiseless() {
        let frames = Street.film(seconds: 30, on: Self.street) { _ in
            var shot = Shot()
            shot.noise = 1
            return shot
        }
        #expect(frames.allSatisfy { $0.faults.isEmpty && !$0.isBlind })
    }

    /// The car stands; from second 15 on the camera looks at another street, until it is back.
    private static func turned(
        until back: Double,
        seconds: Double,
        relearns: Bool,
        elsewhere: (Double) -> [Street.Thing] = { _ in [] }
    ) -> [FrameObservations] {
        let other = Street(seed: 77, .paving)
        var detector = Detector(options: DetectorOptions(relearnsWhenMoved: relearns))
        return (0..<Int(seconds * 5)).map { frame in
            let time = Double(frame) / 5
            let isAway = time >= 15 && time < back
            let picture =
                isAway
                ? other.picture(elsewhere(time), frame: frame)
                : street.picture(arriving(time), frame: frame)
            return picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
        }
    }

    @Test("A camera that was turned decides nothing until it looks where it did")
    func moved() throws {
        let frames = Self.turned(until: 100, seconds: 110, relearns: false)
        #expect(frames.between(15, 100).allSatisfy { $0.isBlind })
        #expect(frames.between(15, 24.9).allSatisfy { $0.faults.isEmpty })
        let fault = ActiveFault(.moved, since: MediaTime(seconds: 15))
        #expect(frames.between(25.2, 100).allSatisfy { $0.faults == [fault] })
        let (before, after) = (frames.standing(14), frames.standing(108))
        #expect(!frames.frame(108).isBlind)
        #expect(frames.frame(108).faults.isEmpty)
        #expect(before.count == 1)
        #expect(after.map(\.id) == before.map(\.id))
        #expect(after.map(\.since) == before.map(\.since))
    }

    @Test("A camera that may learn its new view goes on with it after a minute")
    func relearned() throws {
        let frames = Self.turned(until: 200, seconds: 100, relearns: true) { time in
            Self.arriving(time - 78)
        }
        #expect(frames.between(15, 74.9).allSatisfy { $0.isBlind })
        let anew = frames.between(75.4, 100)
        #expect(anew.allSatisfy { !$0.isBlind && $0.faults.isEmpty })
        #expect(frames.standing(80).isEmpty)
        let car = try #require(frames.standing(95).first)
        #expect(abs(car.since.seconds - 84) < 0.6)
        #expect(frames.standing(14).map(\.id) != [car.id])
    }
}
