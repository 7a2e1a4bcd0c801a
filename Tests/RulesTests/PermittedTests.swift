import Rules
import Scene
import Testing

@Suite struct PermittedTests {
    private let rule = Shore.rule {
        $0.water.permitted = [.init(name: "pier", polygon: Shore.permitted)]
    }
    private let gone = String(repeating: ".", count: 20)

    @Test("Who stays where people may be is never reported")
    func stays() {
        #expect(Shore.events(rule, Bather(String(repeating: "p", count: 200))).isEmpty)
        // Water within the permitted part: a boat landing.
        let landing = Bather("pppppppp" + String(repeating: "w", count: 20) + gone, x: 0.12)
        #expect(Shore.events(rule, landing).isEmpty)
    }

    @Test("The clock starts when they leave it")
    func leaves() {
        let events = Shore.events(rule, Bather("pppppppppppp bbbbbbbbbbbb"))
        #expect(events.map(\.words) == ["#1 opened 5.0 bank warning alone"])
        #expect(events.first?.startedAt == MediaTime(seconds: 3))
    }

    @Test("Who goes back to it has left the zone")
    func returns() {
        let events = Shore.events(rule, Bather("bbbbbbbbbbpppppppppppp"))
        #expect(events.map(\.words).last == "#1 closed 4.5 bank warning alone")
    }

    @Test("Who goes from there into the water counts in full: small, and vanished")
    func intoTheWater() {
        let child = Shore.events(rule, Bather("pppppppp wwwwwwww", height: 1.1))
        #expect(child.map(\.words) == ["#1 opened 3.0 water critical alone small"])
        let falls = Shore.events(rule, Bather("pppppppp ww" + gone))
        #expect(falls.map(\.words) == ["#1 opened 6.25 water emergency vanished"])
    }

    @Test("Outside of its hours nobody may be there")
    func hours() {
        let morning = Shore.rule { rule in
            let all = Set(WeeklySchedule.Weekday.allCases)
            let span = WeeklySchedule.Span(days: all, startMinute: 360, endMinute: 720)
            let schedule = WeeklySchedule(timeZone: "UTC", spans: [span])
            rule.water.permitted = [
                .init(name: "pier", polygon: Shore.permitted, schedule: schedule)
            ]
        }
        let angler = Bather(String(repeating: "p", count: 16))
        #expect(Shore.events(morning, angler, from: 8 * 3_600_000_000).isEmpty)
        #expect(Shore.events(morning, angler, from: 13 * 3_600_000_000).count == 1)
        // The hour ends with the angler still there.
        let end = Shore.events(morning, angler, from: Int64(12 * 3600 - 1) * 1_000_000)
        #expect(end.map(\.words) == ["#1 opened 3.0 bank warning alone"])
    }
}
