import Alerts
import ArgumentParser
import Foundation
import Scene

/// Shows how the hand-over goes.
struct QueueStats: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Shows how deadlines were kept, how long it took, and what the verdicts say.",
        discussion: """
            Deadlines count for alerts of live cameras. Stages are in seconds from the frame \
            that decided. Precision is confirmed over confirmed and false.
            """
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "Time zone of the hours of the day, such as Asia/Shanghai.",
            valueName: "name"
        )
    )
    var timeZone = "UTC"

    @Flag(help: "Print all figures as one line of JSON.")
    var json = false

    func validate() throws {
        guard TimeZone(identifier: timeZone) != nil else {
            throw ValidationError("--time-zone \(timeZone): give a name such as Asia/Shanghai.")
        }
    }

    func run() throws {
        let store = try Queue.open(data)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
        let figures = try Queue.reading {
            try store.statistics(now: Queue.now) { instant in
                let seconds = Double(instant.microseconds) / 1_000_000
                return calendar.component(.hour, from: Date(timeIntervalSince1970: seconds))
            }
        }
        if json { return Console.output(figures.jsonLine()) }
        let tables = [
            Self.states(figures), Self.deadlines(figures), Self.stages(figures),
            Self.precision(figures), Self.counters(figures), Self.evictions(figures),
        ]
        Console.output(tables.compactMap { $0?.text }.joined(separator: "\n\n"))
    }

    private static func states(_ figures: QueueStatistics) -> TextTable? {
        var table = TextTable(header: ["STATE", "ALERTS"])
        for state in HandoverState.allCases {
            if let count = figures.states[state] { table.add([state.rawValue, "\(count)"]) }
        }
        return table
    }

    private static func deadlines(_ figures: QueueStatistics) -> TextTable? {
        var table = TextTable(header: ["DEADLINE", "KEPT", "MISSED", "SHARE"])
        for deadline in figures.deadlines {
            table.add([
                deadline.name, "\(deadline.kept)", "\(deadline.missed)", percent(deadline.share),
            ])
        }
        return table
    }

    private static func stages(_ figures: QueueStatistics) -> TextTable? {
        var table = TextTable(header: ["STAGE", "ALERTS", "P50", "P90", "P99", "MAX"])
        for stage in figures.stages {
            table.add(
                [stage.name, "\(stage.count)"]
                    + [stage.p50, stage.p90, stage.p99, stage.maximum].map {
                        String(format: "%.3f", $0)
                    }
            )
        }
        return figures.stages.isEmpty ? nil : table
    }

    private static func precision(_ figures: QueueStatistics) -> TextTable? {
        var table = TextTable(
            header: ["BY", "VALUE", "CONFIRMED", "FALSE", "DUPLICATE", "OUT OF SCOPE", "PRECISION"]
        )
        for part in figures.precisions {
            table.add(
                [part.by, part.value]
                    + Verdict.allCases.map { "\(part.verdicts[$0] ?? 0)" }
                    + [percent(part.precision)]
            )
        }
        return figures.precisions.isEmpty ? nil : table
    }

    private static func counters(_ figures: QueueStatistics) -> TextTable? {
        var table = TextTable(header: ["COUNTER", "VALUE"])
        table.add(["events", "\(figures.events)"])
        for counter in QueueCounter.allCases {
            table.add([counter.rawValue, "\(figures.counters[counter] ?? 0)"])
        }
        return table
    }

    private static func evictions(_ figures: QueueStatistics) -> TextTable? {
        var table = TextTable(
            header: ["REMOVED FOR", "KIND", "SEVERITY", "STATE", "ALERTS", "EVENTS", "UNREAD"]
        )
        for eviction in figures.evictions {
            table.add([
                eviction.reason, eviction.kind, eviction.severity.rawValue,
                eviction.state.rawValue, "\(eviction.matters)", "\(eviction.events)",
                "\(eviction.unread)",
            ])
        }
        return figures.evictions.isEmpty ? nil : table
    }

    private static func percent(_ share: Double?) -> String {
        share.map { String(format: "%.1f %%", $0 * 100) } ?? "-"
    }
}
