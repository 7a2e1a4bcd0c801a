internal import Foundation

/// A report as aligned plain text: a line a clip, a line a kind, and the total.
public struct EvaluationTable: CustomStringConvertible {
    private static let head = [
        "clip", "TP", "FN", "FP", "dup", "ign", "late", "P", "R", "F1", "|start|", "delay",
        "FP/h", "hours", "speed",
    ]

    private let report: EvaluationReport

    /// The table of that report.
    public init(_ report: EvaluationReport) {
        self.report = report
    }

    /// The lines of the table, each ended by a line feed, columns right-aligned but the first.
    public var description: String {
        let clips = report.clips.map { clip in
            cells(
                clip.name,
                clip.score,
                EvaluationReport.speed(media: clip.mediaSeconds, wall: clip.wallSeconds)
            )
        }
        let kinds = report.perKind.sorted { $0.key < $1.key }.map { cells($0.key, $0.value, nil) }
        let speed = EvaluationReport.speed(media: report.mediaSeconds, wall: report.wallSeconds)
        let total = cells("TOTAL", report.total, speed)
        let widths = ([Self.head, total] + clips + kinds).reduce(into: Self.head.map { _ in 0 }) {
            widths,
            row in
            widths = zip(widths, row).map { max($0, $1.count) }
        }
        let rule = String(repeating: "-", count: widths.reduce(-2) { $0 + $1 + 2 })
        var lines = [line(Self.head, widths), rule] + clips.map { line($0, widths) }
        lines += [rule] + kinds.map { line($0, widths) } + [rule, line(total, widths)]
        return (lines + emergencies).map { $0 + "\n" }.joined()
    }

    /// A line about people who vanished, where anybody did or was told to have.
    private var emergencies: [String] {
        let total = report.total
        guard total.vanishings > 0 || total.falseEmergencies > 0 else { return [] }
        return [
            "emergencies: \(total.vanishingsFound) of \(total.vanishings) vanishings found, "
                + "\(total.falseEmergencies) false"
        ]
    }

    private func cells(_ name: String, _ score: MatchScore, _ speed: Double?) -> [String] {
        let counts = [
            score.truePositives, score.falseNegatives, score.falsePositives, score.duplicates,
            score.ignored, score.late,
        ]
        return [name] + counts.map(String.init) + [
            number(score.precision, digits: 3),
            number(score.recall, digits: 3),
            number(score.f1, digits: 3),
            number(score.startErrorMedian, digits: 2),
            number(score.delayMedian, digits: 2),
            number(score.falsePerHour, digits: 1),
            number(score.hours, digits: 4),
            number(speed, digits: 1) + (speed == nil ? "" : "x"),
        ]
    }

    private func number(_ value: Double?, digits: Int) -> String {
        value.map { String(format: "%.\(digits)f", $0) } ?? "-"
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: widths[index] - cell.count)
            text += index == 0 ? cell + padding : "  " + padding + cell
        }
        return text
    }
}
