import Rules
import Scene
import Testing

@Suite struct PresenceRuleTests {
    private let rule = Street.rule(.waterDanger, dwell: 2, rearm: 4)

    @Test("A person alerts once after two seconds in the zone, from the moment of entering")
    func alertsOnce() {
        let outcome = Outcome(rule, "XXIIIIIIII")
        #expect(outcome.line == "......A...")
        #expect(outcome.events.first?.startedAt == MediaTime(seconds: 1))
        #expect(outcome.events.first?.severity == .critical)
    }

    @Test("Passing through for less than the dwell time does not alert")
    func passing() {
        #expect(Outcome(rule, "XIIIIXXXXXX").line == "...........")
        #expect(Outcome(rule, "XIIII......").line == "...........")
    }

    @Test("A person who stands still counts like one who walks")
    func standing() {
        #expect(Outcome(rule, "IIPPPPPP").line == "....A...")
        #expect(Outcome(rule, "PPPPPPPP").line == "....A...")
    }

    @Test("A gap of less than a second keeps the clock, a longer one starts it anew")
    func gaps() {
        #expect(Outcome(rule, "IIXIIIII").line == "....A...")
        #expect(Outcome(rule, "IIHIIIII").line == "....A...")
        #expect(Outcome(rule, "II.IIIII").line == "....A...")
        #expect(Outcome(rule, "IIXXIIIIIII").line == "........A..")
        #expect(Outcome(rule, "IIHHIIIIIII").line == "........A..")
    }

    @Test("Nobody is reported who was inside in fewer than six of ten frames")
    func mostlyInside() {
        // Every second frame inside is never enough; two of three are.
        let slow = Street.rule(.waterDanger, dwell: 2.5)
        #expect(Outcome(slow, "IXIXIXIXIXIX").line == "............")
        #expect(Outcome(rule, "IIXIIXIIXIIX").line == "....A.......")
    }

    @Test("An incident opens only while the person is seen inside")
    func insideNow() {
        #expect(Outcome(rule, "IIIIXII").line == ".....A.")
        #expect(Outcome(rule, "IIIIHII").line == ".....A.")
    }

    @Test("An incident closes when the person has been away for the re-arm time")
    func closes() {
        #expect(Outcome(rule, "IIIIIXXXXXXXXXX").line == "....A........C.")
        #expect(Outcome(rule, "IIIII..........").line == "....A........C.")
    }

    @Test("Stepping out and in again within the re-arm time is the same incident")
    func stepsOut() {
        #expect(Outcome(rule, "IIIIIXXXXXXXIIIIIIII").line == "....A...............")
        #expect(Outcome(rule, "IIIIIXXXXXXXXXIIIIII").line == "....A........C....A.")
    }

    @Test("A person remembered behind something inside keeps the incident open")
    func hiddenInside() {
        #expect(Outcome(rule, "IIIIIHHHHHHHHHHHHHHH").line == "....A...............")
    }

    @Test("A new id nearby inherits the clock")
    func inheritsClock() {
        var near = Street.inside
        near.x += 0.06
        let outcome = Outcome(
            rule,
            Row("III.......", id: 1, objectClass: .person),
            Row("....IIIIII", id: 2, objectClass: .person, box: near)
        )
        #expect(outcome.line == "....A.....")
        #expect(outcome.events.first?.startedAt == .zero)
        #expect(outcome.events.first?.object.id.rawValue == 2)
    }

    @Test("A new id nearby inherits the incident and opens none of its own")
    func inheritsIncident() {
        let outcome = Outcome(
            rule,
            Row("IIIIII..................", id: 1, objectClass: .person),
            Row(".........IIIIIIII.......", id: 2, objectClass: .person)
        )
        #expect(outcome.line == "....A...................")
    }

    @Test("A moving person who becomes a standing id goes on with the incident")
    func movingToStanding() {
        let outcome = Outcome(
            rule,
            Row("IIIIII......", id: 1, objectClass: .person),
            Row("......PPPPPP", id: 2, since: 1, objectClass: .unknown)
        )
        #expect(outcome.line == "....A.......")
    }

    @Test("An id that comes more than two seconds later, or far away, is another person")
    func noInheritance() {
        let late = Outcome(
            rule,
            Row("IIIIII.............", id: 1, objectClass: .person),
            Row("...........IIIIIIII", id: 2, objectClass: .person)
        )
        #expect(late.line == "....A.........CA...")
        let far = Outcome(
            rule,
            Row("IIIIII........", id: 1, objectClass: .person),
            Row("......IIIIIIII", id: 2, objectClass: .person, box: Street.elsewhere)
        )
        #expect(far.line == "....A.....A...")
    }

    @Test("A companion who was there before does not inherit")
    func companion() {
        var beside = Street.inside
        beside.x += 0.09
        let outcome = Outcome(
            rule,
            Row("IIIIII..............", id: 1, objectClass: .person),
            Row("...IIIIIIIIIIIIIIIII", id: 2, objectClass: .person, box: beside)
        )
        #expect(outcome.events.map(\.number) == [1, 2, 1])
        #expect(outcome.line == "....A..A......C.....")
    }

    @Test(
        "What overlaps somebody reported is not reported too, and takes over when that id is lost"
    )
    func part() {
        var part = Street.inside
        part.y += part.height / 2
        part.height /= 2
        let outcome = Outcome(
            rule,
            Row("IIIIIIIIII..............", id: 2, objectClass: .person),
            Row("...IIIIIIIIIIIIIIIIIIIII", id: 1, objectClass: .person, box: part)
        )
        #expect(outcome.line == "....A...................")
    }

    @Test("Who passes in front, much larger, does not carry the incident away")
    func passer() {
        var large = Street.inside
        large.x -= 0.1
        large.y -= 0.3
        large.width += 0.2
        large.height += 0.3
        let outcome = Outcome(
            rule,
            Row("IIIIIIHHHIIIIIIIIIII", id: 1, objectClass: .person),
            Row("......III...........", id: 2, objectClass: .person, box: large)
        )
        #expect(outcome.line == "....A...............")
    }

    @Test("Each person of a group is an incident, and ids that change make none more")
    func group() {
        var beside = Street.inside
        beside.x += 0.15
        let outcome = Outcome(
            rule,
            Row("IIIIII..........", id: 1, objectClass: .person),
            Row("IIIIII..........", id: 2, objectClass: .person, box: beside),
            Row(".......IIIIIIIII", id: 3, objectClass: .person, box: beside),
            Row(".......IIIIIIIII", id: 4, objectClass: .person)
        )
        #expect(outcome.line == "....2...........")
        #expect(outcome.events.map(\.number) == [1, 2])
    }

    @Test("Only people count, and the unknown only where the detector is sure that it is real")
    func classes() {
        func line(_ objectClass: ObjectClass, _ script: String, _ confidence: Double) -> String {
            Outcome(rule, Row(script, objectClass: objectClass, confidence: confidence)).line
        }
        #expect(line(.person, "IIIIII", 0.3) == "....A.")
        #expect(line(.unknown, "IIIIII", 0.5) == "....A.")
        #expect(line(.unknown, "IIIIII", 0.49) == "......")
        #expect(line(.unknown, "PPPPPP", 1) == "......")
        #expect(line(.unknown, "IIPPPP", 1) == "....A.")
        for other in [ObjectClass.object, .animal, .boat, .vehicle, .twoWheeler] {
            #expect(line(other, "IIIIII", 1) == "......")
        }
    }

    @Test("Only sizes of the rule count")
    func sizes() {
        let small = Street.rule(.waterDanger, dwell: 2) { $0.maximumSize = 0.019 }
        #expect(Outcome(small, "IIIIII").line == "......")
        let large = Street.rule(.waterDanger, dwell: 2) { $0.minimumSize = 0.021 }
        #expect(Outcome(large, "IIIIII").line == "......")
    }

    @Test("A blind frame neither opens nor closes nor starts a clock, and clocks run through it")
    func blind() {
        #expect(Outcome(rule, "IIIiiiiII").line == ".......A.")
        #expect(Outcome(rule, "IIIBBBBII").line == ".......A.")
        #expect(Outcome(rule, "iiiiIIIIIII").line == "........A..")
        #expect(Outcome(rule, "IIIIIXXXXBBBBBBXXXXXXXXXX").line == "....A..................C.")
    }

    @Test("Frames seconds apart are enough where each shows the person inside")
    func sparseFrames() {
        var camera = CameraRules(rules: [rule])
        var events: [Incident] = []
        for (index, var frame) in frames([Row("IIII", objectClass: .person)]).enumerated() {
            frame.time = MediaTime(seconds: Double(index) * 5)
            events += camera.step(frame, at: Instant(microseconds: 0))
        }
        #expect(events.map(\.time.seconds) == [5])
    }
}
