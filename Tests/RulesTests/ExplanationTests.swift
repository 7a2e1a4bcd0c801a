import Rules
import Scene
import Testing

/// What rules tell of themselves is what they do.
@Suite struct ExplanationTests {
    /// The explanations of the first zone, and the incidents, frame by frame.
    private func explained(
        _ rule: ZoneRule,
        _ rows: [Row],
        at start: Instant = Instant(microseconds: 0)
    ) -> [(events: [Incident], subjects: [ZoneExplanation.Subject])] {
        var camera = CameraRules(rules: [rule])
        return frames(rows).map { frame in
            let instant = Instant(microseconds: start.microseconds + frame.time.microseconds)
            let events = camera.step(frame, at: instant)
            let zone = camera.explain(frame, at: instant).first
            return (events, zone?.subjects ?? [])
        }
    }

    private static let scripts = [
        "..PPPPPPPPPPPP....", "..PPOOOOOOOPP.....", "..PPBBBBBPPPP.....", "EEEEPPEEEEEEEE....",
        "LLLLPPPPPPLLLLLLPPPPPPP", "..IIIIIIIII.......", "..IIHHHHHHHII.....", "..IIXXIIIIIIXXXXXX",
        "XXIIIIIIXXXXXXXXXXXIIIIII", "..PPPPPbbbbbbPPPP.", "..IIiiiiiIIIII....",
        "PPPPPPPPP....PPPPPPPPPP",
        "....H.H.IIHHHIII..",
    ]

    @Test(
        "An incident opens in the frame in which every test holds for the first time",
        arguments: [ZoneKind.noParking, .fireLane, .roadOccupation, .waterDanger],
        [ObjectClass.vehicle, .person, .unknown, .object]
    )
    func agrees(kind: ZoneKind, objectClass: ObjectClass) {
        for script in Self.scripts {
            for confidence in [1.0, 0.3] {
                let row = Row(script, objectClass: objectClass, confidence: confidence)
                let steps = explained(Street.rule(kind), [row])
                for (index, step) in steps.enumerated() {
                    for event in step.events where event.phase == .opened {
                        let subject = step.subjects.first { $0.object.id == event.object.id }
                        #expect(subject?.firstFailure == nil, "\(script) \(index)")
                        #expect(subject?.incident == event.number)
                        #expect(subject?.startedAt == event.startedAt)
                    }
                    for subject in step.subjects where subject.firstFailure == nil {
                        #expect(subject.incident != nil, "\(script) \(index) \(kind)")
                    }
                }
            }
        }
    }

    private func firstFailure(
        _ rule: ZoneRule,
        _ row: Row,
        at start: Instant = Instant(microseconds: 0)
    ) -> TestResult? {
        explained(rule, [row], at: start).last?.subjects.first?.firstFailure
    }

    @Test("The first test that fails is named with its number and what was demanded")
    func named() throws {
        let young = try #require(firstFailure(Street.rule(dwell: 10), Row("PPPPP")))
        #expect(young.name == "dwell")
        #expect(young.value == 2 && young.limit == 10)
        #expect(young.measured == "2 s" && young.demanded == "at least 10 s")
        let person = try #require(firstFailure(Street.rule(), Row("PPPPPP", objectClass: .person)))
        #expect(person.name == "class")
        #expect(person.measured == "person (0.9)")
        #expect(person.demanded == "one of vehicle, two_wheeler, unknown")
        let outside = try #require(firstFailure(Street.rule(), Row("LLLLLL")))
        #expect(outside.name == "in_zone")
        #expect(outside.value == 0 && outside.limit == 0.5)
        #expect(firstFailure(Street.rule(), Row("IIIIII"))?.name == "stands")
        #expect(firstFailure(Street.rule(), Row("OOOOOO"))?.name == "visible")
        #expect(firstFailure(Street.rule(), Row("PPPPPb"))?.name == "sight")
        let unsure = firstFailure(Street.rule(), Row("PPPPPP", confidence: 0.3))
        #expect(unsure?.name == "confidence")
    }

    @Test("Size, overlap and schedule are told where the rule has them")
    func settings() {
        let small = Street.rule { $0.minimumSize = 0.5 }
        #expect(firstFailure(small, Row("PPPPPP"))?.name == "minimum_size")
        let large = Street.rule { $0.maximumSize = 0.001 }
        #expect(firstFailure(large, Row("PPPPPP"))?.name == "maximum_size")
        let overlap = Street.rule { $0.anchor = .overlap(0.9) }
        #expect(firstFailure(overlap, Row("EEEEEE"))?.limit == 0.9)
        let night = Street.rule { rule in
            let span = WeeklySchedule.Span(
                days: Set(WeeklySchedule.Weekday.allCases),
                startMinute: 0,
                endMinute: 60
            )
            rule.schedule = WeeklySchedule(timeZone: "UTC", spans: [span])
        }
        let noon = Instant(microseconds: 12 * 3_600_000_000)
        #expect(firstFailure(night, Row("PPPPPP"), at: noon)?.name == "in_force")
        #expect(firstFailure(night, Row("PPPPPP")) == nil)
    }

    @Test("What waits in a line of vehicles fails by that alone")
    func queue() throws {
        var camera = CameraRules(rules: [Lane.rule(.on)])
        var last: ZoneExplanation?
        for frame in Lane.frames(Lane.line(until: 150), until: 130) {
            let instant = Instant(microseconds: 0)
            _ = camera.step(frame, at: instant)
            last = camera.explain(frame, at: instant).first
        }
        let failures = try #require(last).subjects.map {
            $0.tests.filter { !$0.isHeld }.map(\.name)
        }
        #expect(failures.contains(["no_queue"]))
    }

    @Test("To explain changes nothing")
    func harmless() {
        let row = Row("..PPPPPPPP....PPPPPPPPP")
        let rule = Street.rule()
        #expect(explained(rule, [row]).flatMap(\.events) == Outcome([rule], [row]).events)
    }
}
