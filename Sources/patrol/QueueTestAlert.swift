import Alerts
import ArgumentParser
import Foundation
import Scene
import Sinks
import Site

/// Tries the ways out of the house.
struct QueueTestAlert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-alert",
        abstract: "Sends an alert that is marked as a test through every sink of a site.",
        discussion: """
            Its type is smartpatrol.test.opened.v1, and it has "test":true. It never comes into \
            the queue: nobody can claim it, and no figure counts it. Each sink is tried once. Exit \
            status 1 where it did not arrive at one of them.

            Example:
              patrol queue test-alert --site site.yaml
            """
    )

    @Option(help: ArgumentHelp("The site file.", valueName: "file"))
    var site: String

    @Option(
        help: ArgumentHelp(
            "Folder in which test-alert.jsonl gets what is sent.",
            valueName: "folder"
        )
    )
    var out: String?

    @Flag(help: "Print the outcome of each sink as JSON, one a line.")
    var json = false

    /// One line of the outcome.
    private struct Line: Encodable {
        var sink: String
        var sort: String
        var arrived: Bool
        var milliseconds: Int
        var failure: String?
    }

    func run() throws {
        let site = try SiteLoading.load(self.site)
        let trial = SinkTrial(
            site: site,
            environment: ProcessInfo.processInfo.environment,
            now: Queue.now
        )
        var lines: [Line] = []
        if let out { lines.append(write(trial.event, into: out)) }
        lines += trial.run().map { outcome in
            Line(
                sink: outcome.sink,
                sort: outcome.sort,
                arrived: outcome.failure == nil,
                milliseconds: Int((outcome.seconds * 1000).rounded()),
                failure: outcome.failure
            )
        }
        guard !lines.isEmpty else {
            Console.error("error: \(self.site) has no sinks; write them under the key sinks")
            throw ExitCode.failure
        }
        try show(lines)
        guard lines.allSatisfy(\.arrived) else { throw ExitCode.failure }
    }

    /// Writes the alert into a file, a line as in the log of alerts.
    private func write(_ event: String, into folder: String) -> Line {
        let begin = ContinuousClock.now
        var line = Line(sink: "file", sort: "jsonl", arrived: true, milliseconds: 0)
        let url = URL(fileURLWithPath: folder, isDirectory: true)
            .appendingPathComponent("test-alert.jsonl")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data((event + "\n").utf8).write(to: url, options: .atomic)
        } catch {
            line.arrived = false
            line.failure = "cannot write \(url.path): \((error as NSError).localizedDescription)"
        }
        line.milliseconds = Int(((ContinuousClock.now - begin) / .milliseconds(1)).rounded())
        return line
    }

    private func show(_ lines: [Line]) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            for line in lines {
                Console.output(String(decoding: try encoder.encode(line), as: UTF8.self))
            }
            return
        }
        var table = TextTable(header: ["SINK", "SORT", "ARRIVED", "AFTER", "WHY NOT"])
        for line in lines {
            table.add([
                line.sink, line.sort, line.arrived ? "yes" : "no", "\(line.milliseconds) ms",
                line.failure ?? "",
            ])
        }
        Console.output(table.text)
    }
}
