import Foundation
import Rules
import Scene
import Testing

@Suite struct WeeklyScheduleTests {
    private typealias Span = WeeklySchedule.Span
    private let everyDay = Set(WeeklySchedule.Weekday.allCases)
    private let workdays: Set<WeeklySchedule.Weekday> = [
        .monday, .tuesday, .wednesday, .thursday, .friday,
    ]

    /// A moment written in ISO 8601 with its offset.
    private func at(_ text: String) throws -> Instant {
        let date = try Date(text, strategy: .iso8601)
        return Instant(microseconds: Int64(date.timeIntervalSince1970) * 1_000_000)
    }

    private func schedule(_ zone: String, _ spans: Span...) -> WeeklySchedule {
        WeeklySchedule(timeZone: zone, spans: spans)
    }

    private func span(
        _ start: Int,
        _ end: Int,
        on days: Set<WeeklySchedule.Weekday>? = nil
    ) -> Span {
        Span(days: days ?? everyDay, startMinute: start, endMinute: end)
    }

    @Test("A span begins with its first minute and ends before its last")
    func bounds() throws {
        let market = schedule("Asia/Shanghai", span(6 * 60, 9 * 60))
        #expect(!market.isInForce(at: try at("2024-05-01T05:59:59+08:00")))
        #expect(market.isInForce(at: try at("2024-05-01T06:00:00+08:00")))
        #expect(market.isInForce(at: try at("2024-05-01T08:59:59+08:00")))
        #expect(!market.isInForce(at: try at("2024-05-01T09:00:00+08:00")))
        let start = try at("2024-05-01T06:00:00+08:00")
        #expect(market.inForceSince(try at("2024-05-01T07:30:00+08:00")) == start)
        #expect(market.inForceSince(start) == start)
        #expect(market.inForceSince(try at("2024-05-01T05:00:00+08:00")) == nil)
    }

    @Test("Days of the week are those of the local calendar")
    func weekdays() throws {
        let sunday = schedule("Asia/Shanghai", span(0, 1_440, on: [.sunday]))
        // 2024-05-05 is a Sunday; in Shanghai it begins at 16:00 UTC the day before.
        #expect(!sunday.isInForce(at: try at("2024-05-04T15:59:59Z")))
        #expect(sunday.isInForce(at: try at("2024-05-04T16:00:00Z")))
        #expect(sunday.isInForce(at: try at("2024-05-05T15:59:59Z")))
        #expect(!sunday.isInForce(at: try at("2024-05-05T16:00:00Z")))
        #expect(
            sunday.inForceSince(try at("2024-05-05T10:00:00Z")) == (try at("2024-05-04T16:00:00Z"))
        )
    }

    @Test("Days before 1970 fall on the right days of the week")
    func beforeEpoch() throws {
        let wednesday = schedule("UTC", span(0, 1_440, on: [.wednesday]))
        #expect(wednesday.isInForce(at: Instant(microseconds: -1)))
        #expect(!wednesday.isInForce(at: Instant(microseconds: 0)))
        #expect(!wednesday.isInForce(at: Instant(microseconds: -86_400_000_001)))
    }

    @Test("A span that passes midnight belongs to the day it starts on")
    func midnight() throws {
        let nights = schedule("Asia/Shanghai", span(22 * 60, 6 * 60, on: [.friday]))
        // 2024-05-03 is a Friday.
        #expect(!nights.isInForce(at: try at("2024-05-03T05:00:00+08:00")))
        #expect(nights.isInForce(at: try at("2024-05-03T22:00:00+08:00")))
        #expect(nights.isInForce(at: try at("2024-05-04T05:59:59+08:00")))
        #expect(!nights.isInForce(at: try at("2024-05-04T06:00:00+08:00")))
        #expect(!nights.isInForce(at: try at("2024-05-04T22:00:00+08:00")))
        #expect(
            nights.inForceSince(try at("2024-05-04T01:00:00+08:00"))
                == (try at("2024-05-03T22:00:00+08:00"))
        )
    }

    @Test("A span from a minute to the same minute lasts a day")
    func wholeDay() throws {
        let day = schedule("UTC", span(480, 480, on: [.monday]))
        // 2024-05-06 is a Monday.
        #expect(!day.isInForce(at: try at("2024-05-06T07:59:59Z")))
        #expect(day.isInForce(at: try at("2024-05-07T07:59:59Z")))
        #expect(!day.isInForce(at: try at("2024-05-07T08:00:00Z")))
    }

    @Test("Spans that touch or overlap are one")
    func touching() throws {
        let chain = schedule(
            "UTC",
            span(20 * 60, 1_440, on: [.sunday]),
            span(0, 9 * 60, on: [.monday]),
            span(8 * 60, 12 * 60, on: workdays)
        )
        let now = try at("2024-05-06T11:00:00Z")
        #expect(chain.inForceSince(now) == (try at("2024-05-05T20:00:00Z")))
        #expect(
            chain.inForceSince(try at("2024-05-07T11:00:00Z"))
                == (try at("2024-05-07T08:00:00Z"))
        )
    }

    @Test("What is always in force has been for as far as is looked")
    func always() throws {
        let now = try at("2024-05-06T11:00:00Z")
        for zone in ["UTC", "Asia/Shanghai", "Europe/Berlin"] {
            let since = try #require(schedule(zone, span(0, 1_440)).inForceSince(now))
            #expect((now - since).seconds == 8 * 86_400)
        }
    }

    @Test("No span, no force")
    func never() {
        #expect(!schedule("UTC").isInForce(at: Instant(microseconds: 0)))
        #expect(schedule("UTC").inForceSince(Instant(microseconds: 0)) == nil)
    }

    @Test("In the night that summer time begins, the skipped hour is never in force")
    func summerTimeBegins() throws {
        // Berlin, 2024-03-31: 02:00 becomes 03:00.
        let skipped = schedule("Europe/Berlin", span(150, 210))
        #expect(!skipped.isInForce(at: try at("2024-03-31T00:59:59Z")))
        #expect(skipped.isInForce(at: try at("2024-03-31T01:00:00Z")))
        #expect(skipped.isInForce(at: try at("2024-03-31T01:29:59Z")))
        #expect(!skipped.isInForce(at: try at("2024-03-31T01:30:00Z")))
        #expect(
            skipped.inForceSince(try at("2024-03-31T01:10:00Z"))
                == (try at("2024-03-31T01:00:00Z"))
        )
        let night = schedule("Europe/Berlin", span(22 * 60, 6 * 60))
        #expect(
            night.inForceSince(try at("2024-03-31T03:00:00Z"))
                == (try at("2024-03-30T21:00:00Z"))
        )
        #expect(!night.isInForce(at: try at("2024-03-31T04:00:00Z")))
    }

    @Test("In the night that summer time ends, the hour that comes twice is in force twice")
    func summerTimeEnds() throws {
        // Berlin, 2024-10-27: 03:00 becomes 02:00 at 01:00 UTC.
        let twice = schedule("Europe/Berlin", span(120, 150))
        #expect(twice.isInForce(at: try at("2024-10-27T00:10:00Z")))
        #expect(!twice.isInForce(at: try at("2024-10-27T00:40:00Z")))
        #expect(twice.isInForce(at: try at("2024-10-27T01:10:00Z")))
        #expect(!twice.isInForce(at: try at("2024-10-27T01:30:00Z")))
        #expect(
            twice.inForceSince(try at("2024-10-27T01:10:00Z"))
                == (try at("2024-10-27T01:00:00Z"))
        )
        let night = schedule("Europe/Berlin", span(22 * 60, 6 * 60))
        #expect(
            night.inForceSince(try at("2024-10-27T04:59:00Z"))
                == (try at("2024-10-26T20:00:00Z"))
        )
        #expect(!night.isInForce(at: try at("2024-10-27T05:00:00Z")))
    }

    @Test("The start of force is where force begins, minute by minute through a change of time")
    func agreesWithReading() throws {
        let schedule = schedule(
            "Europe/Berlin",
            span(60, 150, on: [.sunday]),
            span(23 * 60, 30),
            span(170, 185)
        )
        for day in ["2024-03-30T20:00:00Z", "2024-10-26T20:00:00Z"] {
            var start: Instant?
            for minute in 0..<720 {
                let instant = try at(day) + .seconds(Double(minute) * 60)
                if schedule.isInForce(at: instant) { start = start ?? instant } else { start = nil }
                #expect(schedule.inForceSince(instant) == start)
            }
        }
    }

    @Test("Names of time zones are told apart from mistakes")
    func names() {
        for name in ["Asia/Shanghai", "Europe/Berlin", "UTC"] {
            #expect(WeeklySchedule.knows(timeZone: name))
        }
        for name in ["Asia/Shanghaj", "", "Mars/Olympus"] {
            #expect(!WeeklySchedule.knows(timeZone: name))
        }
    }

    @Test("A rule with a schedule survives encoding, and equal rules are equal bytes")
    func encoding() throws {
        let rule = Street.rule { [self] in
            $0.schedule = schedule("Asia/Shanghai", span(480, 540, on: workdays))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(rule)
        #expect(try JSONDecoder().decode(ZoneRule.self, from: data) == rule)
        #expect(try encoder.encode(rule) == data)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains(#""days":[1,2,3,4,5]"#))
        #expect(text.contains(#""classes":["two_wheeler","unknown","vehicle"]"#))
    }
}
