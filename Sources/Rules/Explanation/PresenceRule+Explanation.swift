internal import Scene

extension PresenceRule {
    /// What the rule makes of everything that is reported or remembered.
    func explain(_ moment: Moment) -> ZoneExplanation {
        let terms = rule.terms(at: moment.instant)
        var subjects = moment.objects.map { object in
            let occupant = occupants.first { $0.object.id == object.id }
            return subject(object, true, occupant, moment, terms)
        }
        for occupant in occupants where moment.object(occupant.object.id) == nil {
            subjects.append(subject(occupant.object, false, occupant, moment, terms))
        }
        var explanation = rule.explanation(subjects)
        explanation.dwell = terms.bank.dwell
        explanation.facts = facts(moment, terms)
        return explanation
    }

    private func subject(
        _ object: Observation,
        _ isReported: Bool,
        _ occupant: Occupant?,
        _ moment: Moment,
        _ terms: WaterTerms
    ) -> ZoneExplanation.Subject {
        var tests = [moment.sightTest, rule.classTest(object)]
        tests += rule.sizeTests(object)
        if object.classification.objectClass == .unknown {
            tests += somebodyTests(object, isKnown: occupant != nil)
        }
        tests.append(Moment.visibleTest(object, isHeld: object.isVisible))
        let scale = occupant?.awaySince == nil && occupant != nil ? ZoneRule.leavingScale : 1
        tests.append(rule.presenceTest(object.box, scale: scale))
        tests += permittedTest(object, moment, scale: scale)
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
            tests += dwellTests(occupant, moment, terms)
            tests.append(ownMatterTest(occupant))
        }
        return ZoneExplanation.Subject(
            object: object,
            isReported: isReported,
            tests: tests,
            facts: occupant.map { facts($0, moment, terms) } ?? [],
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

    /// Whether somebody is outside of the parts where people may be, where the zone has any.
    private func permittedTest(
        _ object: Observation,
        _ moment: Moment,
        scale: Double
    ) -> [TestResult] {
        guard !rule.water.permitted.isEmpty else { return [] }
        let place = rule.place(of: object, at: moment.instant, scale: scale)
        return [
            TestResult(
                "not_permitted",
                "is in no part where people may be",
                isHeld: place.permitted == nil,
                measured: place.permitted.map { "in \($0)" } ?? "in none",
                demanded: "outside of them"
            )
        ]
    }

    /// Whether the dwell time of some depth has passed.
    private func dwellTests(
        _ occupant: Occupant,
        _ moment: Moment,
        _ terms: WaterTerms
    ) -> [TestResult] {
        guard rule.water.depths != nil else {
            return [
                moment.dwellTest(since: occupant.entry, dwell: terms.bank.dwell, rule),
                .atLeast(
                    "inside_share",
                    "share of frames since the entry that saw it inside",
                    occupant.insideShare,
                    Self.leastInsideShare
                ),
            ]
        }
        let due = WaterDepth.allCases.last { isDue($0, occupant, moment, terms) }
        let measured = WaterDepth.allCases.map { depth in
            "\(time(of: occupant, at: depth, moment)) \(depth.words)"
        }
        let demanded = WaterDepth.allCases.map { depth in
            "\(TestResult.plain(terms.level(at: depth).dwell.seconds)) s \(depth.words)"
        }
        return [
            TestResult(
                "dwell",
                "in the zone for",
                isHeld: due != nil,
                measured: measured.joined(separator: ", "),
                demanded: "one of " + demanded.joined(separator: ", ")
                    + ", and seen there now and in 60 % of the frames"
            )
        ]
    }

    /// How long somebody has been at a depth or deeper.
    private func time(
        of occupant: Occupant,
        at depth: WaterDepth,
        _ moment: Moment
    ) -> String {
        let clock: LevelClock?
        switch depth {
        case .bank: return "\(TestResult.plain((moment.time - occupant.entry).seconds)) s"
        case .edge: clock = occupant.track.edge
        case .water: clock = occupant.track.water
        }
        guard let clock, clock.isThere else { return "not" }
        return "\(TestResult.plain((moment.time - clock.since).seconds)) s"
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

extension WaterDepth {
    /// Where that is, as the end of a sentence.
    var words: String {
        switch self {
        case .bank: "in the zone"
        case .edge: "at the edge or deeper"
        case .water: "in the water"
        }
    }
}
