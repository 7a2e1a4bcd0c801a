import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct TickClockTests {
    /// Goes on with one moment in hand.
    private static func advance(
        _ clock: inout TickClock,
        to seconds: Double,
        _ moment: inout UInt16
    ) {
        withUnsafeMutablePointer(to: &moment) {
            clock.advance(to: MediaTime(seconds: seconds), [($0, 1)])
        }
    }

    @Test("A moment is told to a tick, also after the counter wrapped around")
    func wraps() {
        var clock = TickClock(at: MediaTime(seconds: 5))
        var idle = clock.now
        // The counter wraps after 1,311 seconds.
        for second in stride(from: 5.0, through: 1300, by: 5) {
            Self.advance(&clock, to: second, &idle)
        }
        var moment = clock.now
        let before = clock.now
        for second in stride(from: 1300.2, through: 1500, by: 0.2) {
            Self.advance(&clock, to: second, &moment)
        }
        #expect(clock.now < before)
        #expect(abs(clock.time(of: moment).seconds - 1300) <= 0.02)
        #expect(
            abs(clock.time(of: clock.moment(of: MediaTime(seconds: 1234.5))).seconds - 1234.5)
                <= 0.02
        )
    }

    @Test("Nothing is older than ten minutes, however long it stays", arguments: [0.2, 3, 70, 299])
    func horizon(step: Double) {
        var clock = TickClock(at: .zero)
        var moment = clock.now
        var time = 0.0
        var wrong: [Double] = []
        while time < 4000 {
            time += step
            Self.advance(&clock, to: time, &moment)
            let age = time - clock.time(of: moment).seconds
            let expected = min(time, 600)
            // Between two cuts an age may grow beyond the horizon, but never wraps around.
            let most = max(expected + 0.05, 600 + 300 + step)
            if age <= expected - 0.05 || age >= most { wrong.append(time) }
        }
        #expect(wrong.isEmpty)
    }

    @Test(
        "A long gap makes everything as old as the horizon at most",
        arguments: [601.0, 5000, 1e6]
    )
    func gap(length: Double) {
        var clock = TickClock(at: MediaTime(seconds: 10))
        var moment = clock.now
        Self.advance(&clock, to: 12, &moment)
        Self.advance(&clock, to: 12 + length, &moment)
        let age = clock.time.seconds - clock.time(of: moment).seconds
        #expect(abs(age - 600) <= 0.03)
        #expect(clock.time == MediaTime(seconds: 12 + length))
    }

    @Test("Time that goes back moves nothing")
    func backwards() {
        var clock = TickClock(at: MediaTime(seconds: 10))
        var moment = clock.now
        Self.advance(&clock, to: 12, &moment)
        let now = clock.now
        Self.advance(&clock, to: 11, &moment)
        #expect(clock.now == now)
        #expect(clock.time == MediaTime(seconds: 12))
    }

    @Test("Moments before the horizon and after the present are drawn to them")
    func outside() {
        var clock = TickClock(at: .zero)
        var moment = clock.now
        Self.advance(&clock, to: 5000, &moment)
        #expect(clock.time(of: clock.moment(of: .zero)) == MediaTime(seconds: 4400))
        #expect(clock.moment(of: MediaTime(seconds: 6000)) == clock.now)
    }

    @Test("A span is one tick at least and the horizon at most")
    func ticks() {
        #expect(TickClock.ticks(.zero) == 1)
        #expect(TickClock.ticks(.seconds(0.7)) == 35)
        #expect(TickClock.ticks(.seconds(600)) == TickClock.horizon)
        #expect(TickClock.ticks(.seconds(1e9)) == TickClock.horizon)
    }

    @Test("What has settled keeps its age while the ticks wrap around")
    func layer() throws {
        let frames = Street.run(seconds: 12) { StandingTests.arriving($0).map { [$0] } ?? [] }
        let id = try #require(frames.standing(11).first?.id)
        let street = Street()
        var detector = Detector()
        var last: FrameObservations?
        // A picture every two seconds once the car stands: more than one turn of the counter.
        let times =
            stride(from: 0.0, to: 12, by: 0.2).map(\.self)
            + stride(from: 12.0, to: 1500, by: 2).map(\.self)
        for (frame, time) in times.enumerated() {
            let things = [StandingTests.arriving(time)].compactMap(\.self)
            let picture = street.picture(things, frame: frame)
            last = picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
        }
        let car = try #require(last?.objects.first)
        #expect(last?.objects.count == 1)
        #expect(car.id == id)
        #expect(abs(car.since.seconds - 6) < 0.7)
    }
}
