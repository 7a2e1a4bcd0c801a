import Rules
import Scene
import Testing

@Suite struct WaterExplanationTests {
    private func explained(
        _ rule: ZoneRule,
        _ bathers: Bather...,
        isDark: Bool = false
    ) -> [(events: [Incident], zone: ZoneExplanation)] {
        var camera = CameraRules(rules: [rule])
        return Shore.frames(bathers, isDark: isDark).map { frame in
            let instant = Instant(microseconds: frame.time.microseconds)
            let events = camera.step(frame, at: instant)
            return (events, camera.explain(frame, at: instant)[0])
        }
    }

    private func facts(_ facts: [ZoneExplanation.Fact]) -> [String: String] {
        Dictionary(facts.map { ($0.name, $0.text) }) { first, _ in first }
    }

    private let rule = Shore.rule { rule in
        rule.water.permitted = [.init(name: "pier", polygon: Shore.permitted)]
        rule.water.crowd = WaterHandling.Crowd(count: 2, dwell: .seconds(30))
        rule.water.periods = [
            WaterPeriod(name: "always", timeZone: "UTC", bank: .init(severity: .warning))
        ]
    }

    @Test("An incident opens in the frame in which every test holds for the first time")
    func agrees() {
        let scripts = [
            "bbbbbbbbbbbb", "eeeeee", "wwwwww", "bbwbwbwbwbwbwbw", "ppppbbbbpppp", "wwww..wwww",
            "xbbbxxxxbbbbbbbbbbbb", "bbBBBBbbbbbbb", "whwhwhwhwhwh", "b.b.b.b.b.b.b.b.b",
        ]
        for script in scripts {
            for (index, step) in explained(rule, Bather(script)).enumerated() {
                for event in step.events where event.phase == .opened {
                    let subject = step.zone.subjects.first { $0.object.id == event.object.id }
                    #expect(subject?.firstFailure == nil, "\(script) \(index)")
                }
                for subject in step.zone.subjects where subject.firstFailure == nil {
                    #expect(subject.incident != nil, "\(script) \(index)")
                }
            }
        }
    }

    @Test("It tells depth, reasons and the clocks that run")
    func told() throws {
        let steps = explained(rule, Bather("bbbbbbbbeeewww", height: 1.2), isDark: true)
        let last = try #require(steps.last?.zone)
        let subject = try #require(last.subjects.first)
        let known = facts(subject.facts)
        #expect(known["depth"] == "water")
        #expect(known["reasons"] == "dark, alone, small")
        #expect(known["severity"] == "critical; edge alone critical")
        #expect(known["staying"] == "3.25 s; worse from 30 s on")
        #expect(known["small"] == "in 11 of 11 frames")
        let dwell = try #require(subject.tests.first { $0.name == "dwell" })
        #expect(
            dwell.measured
                == "3.25 s in the zone, 1.25 s at the edge or deeper, 0.5 s in the water"
        )
        #expect(facts(last.facts)["period"] == "always")
        #expect(facts(last.facts)["light"] == "it is dark")
        #expect(facts(last.facts)["crowd"] == "1 of 2 for 30 s")
    }

    @Test("It tells for how long somebody is not seen, and since when they have vanished")
    func vanishing() {
        let steps = explained(rule, Bather("bbbbbbbbwwwwww" + String(repeating: ".", count: 20)))
        func fact(_ index: Int, _ name: String) -> String? {
            steps[index].zone.subjects.first.flatMap { facts($0.facts)[name] }
        }
        #expect(fact(17, "unseen") == "for 1 s of 4 s")
        #expect(fact(30, "vanished") == "since 7.25 s; held for 600 s")
    }

    @Test("Who is where people may be fails by that")
    func permitted() throws {
        let steps = explained(rule, Bather("pppp"))
        let failure = try #require(steps.last?.zone.subjects.first?.firstFailure)
        #expect(failure.name == "not_permitted")
        #expect(failure.measured == "in pier")
    }
}
