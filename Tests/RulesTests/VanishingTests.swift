import Foundation
import Rules
import Scene
import Testing

@Suite struct VanishingTests {
    private let rule = Shore.rule(rearm: 8)
    private let gone = String(repeating: ".", count: 20)

    private func numbers(_ events: [Incident]) -> [Int] {
        events.filter { $0.phase == .opened }.map(\.number)
    }

    private func hasEmergency(_ events: [Incident]) -> Bool {
        events.contains { $0.severity == .emergency }
    }

    @Test("Who walks into the water and is not seen there for four seconds is an emergency")
    func vanishes() throws {
        let bather = Bather("bbbbbbbbbb eeee wwwwww" + gone)
        let events = Shore.events(rule, bather)
        #expect(
            events.map(\.words) == [
                "#1 opened 2.0 bank warning alone", "#1 updated 3.5 edge critical alone",
                "#1 updated 4.5 water critical alone",
                "#1 updated 8.75 water emergency alone vanished",
            ]
        )
        let last = try #require(events.last)
        #expect(last.lastSeen == MediaTime(seconds: 4.75))
        #expect(last.object.box == bather.box("w"))
        #expect(events.dropLast().allSatisfy { $0.lastSeen == nil })
    }

    @Test("Who falls in and sinks within a second opens as an emergency")
    func sinks() {
        let events = Shore.events(rule, Bather("bbbbbww" + gone))
        #expect(events.map(\.words) == ["#1 opened 5.5 water emergency vanished"])
        #expect(events.first?.startedAt == .zero)
        #expect(events.first?.lastSeen == MediaTime(seconds: 1.5))
    }

    @Test("A swimmer first seen in the water counts once the alert is out")
    func swimmer() {
        #expect(hasEmergency(Shore.events(rule, Bather("wwwwwwww" + gone))))
        #expect(!hasEmergency(Shore.events(rule, Bather("www" + gone))))
    }

    @Test("Light on the water never vanishes; an unknown thing does where it came from the bank")
    func unknown() {
        let light = Bather(String(repeating: "w", count: 20) + gone, .unknown)
        #expect(!hasEmergency(Shore.events(rule, light)))
        let walker = Bather("bbbbbbbbbb wwwwww" + gone, .unknown)
        #expect(hasEmergency(Shore.events(rule, walker)))
        #expect(!hasEmergency(Shore.events(rule, Bather("bbbww" + gone, .unknown))))
    }

    @Test("Who is lost on the bank, or where the zone knows no water, has not vanished")
    func elsewhere() {
        #expect(!hasEmergency(Shore.events(rule, Bather("wwwwwwwwbbbbbb" + gone))))
        let edge = Shore.rule { $0.water.depths?.waterPlace = nil }
        #expect(!hasEmergency(Shore.events(edge, Bather("bbbbwwwwww" + gone))))
        let plain = Shore.rule { $0.water.depths = nil }
        #expect(!hasEmergency(Shore.events(plain, Bather("bbbbwwwwww" + gone))))
    }

    @Test("Who is hidden where nothing stands before them is not seen either")
    func hidden() {
        let hidden = String(repeating: "h", count: 20)
        #expect(hasEmergency(Shore.events(rule, Bather("bbbbwwwwww" + hidden))))
    }

    @Test("Who dives and comes up nearby goes on, under the same id or another")
    func dives() {
        let same = Shore.events(rule, Bather("bbbbwwwwww" + "............" + "wwwwwwww"))
        #expect(!hasEmergency(same))
        #expect(numbers(same) == [1])
        let other = Shore.events(
            rule,
            Bather("bbbbwwwwww"),
            Bather("..........  ............ wwwwwwwwww", id: 2, x: 0.58)
        )
        #expect(!hasEmergency(other))
        #expect(numbers(other) == [1])
    }

    @Test("Who is remembered under one id and seen under another is one person")
    func remembered() {
        let events = Shore.events(
            rule,
            Bather("bbbbwwwwww" + String(repeating: "h", count: 24)),
            Bather("............ wwwwwwwwwwwwwwwwwwwwwwww", id: 2, x: 0.52)
        )
        #expect(!hasEmergency(events))
        #expect(numbers(events) == [1])
    }

    @Test("What takes over an incident in the water is the person who walked in")
    func takenOver() {
        let events = Shore.events(
            rule,
            Bather("bbbbbbbbbb wwwwwwww"),
            Bather(".......... ....wwww wwwwwwwwwwww" + gone, id: 2, .unknown)
        )
        #expect(numbers(events) == [1])
        #expect(hasEmergency(events))
    }

    @Test("Frames in the water count together, with pauses on the bank between them")
    func inAndOut() {
        let steps = Bather("bbbbbbbbbb w bbbbbb w" + gone)
        #expect(hasEmergency(Shore.events(rule, steps)))
    }

    @Test("Who comes out after all takes the incident over and closes it")
    func comesOut() {
        let out = "wwwwwwbbbbbbbbxxxxxxxxxx" + String(repeating: "x", count: 30)
        let same = Shore.events(rule, Bather("bbbbwwwwww" + gone + out))
        #expect(numbers(same) == [1])
        #expect(hasEmergency(same))
        #expect(same.last?.phase == .closed)
        #expect(same.last?.severity == .emergency)
        #expect(same.last?.lastSeen == nil)
        let other = Shore.events(
            rule,
            Bather("bbbbwwwwww"),
            Bather(".........." + gone + out, id: 2, x: 0.6)
        )
        #expect(numbers(other) == [1])
        #expect(other.last?.phase == .closed)
        #expect(other.last?.object.id.rawValue == 2)
    }

    @Test("Who comes up far away and walks out ends the emergency")
    func walksOut() {
        let far = "ffff" + String(repeating: "f", count: 8) + "bbbbbbbbbbbb"
        let events = Shore.events(
            rule,
            Bather("bbbbwwwwww", height: 1.7),
            Bather(".........." + gone + far, id: 2, x: 0.5)
        )
        let first = events.filter { $0.number == 1 }
        #expect(first.last?.phase == .closed)
        #expect(first.last?.severity == .emergency)
        #expect(events.filter { $0.number == 2 }.map(\.phase) == [.opened])
    }

    @Test("What drifts away does not end an emergency; who runs to help has a matter of their own")
    func helpers() {
        let drift = Shore.events(
            rule,
            Bather("bbbbwwwwww"),
            Bather(
                ".........." + gone + "wwww" + String(repeating: "x", count: 60),
                id: 2,
                .unknown
            )
        )
        #expect(drift.allSatisfy { $0.phase != .closed })
        let helper = Shore.events(
            rule,
            Bather("bbbbwwwwww"),
            Bather(".........." + gone + "bbbbwwwwwwwwwwwwww", id: 2)
        )
        #expect(numbers(helper) == [1, 2])
        #expect(helper.allSatisfy { $0.phase != .closed })
    }

    @Test("An emergency that nobody ends is closed after its hold, not by rearm or by the hour")
    func held() {
        let brief = Shore.rule(rearm: 2) { $0.water.vanishedHold = .seconds(20) }
        let long = String(repeating: ".", count: 120)
        let events = Shore.events(brief, Bather("bbbbwwwwww" + long))
        #expect(events.last?.phase == .closed)
        // Last seen at 2.25 s, vanished at 6.25 s.
        #expect(events.last?.time == MediaTime(seconds: 26.25))
        let day = Shore.rule(rearm: 2) { rule in
            let all = Set(WeeklySchedule.Weekday.allCases)
            let span = WeeklySchedule.Span(days: all, startMinute: 0, endMinute: 720)
            rule.schedule = WeeklySchedule(timeZone: "UTC", spans: [span])
        }
        let start = Int64(12 * 3600 - 10) * 1_000_000
        let late = Shore.events(day, Bather("bbbbwwwwww" + long), from: start)
        #expect(hasEmergency(late))
        #expect(late.allSatisfy { $0.phase != .closed })
    }

    @Test("Two who come together in the picture are no emergency")
    func merged() {
        let events = Shore.events(
            rule,
            Bather("bbbbwwwwwwww" + gone + gone, id: 1, x: 0.5),
            Bather("bbbbwwwwwwww" + String(repeating: "w", count: 40), id: 2, x: 0.51)
        )
        #expect(!hasEmergency(events))
        let crossing = Shore.events(
            rule,
            Bather("bbbbwwwwwwww....wwwwwwwwwwwwwwwwwwwwww", id: 1, x: 0.5),
            Bather("bbbbwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", id: 2, x: 0.53)
        )
        #expect(!hasEmergency(crossing))
    }

    @Test("Time behind a boat does not count, and after ten seconds nobody knows")
    func covered() {
        func events(_ frames: Int, _ mobility: Mobility = .moving) -> [Incident] {
            let boat = String(repeating: ".", count: 10) + String(repeating: "w", count: frames)
            return Shore.events(
                rule,
                Bather("bbbbwwwwww" + String(repeating: ".", count: 80)),
                Bather(boat, id: 2, .boat, boxHeight: 0.15, boxWidth: 0.3, mobility: mobility)
            )
        }
        #expect(events(20).last?.time == MediaTime(seconds: 11.25))
        #expect(!hasEmergency(events(44)))
        // What stood there all along hides nobody who was seen before it.
        #expect(events(44, .static).last?.time == MediaTime(seconds: 6.25))
    }

    @Test("A short blind spell is waited through; after a long one nobody knows")
    func blind() {
        let way = "bbbbwwwwww"
        let short = Shore.events(rule, Bather(way + "..BBBB" + gone))
        #expect(hasEmergency(short))
        let long = Shore.events(rule, Bather(way + "..BBBBBBBBBBBB" + gone))
        #expect(!hasEmergency(long))
        #expect(Shore.events(rule, Bather(way + String(repeating: "B", count: 60))).count == 1)
    }

    @Test("Who leaves the picture has not vanished")
    func leavesPicture() {
        let events = Shore.events(rule, Bather("bbbbwwwwww" + gone, x: 0.94, boxWidth: 0.11))
        #expect(events.count > 0)
        #expect(!hasEmergency(events))
    }

    @Test("A rearm time shorter than the wait does not close what may be an emergency yet")
    func shortRearm() {
        let eager = Shore.rule(rearm: 0)
        let events = Shore.events(eager, Bather("bbbbbbbbbbwwwwww" + gone))
        #expect(numbers(events) == [1])
        #expect(events.last?.severity == .emergency)
    }

    @Test("At most 32 emergencies are open, and the oldest go first")
    func bounded() {
        let bathers = (0..<40).map { index in
            Bather(
                "bbbbwwwwww" + gone + gone,
                id: index + 1,
                x: 0.08 + 0.021 * Double(index),
                boxWidth: 0.01
            )
        }
        let events = Shore.events(rule, bathers)
        let emergencies = events.filter { $0.severity == .emergency && $0.phase != .closed }
        #expect(emergencies.count == 40)
        let closed = events.filter { $0.phase == .closed }
        #expect(closed.map(\.number) == Array(1...8))
    }

    @Test("The times of last sights are those of who may vanish, until that is decided")
    func lastSights() {
        var camera = CameraRules(rules: [rule])
        var sights: [[Double]] = []
        for frame in Shore.frames([Bather("bbbbwwwwww" + gone)]) {
            _ = camera.step(frame, at: Instant(microseconds: 0))
            sights.append(camera.lastSights.map(\.seconds))
        }
        #expect(sights[3] == [])
        #expect(sights[8] == [2])
        #expect(sights[9] == [2.25])
        #expect(Set(sights[10...24]) == [[2.25]])
        #expect(Set(sights[25...]) == [[]])
    }

    @Test("Encoded at any frame and decoded, the rule goes on as it would have")
    func restart() throws {
        var busy = Shore.rule(rearm: 2) { rule in
            rule.water.vanishedHold = .seconds(12)
            rule.water.crowd = WaterHandling.Crowd(count: 2, dwell: .seconds(1))
            rule.water.permitted = [.init(name: "pier", polygon: Shore.permitted)]
        }
        busy.water.staying = .seconds(3)
        let bathers = [
            Bather("bbbbbbbbbbwwwwww" + gone + gone, height: 1.2),
            Bather("ppppbbbbeeeewwwwwwhhBBhhhhwwwbbbbxxxxxxxxxxxx", id: 2, x: 0.7),
            Bather("...................... wwwwwwwwbbbbbbxxxxxxxxx", id: 3, x: 0.3),
        ]
        let frames = Shore.frames(bathers)
        let expected = Shore.events(busy, bathers)
        #expect(expected.count > 8)
        for cut in frames.indices {
            var camera = CameraRules(rules: [busy])
            var events: [Incident] = []
            for (index, frame) in frames.enumerated() {
                if index == cut {
                    let data = try JSONEncoder().encode(camera)
                    camera = try JSONDecoder().decode(CameraRules.self, from: data)
                }
                let instant = Instant(microseconds: frame.time.microseconds)
                events += camera.step(frame, at: instant)
            }
            #expect(events == expected, "cut \(cut)")
        }
    }
}
