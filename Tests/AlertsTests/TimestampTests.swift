import Alerts
import Scene
import Testing

@Suite
struct TimestampTests {
    @Test(
        "Moments are written in UTC with microseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (1_772_344_842_500_000, "2026-03-01T06:00:42.500000Z"),
            (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (Int64.max, "9999-12-31T23:59:59.999999Z"),
            (Int64.min, "0000-01-01T00:00:00.000000Z"),
        ] as [(Int64, String)]
    )
    func written(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).rfc3339 == text)
    }

    @Test(
        "RFC 3339 text is read with its offset",
        arguments: [
            ("2026-03-01T06:00:42.5Z", 1_772_344_842_500_000),
            ("2026-03-01T14:00:42.5+08:00", 1_772_344_842_500_000),
            ("2026-02-28t22:30:42.500000999-07:30", 1_772_344_842_500_000),
            ("1969-12-31T23:59:59.999999Z", -1),
        ] as [(String, Int64)]
    )
    func read(text: String, microseconds: Int64) {
        #expect(Instant(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(
        "What is no moment is refused",
        arguments: [
            "", "2026-03-01", "2026-03-01T06:00:42", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-03-01T24:00:00Z", "2026-03-01T06:60:00Z", "2026-03-01T06:00:00+24:00",
            "2026-03-00T06:00:00Z", "2026-00-01T00:00:00Z", " 2026-03-01T06:00:42Z",
            "٢026-03-01T06:00:42Z",
        ]
    )
    func refused(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test("Every day of 400 years is written and read back")
    func everyDay() {
        var mistakes = 0
        for day in Int64(-60_000)..<87_000 {
            let instant = Instant(microseconds: day * 86_400_000_000 + 1)
            if Instant(rfc3339: instant.rfc3339) != instant { mistakes += 1 }
        }
        #expect(mistakes == 0)
    }
}
