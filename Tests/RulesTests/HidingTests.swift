import Rules
import Scene
import Testing

/// How long somebody is waited for who may be where the camera cannot see.
@Suite struct HidingTests {
    private let way = "bbbbwwwwww"
    /// Last seen at 2.25 s.
    private let lost = 2.25

    private func emergency(_ script: String, _ rule: ZoneRule = Shore.rule()) -> Double? {
        Shore.events(rule, Bather(way + script)).first { $0.severity == .emergency }?
            .time.seconds
    }

    private func wait(_ character: String, _ seconds: Double) -> String {
        String(repeating: character, count: Int(seconds * 4))
    }

    @Test("Who is lost in mid-water is an emergency after four seconds")
    func open() {
        #expect(emergency(wait("o", 10)) == lost + 4)
        #expect(emergency(wait("o", 2) + wait(".", 8)) == lost + 4)
    }

    @Test(
        "Who is lost behind something, at the edge or in a group, is one after thirty seconds",
        arguments: ["s", "q", "g"]
    )
    func hidden(character: String) {
        #expect(emergency(wait(character, 29)) == nil)
        #expect(emergency(wait(character, 32)) == lost + 30)
        // The detector forgets them before that.
        #expect(emergency(wait(character, 5) + wait(".", 27)) == lost + 30)
    }

    @Test("How long that is can be set, and it is never less than in mid-water")
    func setting() {
        let rule = Shore.rule { $0.water.vanishHiddenAfter = .seconds(8) }
        #expect(emergency(wait("s", 12), rule) == lost + 8)
        let eager = Shore.rule { $0.water.vanishHiddenAfter = .seconds(1) }
        #expect(emergency(wait("s", 12), eager) == lost + 4)
    }

    @Test("Who is not where they were hidden counts in full from then on")
    func uncovered() {
        #expect(emergency(wait("s", 6) + wait("o", 6)) == lost + 10)
    }

    @Test("Who comes out with the group they are hidden in has not vanished")
    func comesOut() {
        #expect(emergency(wait("g", 6) + wait("G", 3) + wait(".", 40)) == nil)
    }

    @Test("Who comes up behind something goes on, and nobody has vanished")
    func comesUp() {
        #expect(emergency(wait("s", 20) + wait("w", 5)) == nil)
        let events = Shore.events(
            Shore.rule(rearm: 8),
            Bather(way + wait("s", 5)),
            Bather(wait(".", 20) + wait("w", 6), id: 2, x: 0.56)
        )
        #expect(events.filter { $0.phase == .opened }.map(\.number) == [1])
        #expect(events.allSatisfy { $0.severity != .emergency })
    }
}
