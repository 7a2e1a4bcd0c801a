public import Scene

/// Why a zone's rule has, or has not, opened an incident for what is reported in one frame.
public struct ZoneExplanation: Hashable, Sendable {
    /// A figure without a limit of its own.
    public struct Fact: Hashable, Sendable {
        /// Names it for programs.
        public var name: String
        /// Names it for people.
        public var label: String
        /// What it is, in words and numbers.
        public var text: String

        init(_ name: String, _ label: String, _ text: String) {
            self.name = name
            self.label = label
            self.text = text
        }
    }

    /// One object before the rule.
    public struct Subject: Hashable, Sendable {
        /// As reported in the frame, or as last seen where it is reported no longer.
        public var object: Observation
        /// Whether the frame reports it.
        public var isReported: Bool
        /// What has to hold, in the order in which the rule asks.
        public var tests: [TestResult]
        /// What is known of it besides: depth, reasons, clocks that run.
        public var facts: [Fact] = []
        /// Number of its open incident.
        public var incident: Int?
        /// When that matter began.
        public var startedAt: MediaTime?

        /// The first test that failed; nil where all held.
        public var firstFailure: TestResult? { tests.first { !$0.isHeld } }
    }

    /// Names the zone.
    public var zone: ZoneID
    /// What it watches for.
    public var kind: ZoneKind
    /// How long an object may stay; on the bank, where the zone has depth.
    public var dwell: MediaSpan
    /// What holds in the whole zone: a period, a crowd.
    public var facts: [Fact] = []
    /// Objects that are reported or remembered, by rising id.
    public var subjects: [Subject]
}

extension CameraRules {
    /// Tells for each object and zone which tests held and which failed.
    ///
    /// Reads only; call it after the step that took in the same frame.
    ///
    /// - Parameters:
    ///   - frame: what the detector reported.
    ///   - instant: the frame's civil time.
    /// - Returns: one explanation a zone, in the order of the rules.
    public func explain(_ frame: FrameObservations, at instant: Instant) -> [ZoneExplanation] {
        let moment = Moment(frame, at: instant)
        return monitors.map { monitor in
            let view = frame.closeViews.first { $0.zone == monitor.zone }
            let moment = view.map { moment.seen(by: $0) } ?? moment
            switch monitor {
            case .standing(let rule): return rule.explain(moment)
            case .presence(let rule): return rule.explain(moment)
            }
        }
    }
}

extension ZoneRule {
    func explanation(_ subjects: [ZoneExplanation.Subject]) -> ZoneExplanation {
        ZoneExplanation(
            zone: id,
            kind: kind,
            dwell: dwell,
            subjects: subjects.sorted { $0.object.id < $1.object.id }
        )
    }

    /// Whether an object's class counts.
    func classTest(_ object: Observation) -> TestResult {
        let classification = object.classification
        let names = ObjectClass.allCases.filter(classes.contains).map(\.rawValue)
        return TestResult(
            "class",
            "class counts in \(kind.rawValue)",
            isHeld: classes.contains(classification.objectClass),
            measured: "\(classification.objectClass.rawValue) "
                + "(\(TestResult.plain(classification.confidence)))",
            demanded: names.isEmpty ? "nothing counts" : "one of " + names.joined(separator: ", ")
        )
    }

    /// Whether an object's size counts, where the rule bounds it.
    func sizeTests(_ object: Observation) -> [TestResult] {
        var tests: [TestResult] = []
        let size = object.box.area
        if minimumSize > 0 {
            tests.append(.atLeast("minimum_size", "share of the picture", size, minimumSize))
        }
        if maximumSize < 1 {
            tests.append(.atMost("maximum_size", "share of the picture", size, maximumSize))
        }
        return tests
    }

    /// Whether a thing stands in the zone.
    func standingTest(_ box: NormalizedBox, scale: Double) -> TestResult {
        let isHeld = isStanding(box, scale: scale)
        switch anchor {
        case .overlap(let share): return overlapTest(box, share * scale)
        case .groundContact:
            let lower = Self.rounded(lowerShare(of: box))
            let foot = hasFootInside(box) ? "inside" : "outside"
            let (most, least) = (Self.standingShare * scale, Self.footShare * scale)
            return TestResult(
                "in_zone",
                "lower part in the zone",
                isHeld: isHeld,
                measured: "\(TestResult.plain(lower)) of it, its foot \(foot)",
                demanded: "at least \(TestResult.plain(most)), or \(TestResult.plain(least)) "
                    + "with the foot inside"
            )
            .with(value: lower, limit: hasFootInside(box) ? least : most)
        }
    }

    /// Whether a person is in the zone.
    func presenceTest(_ box: NormalizedBox, scale: Double) -> TestResult {
        switch anchor {
        case .overlap(let share): return overlapTest(box, share * scale)
        case .groundContact:
            let isHeld = isPresent(box, scale: scale)
            return TestResult(
                "in_zone",
                "middle of the lower edge in the zone",
                isHeld: isHeld,
                measured: isHeld ? "inside" : "outside",
                demanded: "inside"
            )
        }
    }

    private func overlapTest(_ box: NormalizedBox, _ share: Double) -> TestResult {
        .atLeast("in_zone", "share of its box in the zone", polygon.share(of: box), share)
    }

    private static func rounded(_ share: Double) -> Double { (share * 100).rounded() / 100 }
}

extension Moment {
    /// Whether anything may be decided in this frame.
    var sightTest: TestResult {
        TestResult(
            "sight",
            "the picture allows a decision",
            isHeld: !isBlind,
            measured: isBlind ? "blind" : "yes",
            demanded: "a frame that is not blind"
        )
    }

    /// Whether a rule is in force, where it has a schedule.
    func forceTest(_ schedule: WeeklySchedule?) -> [TestResult] {
        guard let schedule else { return [] }
        let isHeld = schedule.isInForce(at: instant)
        return [
            TestResult(
                "in_force",
                "the zone's schedule is in force",
                isHeld: isHeld,
                measured: isHeld ? "yes" : "no",
                demanded: "a time within the schedule (\(schedule.timeZone))"
            )
        ]
    }

    /// Whether a matter has lasted for the dwell time; what was before the rule came into force
    /// does not count.
    func dwellTest(since: MediaTime, under rule: ZoneRule) -> TestResult {
        dwellTest(since: since, dwell: rule.dwell, rule)
    }

    /// The same for a dwell time that is not the rule's own.
    func dwellTest(since: MediaTime, dwell: MediaSpan, _ rule: ZoneRule) -> TestResult {
        var begin = since
        if let schedule = rule.schedule, let inForce = schedule.inForceSince(instant) {
            begin = max(since, time - (instant - inForce))
        }
        let name = rule.kind == .waterDanger ? "in the zone for" : "stood for"
        return .atLeast("dwell", name, (time - begin).seconds, dwell.seconds, unit: " s")
    }

    /// Whether a frame sees an object.
    static func visibleTest(_ object: Observation, isHeld: Bool) -> TestResult {
        TestResult(
            "visible",
            "is seen now",
            isHeld: isHeld,
            measured: object.isVisible ? "yes" : "hidden, only remembered",
            demanded: "yes"
        )
    }
}
