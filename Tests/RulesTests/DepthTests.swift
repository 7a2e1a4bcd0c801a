import Rules
import Scene
import Testing

@Suite struct DepthTests {
    private let rule = Shore.rule()

    @Test("On the bank it takes two seconds to a warning, at edge and water one to critical")
    func levels() {
        #expect(Shore.story(rule, Bather("xbbbbbbbbbb")) == ["#1 opened 2.25 bank warning alone"])
        #expect(Shore.story(rule, Bather("xeeeeeeee")) == ["#1 opened 1.25 edge critical alone"])
        #expect(Shore.story(rule, Bather("xwwwwwwww")) == ["#1 opened 1.25 water critical alone"])
    }

    @Test("One person's way down is one incident, which rises and never falls")
    func wayDown() {
        let way = "bbbbbbbbbb eeeeee wwwwww eeee bbbbbbbb xxxxxxxxxxxx"
        let events = Shore.events(rule, Bather(way))
        #expect(
            events.map(\.words) == [
                "#1 opened 2.0 bank warning alone", "#1 updated 3.5 edge critical alone",
                "#1 updated 5.0 water critical alone", "#1 closed 10.5 water critical alone",
            ]
        )
        #expect(events.map(\.revision) == [1, 2, 3, 4])
        #expect(events.allSatisfy { $0.startedAt == .zero })
    }

    @Test("A zone without depth is what it was: critical after two seconds, told once")
    func withoutDepth() {
        let plain = Shore.rule { rule in
            rule.severity = .critical
            rule.water.depths = nil
        }
        let way = "bbbbbbbbbb eeeeee wwwwww bbbbbbbb xxxxxxxxxxxx"
        #expect(
            Shore.story(plain, Bather(way)) == [
                "#1 opened 2.0 - critical alone", "#1 closed 9.5 - critical alone",
            ]
        )
    }

    @Test("A step into the water of less than its dwell time is still the bank")
    func dipped() {
        #expect(
            Shore.story(rule, Bather("bbbbbbww bbbbbbbbbb")) == ["#1 opened 2.0 bank warning alone"]
        )
    }

    @Test("A lost frame keeps the clock at the water, a second elsewhere starts it anew")
    func gaps() {
        #expect(Shore.story(rule, Bather("ww.ww")) == ["#1 opened 1.0 water critical alone"])
        #expect(
            Shore.story(rule, Bather("wwbbbbwww")) == ["#1 opened 2.0 bank warning alone"]
        )
    }

    @Test("Edge and water may be polygons, each alone")
    func polygons() {
        let edge = Shore.rule { rule in
            rule.water.depths = WaterHandling.Depths(
                edgePlace: .area(Shore.area(0.05, 0.6, 0.95, 0.98))
            )
        }
        #expect(Shore.story(edge, Bather("wwwwww")) == ["#1 opened 1.0 edge critical alone"])
        let water = Shore.rule { $0.water.depths?.edgePlace = .none }
        #expect(Shore.story(water, Bather("eeeeeeeeee")) == ["#1 opened 2.0 bank warning alone"])
    }

    @Test("The edge is as wide as people are tall there, however much of them is seen")
    func edgeWidth() {
        // The foot is 0.05 above the waterline: half of a body, or a whole one of half the size.
        func depth(_ bather: Bather) -> WaterDepth? {
            var crouching = bather
            crouching.script = String(repeating: "e", count: 12)
            return Shore.events(rule, crouching).last?.depth
        }
        #expect(depth(Bather("", boxHeight: 0.1)) == .edge)
        #expect(depth(Bather("", boxHeight: 0.04)) == .bank)
        #expect(depth(Bather("", height: 0.68, boxHeight: 0.04)) == .edge)
    }

    @Test("Each of two who cross goes on with a matter of their own")
    func crossing() {
        let first = Bather("bbbbbbbbbbbbbbbbwwwwwwww", id: 1, x: 0.4)
        let second = Bather("wwwwwwwwbbbbbbbbbbbbbbbb", id: 2, x: 0.44)
        let events = Shore.events(rule, first, second)
        #expect(
            events.map(\.words) == [
                "#1 opened 1.0 water critical", "#2 opened 2.0 bank warning",
                "#2 updated 5.0 water critical",
            ]
        )
    }
}
