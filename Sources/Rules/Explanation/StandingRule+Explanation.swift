internal import Scene

extension StandingRule {
    /// What the rule makes of everything that is reported or remembered.
    func explain(_ moment: Moment) -> ZoneExplanation {
        var subjects = moment.objects.map { object in
            subject(object, isReported: true, places.first { $0.object.id == object.id }, moment)
        }
        for place in places where moment.object(place.object.id) == nil {
            subjects.append(subject(place.object, isReported: false, place, moment))
        }
        return rule.explanation(subjects)
    }

    private func subject(
        _ object: Observation,
        isReported: Bool,
        _ place: Place?,
        _ moment: Moment
    ) -> ZoneExplanation.Subject {
        let isWatched = place.map { $0.missingSince == nil } ?? false
        var tests = [moment.sightTest, Self.rest(object), rule.classTest(object)]
        tests += rule.sizeTests(object)
        let scale = place == nil ? 1 : ZoneRule.leavingScale
        tests.append(rule.standingTest(object.box, scale: scale))
        tests.append(
            TestResult(
                "watched",
                "watched by the rule",
                isHeld: isWatched,
                measured: watching(place),
                demanded: "known, and not missing"
            )
        )
        tests += moment.forceTest(rule.schedule)
        tests.append(
            TestResult(
                "rearmed",
                "no incident of it closed just now",
                isHeld: place?.leftAt == nil,
                measured: place?.leftAt.map { "it left at \($0.seconds) s" } ?? "none",
                demanded: "none within \(TestResult.plain(rule.rearm.seconds)) s"
            )
        )
        let isSeen = place.map { isSeenEnough($0, at: moment.time) } ?? object.isVisible
        var visible = Moment.visibleTest(object, isHeld: isSeen)
        visible.demanded +=
            ", or "
            + "until \(TestResult.plain(Self.hiddenTolerance.seconds)) s ago and for long before"
        tests.append(visible)
        tests.append(
            .atLeast(
                "confidence",
                "surely an object",
                object.confidence,
                Self.minimumConfidence
            )
        )
        if object.mobility == .static {
            tests.append(moment.dwellTest(since: object.since, under: rule))
        }
        tests += queueTests(place, object, moment)
        return ZoneExplanation.Subject(
            object: object,
            isReported: isReported,
            tests: tests,
            incident: place?.incident?.number,
            startedAt: place?.incident?.startedAt
        )
    }

    private static func rest(_ object: Observation) -> TestResult {
        let speed = object.bodyLengthsPerSecond.map {
            " at \(TestResult.plain($0)) of its heights a second"
        }
        let isHeld = object.mobility == .static
        return TestResult(
            "stands",
            "stands still",
            isHeld: isHeld,
            measured: isHeld
                ? "since \(TestResult.plain(object.since.seconds)) s" : "moves\(speed ?? "")",
            demanded: "stands"
        )
    }

    private func watching(_ place: Place?) -> String {
        guard let place else {
            return places.count == ZoneMonitor.capacity ? "no, the memory is full" : "no"
        }
        return place.missingSince.map { "missing since \(TestResult.plain($0.seconds)) s" } ?? "yes"
    }

    /// Whether it is not held back as part of a line of stopped vehicles.
    private func queueTests(
        _ place: Place?,
        _ object: Observation,
        _ moment: Moment
    ) -> [TestResult] {
        guard queueMode != .off, let place else { return [] }
        let start = moment.start(since: object.since, under: rule) ?? object.since
        let isHeld = !isHeld(place, since: start, at: moment.time)
        var measured =
            place.queuedAt.map { "in a line at \(TestResult.plain($0.seconds)) s" }
            ?? "in no line"
        if queueMode == .automatic {
            measured +=
                "; vehicles that drove through lately: \(lane.passages.count), "
                + "a traffic lane from \(LaneMemory.needed) on"
        }
        let patience = TestResult.plain((rule.dwell + rule.queue.patience).seconds)
        return [
            TestResult(
                "no_queue",
                "does not wait in a line of vehicles",
                isHeld: isHeld,
                measured: measured,
                demanded: "in no line for \(TestResult.plain(Self.settingOff.seconds)) s, "
                    + "or there for \(patience) s"
            )
        ]
    }
}
