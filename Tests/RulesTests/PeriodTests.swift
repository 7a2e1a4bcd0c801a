import Foundation
import Rules
import Scene
import Testing

@Suite struct PeriodTests {
    private let stay = String(repeating: "b", count: 16)

    private func instant(_ text: String) -> Int64 {
        let date = try? Date(text, strategy: .iso8601)
        return Int64((date?.timeIntervalSince1970 ?? .nan) * 1_000_000)
    }

    private func night(_ zone: String) -> WeeklySchedule {
        let all = Set(WeeklySchedule.Weekday.allCases)
        let span = WeeklySchedule.Span(days: all, startMinute: 1200, endMinute: 360)
        return WeeklySchedule(timeZone: zone, spans: [span])
    }

    private func dates(_ first: (Int, Int), _ last: (Int, Int)) -> DateSpan {
        DateSpan(
            first: .init(month: first.0, day: first.1),
            last: .init(month: last.0, day: last.1)
        )
    }

    @Test("The first period in force sets dwell time and severity")
    func first() {
        let rule = Shore.rule { rule in
            rule.water.periods = [
                WaterPeriod(
                    name: "night",
                    timeZone: "Asia/Shanghai",
                    schedule: night("Asia/Shanghai"),
                    bank: .init(dwell: .seconds(1), severity: .critical)
                ),
                WaterPeriod(
                    name: "summer",
                    dates: dates((7, 1), (8, 31)),
                    timeZone: "Asia/Shanghai",
                    bank: .init(severity: .info),
                    edge: .init(dwell: .seconds(3))
                ),
            ]
        }
        func story(_ time: String, _ script: String) -> [String] {
            Shore.story(rule, Bather(script), from: instant(time))
        }
        // 02:00 in Shanghai, then noon of a day in summer, then in spring.
        #expect(story("2025-07-01T18:00:00Z", stay) == ["#1 opened 1.0 bank critical alone"])
        #expect(story("2025-07-02T04:00:00Z", stay) == ["#1 opened 2.0 bank info alone"])
        #expect(story("2025-04-02T04:00:00Z", stay) == ["#1 opened 2.0 bank warning alone"])
        let edge = String(repeating: "e", count: 16)
        #expect(
            story("2025-07-02T04:00:00Z", edge) == [
                "#1 opened 2.0 bank info alone", "#1 updated 3.0 edge critical alone",
            ]
        )
    }

    @Test("A period that begins while somebody is there counts from their entry")
    func begins() {
        let rule = Shore.rule { rule in
            rule.dwell = .seconds(60)
            rule.water.periods = [
                WaterPeriod(
                    name: "night",
                    timeZone: "UTC",
                    schedule: night("UTC"),
                    bank: .init(dwell: .seconds(1))
                )
            ]
        }
        let events = Shore.events(rule, Bather(stay), from: instant("2025-01-01T19:59:58Z"))
        #expect(events.map(\.words) == ["#1 opened 2.0 bank warning alone"])
        #expect(events.first?.startedAt == .zero)
    }

    @Test("A period that begins raises what is open, and one that ends lowers nothing")
    func raises() {
        let rule = Shore.rule { rule in
            rule.water.periods = [
                WaterPeriod(
                    name: "night",
                    timeZone: "UTC",
                    schedule: night("UTC"),
                    bank: .init(severity: .critical)
                )
            ]
        }
        #expect(
            Shore.story(rule, Bather(stay), from: instant("2025-01-01T19:59:57Z")) == [
                "#1 opened 2.0 bank warning alone", "#1 updated 3.0 bank critical alone",
            ]
        )
        #expect(
            Shore.story(rule, Bather(stay), from: instant("2025-01-02T05:59:57Z"))
                == ["#1 opened 2.0 bank critical alone"]
        )
    }

    @Test("Days of the year are those of the local calendar, over New Year and in leap years")
    func calendar() {
        func isIn(_ span: DateSpan, _ time: String, _ zone: String = "Asia/Shanghai") -> Bool {
            WaterPeriod(name: "p", dates: span, timeZone: zone)
                .isInForce(at: Instant(microseconds: instant(time)))
        }
        let summer = dates((7, 1), (8, 31))
        #expect(!isIn(summer, "2025-06-30T15:59:59Z"))
        #expect(isIn(summer, "2025-06-30T16:00:00Z"))
        #expect(isIn(summer, "2025-08-31T15:59:59Z"))
        #expect(!isIn(summer, "2025-08-31T16:00:00Z"))
        #expect(!isIn(summer, "2025-06-30T16:00:00Z", "UTC"))
        #expect(isIn(summer, "1969-07-15T00:00:00Z"))
        let winter = dates((12, 20), (1, 10))
        #expect(isIn(winter, "2025-12-31T12:00:00Z"))
        #expect(isIn(winter, "2026-01-10T12:00:00Z"))
        #expect(!isIn(winter, "2026-01-11T12:00:00Z"))
        let leap = dates((2, 29), (2, 29))
        #expect(isIn(leap, "2024-02-29T04:00:00Z"))
        #expect(!isIn(leap, "2025-03-01T04:00:00Z"))
        #expect(!isIn(leap, "2100-03-01T04:00:00Z"))
        #expect(isIn(leap, "2000-02-29T04:00:00Z"))
    }

    @Test("Every day of 400 years is the day that the calendar says")
    func everyDay() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for day in stride(from: -3000, to: 146_097, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3600)
            let parts = calendar.dateComponents([.month, .day], from: date)
            let (month, number) = (try #require(parts.month), try #require(parts.day))
            let period = WaterPeriod(
                name: "p",
                dates: dates((month, number), (month, number)),
                timeZone: "UTC"
            )
            let moment = Instant(microseconds: Int64(date.timeIntervalSince1970) * 1_000_000)
            #expect(period.isInForce(at: moment), "\(day)")
        }
    }
}
