import Rules
import Scene
import Testing

@Suite struct StandingRuleTests {
    private let rule = Street.rule(.noParking, dwell: 2, rearm: 4)

    @Test("A parked car alerts once after its dwell time")
    func alertsOnce() {
        let outcome = Outcome(rule, "..PPPPPPPP..")
        #expect(outcome.line == "......A.....")
        #expect(outcome.events.first?.startedAt == MediaTime(seconds: 1))
        #expect(outcome.events.first?.time == MediaTime(seconds: 3))
        #expect(outcome.events.first?.dwell == .seconds(2))
        #expect(outcome.events.first?.number == 1)
        #expect(outcome.events.first?.revision == 1)
        #expect(outcome.events.first?.severity == .warning)
    }

    @Test("A car that stops for less than the dwell time does not alert")
    func shortStop() {
        #expect(Outcome(rule, "..PPPP......").line == "............")
    }

    @Test("A moving car does not alert, and its stop counts from where it stopped")
    func moving() {
        #expect(Outcome(rule, "MMMMMMMMMMMM").line == "............")
        #expect(Outcome(rule, "IIIIIIPPPPPP").line == "..........A.")
    }

    @Test("A car outside the zone does not alert")
    func outside() {
        #expect(Outcome(rule, "LLLLLLLLLLLL").line == "............")
    }

    @Test("An incident closes two seconds after its car drove off, with the car as last seen")
    func closes() {
        let outcome = Outcome(rule, "PPPPPP........")
        #expect(outcome.line == "....A.....C...")
        #expect(outcome.events.last?.revision == 2)
        #expect(outcome.events.last?.object.box == Street.inside)
        #expect(outcome.events.last?.startedAt == .zero)
        #expect(Outcome(rule, "PPPPPPIIIIII").line == "....A.....C.")
        #expect(Outcome(rule, "PPPPPPLLLLLL").line == "....A.....C.")
    }

    @Test("A gap shorter than two seconds closes nothing")
    func shortGap() {
        #expect(
            Outcome(rule, Row("PPPPPP...PP....PP", since: 0)).line == "....A....U......."
        )
    }

    @Test("Frames seconds apart tell a car that stayed from one that came back")
    func sparseFrames() {
        func events(since: Double) -> [Incident] {
            var camera = CameraRules(rules: [rule])
            var events: [Incident] = []
            let rows = [Row("PP....", since: 0), Row("...PPP", since: since)]
            for (index, var frame) in frames(rows).enumerated() {
                frame.time = MediaTime(seconds: Double(index) * 3)
                events += camera.step(frame, at: Instant(microseconds: 0))
            }
            return events
        }
        #expect(events(since: 0).map(\.phase) == [.opened, .updated, .updated])
        #expect(events(since: 8).map(\.phase) == [.opened, .closed, .opened])
    }

    @Test("A lorry in front of the car neither stops the clock nor closes the incident")
    func occlusion() {
        #expect(Outcome(rule, "PPOOOOOP.").line == ".......A.")
        #expect(Outcome(rule, "PPPPPOOOO").line == "....A...U")
    }

    @Test("A box at the edge does not enter, but stays in")
    func hysteresis() {
        #expect(Outcome(rule, "EEEEEEEEE").line == ".........")
        #expect(Outcome(rule, "PEEEEEEEE").line == "....A...U")
        #expect(Outcome(rule, "PPPPPEEEE").line == "....A...U")
        // Remembered while it was outside for a moment, it is still the same.
        #expect(Outcome(rule, "PPPPPLLEE").line == "....A...U")
    }

    @Test("A blind frame opens, tells and closes nothing, while the clock runs")
    func blind() {
        #expect(Outcome(rule, "PPPbbbbPP").line == ".......AU")
        #expect(Outcome(rule, Row("PPPBBBBPP", since: 0)).line == ".......AU")
        #expect(Outcome(rule, "PPPPPPbbbbP").line == "....A.....U")
        #expect(Outcome(rule, "PPPPP.BBBBB.....").line == "....A..........C")
    }

    @Test("A car that was there when the stream began alerts and says so")
    func presentAtStart() {
        let outcome = Outcome(rule, Row("PPPPPP", presentAtStart: true))
        #expect(outcome.line == "....A.")
        #expect(outcome.events.first?.object.presentAtStart == true)
        #expect(outcome.events.first?.startedAt == .zero)
    }

    @Test("Only classes of the rule count", arguments: ObjectClass.allCases)
    func classes(objectClass: ObjectClass) {
        let counts = rule.classes.contains(objectClass)
        let outcome = Outcome(rule, Row("PPPPPP", objectClass: objectClass))
        #expect(outcome.line == (counts ? "....A." : "......"))
    }

    @Test("Only sizes of the rule count")
    func sizes() {
        // The box covers 2 % of the picture.
        #expect(Outcome(Street.rule { $0.minimumSize = 0.019 }, "PPPPPP").line == "....A.")
        #expect(Outcome(Street.rule { $0.minimumSize = 0.021 }, "PPPPPP").line == "......")
        #expect(Outcome(Street.rule { $0.maximumSize = 0.021 }, "PPPPPP").line == "....A.")
        #expect(Outcome(Street.rule { $0.maximumSize = 0.019 }, "PPPPPP").line == "......")
    }

    @Test("What the detector is unsure of opens nothing")
    func confidence() {
        #expect(Outcome(rule, Row("PPPPPP", confidence: 0.5)).line == "....A.")
        #expect(Outcome(rule, Row("PPPPPP", confidence: 0.49)).line == "......")
    }

    @Test("A closed incident's object opens no other until it has been gone for the re-arm time")
    func rearm() {
        // Missing from index 6; the clock of the second stop is due at 14, re-arming at 14.
        #expect(Outcome(rule, "PPPPPP....PPPPPPPP").line == "....A.....C...A...")
        let slow = Street.rule(dwell: 2, rearm: 8)
        #expect(Outcome(slow, "PPPPPP....PPPPPPPPPPPPPP").line == "....A.....C...........A.")
    }

    @Test("Going on for two and five dwell times is told, and the last is more urgent")
    func escalation() {
        for kind in [ZoneKind.noParking, .roadOccupation] {
            let outcome = Outcome(
                Street.rule(kind, dwell: 2),
                Row(String(repeating: "P", count: 50), objectClass: .unknown)
            )
            #expect(outcome.events.map(\.phase) == [.opened, .updated, .updated])
            #expect(outcome.events.map(\.revision) == [1, 2, 3])
            #expect(outcome.events.map(\.dwell.seconds) == [2, 4, 10])
            #expect(outcome.events.map(\.severity) == [.warning, .warning, .critical])
            #expect(Set(outcome.events.map(\.number)) == [1])
        }
        let lane = Outcome(
            Street.rule(.fireLane, dwell: 2) { $0.severity = .warning },
            Row(String(repeating: "P", count: 50))
        )
        #expect(lane.events.map(\.severity) == [.warning, .warning, .warning])
    }

    @Test("What opens late is as urgent as it is old, and passed stages are not told again")
    func lateOpening() {
        let outcome = Outcome(rule, Row("..PPPP", since: -30))
        #expect(outcome.line == "..A...")
        #expect(outcome.events.first?.severity == .critical)
    }

    @Test("Without a dwell time an incident opens at once and is told once")
    func noDwell() {
        #expect(Outcome(Street.rule(dwell: 0), "..PPPPPPPPPP").line == "..A.........")
    }

    @Test("Tolerated once the incident is open: another class, another size, less confidence")
    func openStaysOpen() {
        var camera = CameraRules(rules: [rule])
        var events: [Incident] = []
        for var frame in frames([Row("PPPPPPP")]) {
            if frame.time > MediaTime(seconds: 2) {
                frame.objects[0].classification = Classification(.person, confidence: 1)
                frame.objects[0].confidence = 0.1
            }
            events += camera.step(frame, at: Instant(microseconds: 0))
        }
        #expect(events.map(\.phase) == [.opened])
        #expect(camera.openIncidents.map(\.object.confidence) == [0.1])
    }
}
