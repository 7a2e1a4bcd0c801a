import Rules
import Scene
import Testing

@Suite struct ScheduleRuleTests {
    /// Thursday 1970-01-01 from 08:00 to 09:00 UTC.
    private let schedule = WeeklySchedule(
        timeZone: "UTC",
        spans: [.init(days: [.thursday], startMinute: 480, endMinute: 540)]
    )

    private func instant(_ seconds: Double) -> Instant {
        Instant(microseconds: 0) + .seconds(seconds)
    }

    private func outcome(_ kind: ZoneKind, _ script: String, startingAt start: Double) -> Outcome {
        let rule = Street.rule(kind, dwell: 2) { $0.schedule = schedule }
        let objectClass: ObjectClass = kind == .waterDanger ? .person : .unknown
        return Outcome(
            [rule],
            [Row(script, objectClass: objectClass)],
            startingAt: instant(start)
        )
    }

    @Test("Within the schedule a rule works as ever")
    func within() {
        #expect(outcome(.noParking, "PPPPPPP", startingAt: 8 * 3600).line == "....A..")
        #expect(outcome(.waterDanger, "IIIIIII", startingAt: 8 * 3600).line == "....A..")
    }

    @Test("Outside the schedule nothing opens")
    func outside() {
        #expect(outcome(.noParking, "PPPPPPP", startingAt: 7 * 3600).line == ".......")
        #expect(outcome(.waterDanger, "IIIIIII", startingAt: 7 * 3600).line == ".......")
    }

    @Test("What is there already when the rule comes into force counts from then on")
    func comesIntoForce() {
        // In force from the fifth frame on.
        let parked = outcome(.noParking, "PPPPPPPPPPPP", startingAt: 8 * 3600 - 2)
        #expect(parked.line == "........A...")
        #expect(parked.events.first?.startedAt == MediaTime(seconds: 2))
        #expect(parked.events.first?.object.since == .zero)
        let person = outcome(.waterDanger, "IIIIIIIIIIII", startingAt: 8 * 3600 - 2)
        #expect(person.line == "........A...")
        #expect(person.events.first?.startedAt == MediaTime(seconds: 2))
    }

    @Test("What goes out of force closes its incidents at that moment")
    func goesOutOfForce() {
        let parked = outcome(.noParking, "PPPPPPPPPPPP", startingAt: 9 * 3600 - 3)
        #expect(parked.line == "....A.C.....")
        #expect(parked.events.last?.time == MediaTime(seconds: 3))
        let person = outcome(.waterDanger, "IIIIIIIIIIII", startingAt: 9 * 3600 - 3)
        #expect(person.line == "....A.C.....")
    }

    @Test("A pause of the schedule makes two incidents of one car")
    func pause() {
        let schedule = WeeklySchedule(
            timeZone: "UTC",
            spans: [
                .init(days: [.thursday], startMinute: 0, endMinute: 10),
                .init(days: [.thursday], startMinute: 11, endMinute: 20),
            ]
        )
        let rule = Street.rule(dwell: 20) { $0.schedule = schedule }
        let outcome = Outcome(
            [rule],
            [Row(String(repeating: "P", count: 300))],
            startingAt: instant(570)
        )
        #expect(outcome.events.map(\.phase) == [.opened, .closed, .opened, .updated])
        #expect(outcome.events.map(\.number) == [1, 1, 2, 2])
        #expect(outcome.events.map(\.time.seconds) == [20, 30, 110, 130])
        #expect(outcome.events[2].startedAt == MediaTime(seconds: 90))
    }

    @Test("The end of a recording closes what is no longer forbidden then")
    func finish() {
        var camera = CameraRules(rules: [Street.rule(dwell: 2) { $0.schedule = schedule }])
        for frame in frames([Row("PPPPPP")]) {
            _ = camera.step(frame, at: instant(9 * 3600 - 3) + (frame.time - .zero))
        }
        var early = camera
        #expect(early.finish(at: MediaTime(seconds: 2.9), instant: instant(9 * 3600 - 0.1)).isEmpty)
        let closed = camera.finish(at: MediaTime(seconds: 3), instant: instant(9 * 3600))
        #expect(closed.map(\.phase) == [.closed])
    }
}
