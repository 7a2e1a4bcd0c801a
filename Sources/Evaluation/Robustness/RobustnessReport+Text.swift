internal import Foundation

extension RobustnessReport {
    private static let head = [
        "disturbance", "events", "same", "moved", "lost", "new", "share", "equal cases", "share",
        "undecided",
    ]

    /// The counts as Markdown: a table by disturbance, and one of the clips that changed.
    public var markdown: String {
        var lines = Self.table(Self.head, rows)
        lines += ["", closing, ""]
        let changed = clips.filter { clip in !clip.cases.allSatisfy(\.isEqual) }
        lines += Self.table(
            ["clip", "alerts", "disturbed at", "not the same under"],
            changed.map { clip in
                [
                    clip.name, "\(clip.undisturbed.count)", Self.seconds(clip.moment),
                    clip.cases.filter { !$0.isEqual }.map(\.disturbance.rawValue)
                        .joined(separator: ", "),
                ]
            }
        )
        return lines.map { $0 + "\n" }.joined()
    }

    /// The counts as aligned plain text, a line a disturbance and the total.
    public var text: String {
        let table = [Self.head] + rows
        let widths = Self.head.indices.map { column in
            table.map { $0[column].count }.max() ?? 0
        }
        let lines = table.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }
            .joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }

    /// How many clips and cases there are and what share of them stayed the same.
    public var closing: String {
        let tally = tally()
        return "\(clips.count) clips, \(tally.cases) cases: \(Self.percent(tally.caseShare)) of "
            + "the cases equal, \(Self.percent(tally.eventShare)) of the events the same."
    }

    private var rows: [[String]] {
        disturbances.map { Self.row($0.title, tally(of: $0)) } + [Self.row("all", tally())]
    }

    private static func row(_ name: String, _ tally: Tally) -> [String] {
        [
            name, "\(tally.events)", "\(tally.kept)", "\(tally.moved)", "\(tally.lost)",
            "\(tally.new)", percent(tally.eventShare), "\(tally.equalCases) of \(tally.cases)",
            percent(tally.caseShare), "\(tally.undecided)",
        ]
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let rule = head.indices.map { $0 == 0 ? "---" : "---:" }
        return ([head, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    static func percent(_ share: Double) -> String {
        // Rounded down, so that a share below a bound never reads as the bound.
        String(format: "%.1f %%", (share * 1000).rounded(.down) / 10)
    }

    static func seconds(_ value: Double) -> String {
        String(format: "%.1f s", value)
    }
}

extension RobustnessReport.Clip {
    /// A line for each alert that did not stay the same: clip, disturbance, zone, times, box.
    public var changes: [String] {
        cases.flatMap { result in
            let place = "\(name) \(result.disturbance.rawValue)"
            return result.lost.map { "lost   \(place) \(Self.words($0))" }
                + result.moved.map {
                    "moved  \(place) \(Self.words($0.expected)) -> \(Self.words($0.found))"
                }
                + result.new.map { "new    \(place) \(Self.words($0))" }
                + result.undecided.map { "late?  \(place) \(Self.words($0))" }
        }
    }

    private static func words(_ alert: ScoredAlert) -> String {
        let start = alert.start.map { ", since \(RobustnessReport.seconds($0))" } ?? ""
        let box = alert.box.map { box in
            let edges = [box.x, box.y, box.width, box.height].map { "\(Int($0.rounded()))" }
            return " [\(edges.joined(separator: ", "))]"
        }
        return "\(alert.zone) at \(RobustnessReport.seconds(alert.time))\(start)\(box ?? "")"
    }
}
