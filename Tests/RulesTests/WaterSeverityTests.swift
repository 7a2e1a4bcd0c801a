import Rules
import Scene
import Testing

@Suite struct WaterSeverityTests {
    private let rule = Shore.rule()
    private let stay = String(repeating: "b", count: 12)

    @Test("An adult on the bank by day is a warning, alone or not")
    func adult() {
        #expect(Shore.story(rule, Bather(stay)) == ["#1 opened 2.0 bank warning alone"])
        let pair = Shore.story(rule, Bather(stay), Bather(stay, id: 2, x: 0.7))
        #expect(pair == ["#1 opened 2.0 bank warning", "#2 opened 2.0 bank warning"])
    }

    @Test("Dark, small and staying each make a warning critical")
    func raised() {
        #expect(
            Shore.story(rule, Bather(stay), isDark: true)
                == ["#1 opened 2.0 bank critical dark alone"]
        )
        #expect(
            Shore.story(rule, Bather(stay, height: 1.2))
                == ["#1 opened 2.0 bank critical alone small"]
        )
        let long = Shore.rule { $0.water.staying = .seconds(5) }
        #expect(
            Shore.story(long, Bather(String(repeating: "b", count: 24))) == [
                "#1 opened 2.0 bank warning alone", "#1 updated 5.0 bank critical alone staying",
            ]
        )
    }

    @Test("To be alone counts at the water, in the dark and for a child")
    func alone() {
        let low = Shore.rule { rule in
            rule.severity = .info
            rule.water.depths?.edge.severity = .info
        }
        func severity(_ script: String, height: Double? = nil, isDark: Bool = false) -> Severity? {
            Shore.events(low, Bather(script, height: height), isDark: isDark).last?.severity
        }
        let edge = String(repeating: "e", count: 12)
        #expect(severity(stay) == .info)
        #expect(severity(edge) == .warning)
        #expect(severity(stay, isDark: true) == .critical)
        #expect(severity(stay, height: 1) == .critical)
        let company = Shore.events(low, Bather(edge), Bather(edge, id: 2, x: 0.7))
        #expect(company.map(\.severity) == [.info, .info])
    }

    @Test("Nothing but a vanished person is an emergency")
    func bounded() {
        let events = Shore.events(rule, Bather("wwwwwwww", height: 1), isDark: true)
        #expect(events.map(\.severity) == [.critical])
    }

    @Test("A severity above that of the reasons stays")
    func critical() {
        let high = Shore.rule { $0.severity = .critical }
        #expect(Shore.events(high, Bather(stay)).map(\.severity) == [.critical])
    }

    @Test("Somebody near who is not in the zone is company; a moment without is not alone")
    func company() {
        let edge = String(repeating: "e", count: 16)
        let outside = Bather(String(repeating: "x", count: 16), id: 2, x: 0.5)
        let far = Bather(edge, boxHeight: 0.06)
        #expect(Shore.events(rule, far, outside).first?.reasons == [.alone])
        let near = Shore.rule { $0.polygon = Shore.area(0.05, 0.46, 0.95, 0.98) }
        let beside = Bather(String(repeating: "b", count: 16), id: 2, x: 0.5)
        #expect(Shore.events(near, Bather(edge), beside).first?.reasons == [])
        let blinking = Bather("eeeeeeeee.eeee.eeee", id: 2, x: 0.6)
        let both = Shore.events(rule, Bather(edge), blinking)
        #expect(both.allSatisfy { $0.reasons.isEmpty })
    }

    @Test("A single low figure among tall ones is no child, nor is who stands half in the water")
    func small() {
        var frames = Shore.frames([Bather(stay, height: 1.7)])
        frames[4].objects[0].height = 1.1
        var camera = CameraRules(rules: [rule])
        let events = frames.flatMap { camera.step($0, at: Instant(microseconds: 0)) }
        #expect(events.first?.reasons == [.alone])
        let swimmer = Shore.events(rule, Bather("wwwwwwwwww", height: 0.4))
        #expect(swimmer.first?.reasons == [.alone])
    }

    @Test("A reason that comes later is told once, where the zone knows depth")
    func later() {
        let first = Bather(String(repeating: "w", count: 40))
        let other = Bather("wwwwwwwwwwwwwwbbbbbbxxxxxx", id: 2, x: 0.8)
        let own = Shore.events(rule, first, other).filter { $0.number == 1 }
        #expect(own.map(\.reasons) == [[], [.alone]])
    }
}
