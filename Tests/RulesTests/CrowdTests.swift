import Rules
import Scene
import Testing

@Suite struct CrowdTests {
    private let rule = Shore.rule { rule in
        rule.dwell = .seconds(60)
        rule.water.crowd = WaterHandling.Crowd(count: 3, dwell: .seconds(2))
    }

    private func people(_ scripts: String...) -> [Bather] {
        scripts.enumerated().map { Bather($1, id: $0 + 1, x: 0.3 + 0.1 * Double($0)) }
    }

    @Test("So many people for so long are one incident of the zone, which closes when they leave")
    func opens() {
        let stay = String(repeating: "b", count: 12)
        let events = Shore.events(
            rule,
            people(
                stay + "bbbbbbbbbbbbbbbb",
                stay + "bbbbbbbbbbbbbbbb",
                "bb" + stay + "xxxxxxxxxxxx"
            )
        )
        #expect(
            events.map(\.words) == [
                "#1 opened 2.0 - warning crowd", "#1 closed 5.5 - warning crowd",
            ]
        )
        let box = events.first?.object.box
        #expect(box.map { abs($0.width - 0.24) < 1e-9 } ?? false)
    }

    @Test("Two are no crowd, nor are three for a moment, nor three of whom one is permitted")
    func fewer() {
        let stay = String(repeating: "b", count: 20)
        #expect(Shore.events(rule, people(stay, stay)).isEmpty)
        #expect(Shore.events(rule, people(stay, stay, "bbbbxxxxxxbbbbxxxxxx")).isEmpty)
        var angling = rule
        angling.water.permitted = [.init(name: "pier", polygon: Shore.permitted)]
        let angler = String(repeating: "p", count: 20)
        #expect(Shore.events(angling, people(stay, stay, angler)).isEmpty)
    }

    @Test("A lost frame does not break a crowd up")
    func flicker() {
        let stay = String(repeating: "b", count: 12)
        let events = Shore.events(rule, people(stay, stay, "bbbb.bbbbbbb"))
        #expect(events.map(\.words) == ["#1 opened 2.0 - warning crowd"])
    }

    @Test("A crowd in the dark is worse")
    func dark() {
        let stay = String(repeating: "b", count: 12)
        let events = Shore.events(rule, people(stay, stay, stay), isDark: true)
        #expect(events.map(\.words) == ["#1 opened 2.0 - critical dark crowd"])
    }
}
