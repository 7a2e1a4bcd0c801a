import Foundation
import Scene
import Testing

@Suite struct MediaTimeTests {
    @Test("Seconds are rounded to a microsecond")
    func rounding() {
        #expect(MediaTime(seconds: 0.0000014).microseconds == 1)
        #expect(MediaTime(seconds: 0.0000016).microseconds == 2)
        #expect(MediaTime(seconds: -0.0000016).microseconds == -2)
        #expect(MediaSpan.seconds(0.1).microseconds == 100_000)
        #expect(MediaTime(seconds: 12.5).seconds == 12.5)
    }

    @Test("Moments and spans add up without drift")
    func arithmetic() {
        var time = MediaTime.zero
        for _ in 0..<1_000_000 { time = time + .seconds(0.1) }
        #expect(time == MediaTime(seconds: 100_000))
        #expect(time - MediaTime(seconds: 1) == .seconds(99_999))
        #expect(time - .seconds(100_000) == .zero)
        #expect(MediaSpan.seconds(2) - .seconds(0.5) == .seconds(1.5))
        #expect(MediaSpan.seconds(2) + .seconds(0.5) == .seconds(2.5))
        #expect(MediaTime(seconds: -1) < .zero)
        #expect(MediaSpan.zero < .seconds(1))
    }

    @Test("Times are written as whole microseconds")
    func encoding() throws {
        let data = try JSONEncoder().encode([MediaTime(seconds: 1.5)])
        #expect(String(decoding: data, as: UTF8.self) == "[1500000]")
        #expect(try JSONDecoder().decode([MediaSpan].self, from: data) == [.seconds(1.5)])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(MediaTime.self, from: Data("1.5".utf8))
        }
    }

    @Test("An anchor ties a stream's time to civil time")
    func anchor() {
        let anchor = ClockAnchor(start: Instant(microseconds: 1_000_000), quality: .stated)
        let instant = anchor.instant(at: MediaTime(seconds: 2.5))
        #expect(instant == Instant(microseconds: 3_500_000))
        #expect(instant - anchor.start == .seconds(2.5))
        #expect(anchor.start + .seconds(2.5) == instant)
        #expect(anchor.start < instant)
    }
}
