import Scene
import Testing

@testable import Media

@Suite struct TimestampRepairerTests {
    /// Milliseconds that come out for stamps in milliseconds that go in.
    private func times(
        _ stamps: [Int64?],
        duration: Int64? = nil,
        nominal: Int64? = nil
    ) -> [Double] {
        var repairer = TimestampRepairer(
            numerator: 1,
            denominator: 1000,
            nominalInterval: nominal
        )
        return stamps.map {
            Double(repairer.next(ticks: $0, duration: duration).microseconds) / 1000
        }
    }

    @Test("Good stamps are kept, counted from the first")
    func goodStamps() {
        #expect(times([700, 740, 790, 791, 9000]) == [0, 40, 90, 91, 8300])
    }

    @Test("A negative first stamp is zero too")
    func negativeStart() {
        #expect(times([-80, -40, 0, 40]) == [0, 40, 80, 120])
    }

    @Test("A missing stamp gets the usual interval, and the next good one is exact again")
    func missing() {
        #expect(times([0, 40, nil, 120, nil, nil, 240]) == [0, 40, 80, 120, 160, 200, 240])
    }

    @Test("Without any stamp, durations make the time; without them the nominal rate; else 25/s")
    func noStamps() {
        #expect(times([nil, nil, nil], duration: 50, nominal: 20_000) == [0, 50, 100])
        #expect(times([nil, nil, nil], nominal: 20_000) == [0, 20, 40])
        #expect(times([nil, nil, nil]) == [0, 40, 80])
    }

    @Test("Stamps that begin late continue from the frames before them")
    func lateStamps() {
        #expect(times([nil, nil, 5000, 5040], duration: 40) == [0, 40, 80, 120])
    }

    @Test("A repeated stamp goes on by a quarter interval and leaves the next one exact")
    func repeated() {
        #expect(times([0, 40, 80, 80, 120, 160]) == [0, 40, 80, 90, 120, 160])
    }

    @Test("A stamp slightly behind does not turn time back")
    func disorder() {
        #expect(times([0, 40, 80, 60, 120]) == [0, 40, 80, 90, 120])
    }

    @Test("A clock that is stuck does not stop time")
    func stuck() throws {
        let stamps: [Int64?] = [0, 40] + [Int64?](repeating: 80, count: 100)
        let result = times(stamps)
        let last = try #require(result.last)
        #expect(last > 3500 && last <= 4200)
        #expect(zip(result, result.dropFirst()).allSatisfy(<))
    }

    @Test("A gap in a recording is real time, from the second frame after it on")
    func gap() {
        #expect(times([0, 40, 80, 60_000, 60_040]) == [0, 40, 80, 120, 60_040])
    }

    @Test("A gap of up to ten seconds is exact at once")
    func shortGap() {
        #expect(times([0, 40, 10_000, 10_040]) == [0, 40, 10_000, 10_040])
    }

    @Test("A single stamp far ahead or far behind is passed over")
    func outlier() {
        #expect(times([0, 40, 80, 900_000, 160, 200]) == [0, 40, 80, 120, 160, 200])
        #expect(times([50_000, 50_040, 3, 50_120]) == [0, 40, 80, 120])
    }

    @Test("A clock that starts again continues the time")
    func restart() {
        #expect(times([50_000, 50_040, 0, 40, 80]) == [0, 40, 80, 120, 160])
    }

    @Test("A clock that was set ahead by more than a day is no gap")
    func clockSet() {
        let day: Int64 = 86_400_000
        #expect(times([0, 40, 2 * day, 2 * day + 40]) == [0, 40, 80, 120])
    }

    @Test("Frames minutes apart keep their distances")
    func timelapse() {
        let stamps: [Int64?] = [0, 60_000, 120_000, 180_000]
        #expect(times(stamps, duration: 60_000) == [0, 60_000, 120_000, 180_000])
    }

    @Test("Ticks of a ninetieth of a millisecond do not drift")
    func noDrift() {
        var repairer = TimestampRepairer(numerator: 1, denominator: 90_000)
        var last = MediaTime.zero
        for index in 0...Int64(100_000) { last = repairer.next(ticks: 7 + index * 3003) }
        #expect(last.microseconds == 3_336_666_667)
        #expect(repairer.repairs == 0)
    }

    @Test("Extreme stamps neither overflow nor stop time")
    func extremes() {
        let stamps: [Int64?] = [0, .max, .min, 40, .min, .max, .max, .max]
        let result = times(stamps)
        #expect(result.first == 0)
        #expect(zip(result, result.dropFirst()).allSatisfy(<))
    }

    @Test("Whatever comes in, strictly increasing time comes out")
    func alwaysRising() {
        var random = SplitMix(state: 7)
        for _ in 0..<200 {
            var stamp: Int64 = 0
            let stamps: [Int64?] = (0..<100).map { _ in
                stamp += Int64.random(in: -60...100, using: &random)
                switch Int.random(in: 0..<12, using: &random) {
                case 0: return nil
                case 1: stamp += Int64.random(in: -100_000...100_000, using: &random)
                default: break
                }
                return stamp
            }
            let result = times(stamps)
            #expect(zip(result, result.dropFirst()).allSatisfy(<))
        }
    }

    @Test("Every frame without a good stamp is counted")
    func counted() {
        var repairer = TimestampRepairer(numerator: 1, denominator: 1000)
        for stamp in [0, 40, nil, 120, 120, 160] as [Int64?] { _ = repairer.next(ticks: stamp) }
        #expect(repairer.repairs == 2)
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
