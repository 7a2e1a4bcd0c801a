internal import Scene

extension PresenceRule {
    /// What the rule makes of everything that is reported or remembered.
    func explain(_ moment: Moment) -> ZoneExplanation {
        var subjects = moment.objects.map { object in
            subject(object, true, occupants.first { $0.object.id == object.id }, moment)
        }
        for occupant in occupants where moment.object(occupant.object.id) == nil {
            subjects.append(subject(occupant.object, false, occupant, moment))
        }
        return rule.explanation(subjects)
    }

    private func subject(
        _ object: Observation,
        _ isReported: Bool,
        _ occupant: Occupant?,
        _ moment: Moment
    ) -> ZoneExplanation.Subject {
        var tests = [moment.sightTest, rule.classTest(object)]
        tests += rule.sizeTests(object)
        if object.classification.objectClass == .unknown {
            tests += somebodyTests(object, isKnown: occupant != nil)
        }
        tests.append(Moment.visibleTest(object, isHeld: object.isVisible))
        let scale = occupant?.awaySince == nil && occupant != nil ? ZoneRule.leavingScale : 1
        tests.append(rule.presenceTest(object.box, scale: scale))
        tests.append(
            TestResult(
                "watched",
                "watched by the rule",
                isHeld: occupant?.isInside ?? false,
                measured: Self.watching(occupant),
                demanded: "known, and inside in this frame"
            )
        )
        tests += moment.forceTest(rule.schedule)
        if let occupant {
            tests.append(moment.dwellTest(since: occupant.entry, under: rule))
            tests.append(
                .atLeast(
                    "inside_share",
                    "share of frames since the entry that saw it inside",
                    occupant.insideShare,
                    Self.leastInsideShare
                )
            )
            tests.append(ownMatterTest(occupant))
        }
        return ZoneExplanation.Subject(
            object: object,
            isReported: isReported,
            tests: tests,
            incident: occupant?.incident?.number,
            startedAt: occupant?.incident?.startedAt
        )
    }

    /// Whether something of no known class counts as somebody.
    private func somebodyTests(_ object: Observation, isKnown: Bool) -> [TestResult] {
        let isMoving = object.mobility == .moving
        return [
            .atLeast(
                "confidence",
                "surely an object, as it has no class",
                object.confidence,
                Self.minimumConfidence
            ),
            TestResult(
                "came_moving",
                "moves, or did, as it has no class",
                isHeld: isKnown || isMoving,
                measured: isMoving ? "moves" : isKnown ? "was somebody before" : "stands",
                demanded: "moves, or was somebody before it stood still"
            ),
        ]
    }

    private static func watching(_ occupant: Occupant?) -> String {
        guard let occupant else { return "no" }
        guard !occupant.isInside else { return "yes" }
        return occupant.awaySince.map { "away since \(TestResult.plain($0.seconds)) s" }
            ?? "not inside now"
    }

    /// Whether it is not somebody who is reported already.
    private func ownMatterTest(_ occupant: Occupant) -> TestResult {
        let holder = occupant.incident == nil ? holder(overlapping: occupant.object.box) : nil
        return TestResult(
            "own_matter",
            "is nobody who is reported already",
            isHeld: holder == nil,
            measured: holder.map { "shares its box with #\(occupants[$0].object.id.rawValue)" }
                ?? "no open incident in its box",
            demanded: "no open incident that shares two fifths of its box"
        )
    }
}
