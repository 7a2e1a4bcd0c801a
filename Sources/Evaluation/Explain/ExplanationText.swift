public import Pipeline
internal import Scene

/// An explanation as people read it: the stages in the order of processing, then one sentence.
public struct ExplanationText: CustomStringConvertible {
    private let explanation: Explanation

    /// How many events of the timeline are shown; the latest.
    private static let shownEvents = 40

    /// The text of an explanation.
    public init(_ explanation: Explanation) {
        self.explanation = explanation
    }

    /// Several lines, without a line break at the end.
    public var description: String {
        var lines = [
            "\(explanation.video), camera \(explanation.camera), "
                + "at \(TestResult.plain(explanation.seconds)) s, "
                + "point \(Self.place(explanation.point.x, explanation.point.y))",
            "", "PICTURE",
        ]
        lines += Self.lines(explanation.picture)
        lines += ["", "PIXELS around the point"]
        lines += Self.lines(explanation.place)
        if explanation.objects.isEmpty { lines += ["", "OBJECTS at the point: none"] }
        for object in explanation.objects { lines += Self.lines(object) }
        for zone in explanation.zones { lines += Self.lines(zone) }
        lines += timeline
        lines += ["", "CONCLUSION", explanation.conclusion.text]
        return lines.joined(separator: "\n")
    }

    private var timeline: [String] {
        let events = explanation.timeline
        guard !events.isEmpty else { return ["", "TIMELINE of the place: nothing happened"] }
        let hidden = events.count - Self.shownEvents
        let more = hidden > 0 ? ["  (\(hidden) earlier, see --json)"] : []
        let shown = events.suffix(Self.shownEvents)
        return ["", "TIMELINE of the place"] + more
            + shown.map { event in
                "\(Self.padded("\((event.seconds * 10).rounded() / 10)", 8)) s  \(event.text)"
            }
    }

    private static func lines(_ stage: Explanation.Stage) -> [String] {
        lines(stage.tests) + lines(stage.facts)
    }

    private static func lines(_ tests: [TestResult], indent: String = "  ") -> [String] {
        tests.map { test in
            let outcome = test.isHeld ? "held  " : "FAILED"
            let isPlain = test.isHeld && test.value == nil
            let demand = isPlain ? "" : " (\(test.isHeld ? "" : "demanded: ")\(test.demanded))"
            return "\(indent)\(outcome)  \(test.label): \(test.measured)\(demand)"
        }
    }

    private static func lines(_ facts: [Explanation.Fact]) -> [String] {
        facts.map { "          \($0.label): \($0.text)" }
    }

    private static func lines(_ object: Explanation.Object) -> [String] {
        let box = object.box
        var lines = [
            "",
            "OBJECT #\(object.id), \(object.state), at \(place(box.x, box.y)), "
                + "size \(place(box.width, box.height))",
        ]
        lines += Self.lines(object.tests) + Self.lines(object.facts)
        guard let look = object.verification else { return lines }
        lines.append("  looked at, at \(TestResult.plain(look.seconds)) s: \(look.verdict)")
        return lines + Self.lines(look.tests, indent: "    ")
    }

    private static func lines(_ zone: Explanation.Zone) -> [String] {
        let inside = zone.containsPoint ? "the point lies in it" : "the point lies outside"
        var lines = [
            "",
            "ZONE \(zone.id), \(zone.kind), dwell time \(TestResult.plain(zone.dwellSeconds)) s, "
                + inside,
        ]
        lines += Self.lines(zone.facts)
        if zone.objects.isEmpty { lines.append("  no object at the point") }
        for subject in zone.objects {
            let gone = subject.isReported ? "" : ", not reported now"
            let incident = subject.incident.map { ", incident \($0) is open" } ?? ""
            lines.append("  #\(subject.id)\(gone)\(incident)")
            lines += Self.lines(subject.tests, indent: "    ") + Self.lines(subject.facts)
        }
        return lines
    }

    private static func place(_ x: Double, _ y: Double) -> String {
        "\(TestResult.plain(x)),\(TestResult.plain(y))"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
