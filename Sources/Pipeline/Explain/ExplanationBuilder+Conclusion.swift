internal import Detection
internal import Rules
internal import Scene

extension ExplanationBuilder {
    /// One object before one rule.
    fileprivate struct Case {
        let zone: ZoneExplanation
        let subject: ZoneExplanation.Subject
        let isPointInside: Bool

        /// Number of tests that held before the first that failed.
        var reached: Int {
            subject.tests.firstIndex { !$0.isHeld } ?? subject.tests.count
        }
    }

    /// Names the first test that failed, from the rules back to the pixels.
    var conclusion: Explanation.Conclusion {
        let cases = zones.flatMap { zone in
            let isInside = containsPoint(zone.zone)
            return subjects(zone).map {
                Case(zone: zone, subject: $0, isPointInside: isInside)
            }
        }
        if let alert = cases.first(where: { $0.subject.incident != nil }) { return open(alert) }
        let best = cases.max { ($0.reached, $0.rank) < ($1.reached, $1.rank) }
        let candidate = standing.first { !$0.isConfirmed }
        // What merely passes in front of something that has come to rest is not what is asked for.
        let isPasser = best?.subject.firstFailure?.name == "stands" && candidate != nil
        if let best, !isPasser { return refused(best) }
        if let candidate { return unconfirmed(candidate) }
        if let zone = zones.first, zones.allSatisfy({ !containsPoint($0.zone) }) {
            let which = zones.count == 1 ? "zone \(zone.zone.rawValue)" : "any zone"
            return none("in_zone", "the point does not lie in \(which), nor does an object here")
        }
        return empty
    }

    private func none(_ test: String, _ text: String) -> Explanation.Conclusion {
        var past = ""
        if let closed = story.closed, asked == nil {
            past =
                "no alert any more (incident \(closed.number) was open from "
                + "\(closed.opened.tenths) to \(closed.time.tenths)): "
        }
        let begin = past.isEmpty ? "no alert: " : past
        return Explanation.Conclusion(isAlert: false, failedTest: test, text: begin + text)
    }

    // MARK: At the rules

    private func open(_ item: Case) -> Explanation.Conclusion {
        let number = item.subject.incident ?? 0
        let started = item.subject.startedAt ?? item.subject.object.since
        let opened = story.opened[number].map { ", opened at \($0.tenths)" } ?? ""
        return Explanation.Conclusion(
            isAlert: true,
            failedTest: nil,
            text: "alert: incident \(number) in \(item.zone.zone.rawValue)\(opened): "
                + "\(item.name), \(item.subject.object.classification.words), counts in "
                + "\(item.zone.kind.rawValue) and is there since \(started.tenths), "
                + "\((time - started).rounded) s against a dwell time of "
                + "\(TestResult.plain(item.zone.dwell.seconds)) s"
        )
    }

    private func refused(_ item: Case) -> Explanation.Conclusion {
        if !item.subject.isReported, let removal = story.removal,
            removal.id == item.subject.object.id
        {
            return none(
                "reported",
                "\(item.name) is not here any more, given up at \(removal.time.tenths): "
                    + removal.reason
            )
        }
        guard let test = item.subject.firstFailure else {
            return none("opens_next", "\(item.name) meets every test only from this frame on")
        }
        return none(test.name, Self.sentence(test, item.name, item.subject, item.zone))
    }

    private static func sentence(
        _ test: TestResult,
        _ name: String,
        _ subject: ZoneExplanation.Subject,
        _ zone: ZoneExplanation
    ) -> String {
        let zoneName = zone.zone.rawValue
        switch test.name {
        case "sight": return "nothing may be decided in this picture, which is blind"
        case "stands": return "\(name) does not stand, it \(test.measured)"
        case "class":
            return "\(name) was seen as a \(test.measured), which does not count in "
                + zone.kind.rawValue
        case "in_zone":
            return "\(name) is not in \(zoneName): \(test.measured), demanded: \(test.demanded)"
        case "dwell":
            return "\(name) has been in \(zoneName) for \(test.measured), demanded: "
                + test.demanded
        case "visible": return "\(name) is hidden just now, and an alert needs to see it"
        case "in_force": return "the schedule of \(zoneName) is not in force at that time"
        case "no_queue":
            return "\(name) waits in a line of vehicles (\(test.measured)), demanded: "
                + test.demanded
        default: return "\(name) in \(zoneName) fails: \(test.sentence)"
        }
    }

    // MARK: At the detector

    private func unconfirmed(_ object: Inspection.Standing) -> Explanation.Conclusion {
        let name = PlaceStory.name(object.id)
        if let test = frame.detector.picture.tests.first(where: { !$0.isHeld }) {
            return none(test.name, "nothing is decided in this picture: \(test.sentence)")
        }
        if let test = object.tests.first(where: { !$0.isHeld }) {
            return none(test.name, "\(name) is only a candidate yet: \(test.sentence)")
        }
        guard let finding = story.findings[object.id], let test = finding.decisiveTest else {
            return none("verification", "\(name) is only a candidate yet, not looked at")
        }
        let unmet = finding.tests.filter { !$0.isHeld }.dropFirst().map(\.label)
        let more = unmet.isEmpty ? "" : "; nor did these hold: " + unmet.joined(separator: ", ")
        return none(
            test.name,
            "\(name) at \(finding.time.tenths) looks \(finding.reason)\(more)"
        )
    }

    /// Why there is no object at all.
    private var empty: Explanation.Conclusion {
        if let test = frame.detector.picture.tests.first(where: { !$0.isHeld }),
            frame.detector.picture.isBlind
        {
            return none(test.name, "nothing is decided in this picture: \(test.sentence)")
        }
        if let track = moving.first, let test = track.tests.first(where: { !$0.isHeld }) {
            let name = PlaceStory.name(track.id)
            return none(test.name, "\(name) is no track yet: \(test.sentence)")
        }
        if let removal = story.removal {
            let name = PlaceStory.name(removal.id)
            let what = removal.wasConfirmed ? "object" : "candidate"
            let detail = removal.test.map { " (\($0.sentence))" } ?? ""
            return none(
                removal.test?.name ?? "reported",
                "nothing stands here; the \(what) \(name) was given up at "
                    + "\(removal.time.tenths): \(removal.reason)\(detail)"
            )
        }
        guard let test = frame.patch.tests.first(where: { !$0.isHeld }) else {
            return none(
                "object",
                "something has settled here, but it is no object: too small, too young, or part "
                    + "of another"
            )
        }
        let what = test.name == "changed" ? "nothing stands here" : "nothing has settled here"
        return none(test.name, "\(what): \(test.sentence)")
    }
}

extension ExplanationBuilder.Case {
    /// What the object is called in a sentence.
    fileprivate var name: String { "object \(PlaceStory.name(subject.object.id))" }

    /// Which of two cases that got equally far is told: where the point lies in the zone, what
    /// stands.
    fileprivate var rank: Int {
        (isPointInside ? 2 : 0) + (subject.object.mobility == .static ? 1 : 0)
    }
}

extension MediaSpan {
    /// Seconds with a tenth.
    fileprivate var rounded: Double { (seconds * 10).rounded() / 10 }
}
