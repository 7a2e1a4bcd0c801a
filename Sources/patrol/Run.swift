import Alerts
import ArgumentParser
import Foundation
import Logging
import Pipeline
import Scene
import Site

/// Watches the cameras of a site until it is told to stop.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Watches the cameras of a site, live, until it is stopped.",
        discussion: """
            Every camera of the site file is watched at once. A camera that is lost is tried \
            again after 1 to 60 seconds, for ever; it disturbs no other. A camera whose source is \
            a file is played at the pace of life and done at its end; when all cameras are done, \
            the command ends.

            Writes into the data folder what `patrol score` writes: alerts.jsonl, evidence/ and \
            alerts.sqlite; and state/, from which a live camera goes on after a restart. SIGTERM and SIGINT (Ctrl-C) end it cleanly within 5 seconds. What goes \
            on is logged on standard error, alerts and faults of cameras are printed on \
            standard output.

            Examples:
              patrol run --site site.yaml --data /var/lib/patrol
              CAMERA_PASSWORD=... patrol run --site site.yaml --data /var/lib/patrol
            """
    )

    @Option(help: ArgumentHelp("The site file: cameras and zones.", valueName: "file"))
    var site: String

    @Option(
        help: ArgumentHelp("Folder for the results, made where it is missing.", valueName: "folder")
    )
    var data: String

    @Option(
        help: ArgumentHelp(
            "When cameras that are files began, with offset, such as 2026-03-01T14:00:00+08:00.",
            valueName: "time"
        )
    )
    var startTime: StartTime?

    @Option(
        help: ArgumentHelp(
            "How many times faster than life cameras that are files are played.",
            valueName: "number"
        )
    )
    var replaySpeed = 1.0

    @Option(
        help: ArgumentHelp(
            "Seconds between two checkpoints of a live camera's state, 1 to 3600.",
            valueName: "seconds"
        )
    )
    var checkpointInterval = 60.0

    @Option(
        help: ArgumentHelp(
            "The least urgent messages to log: debug, info, warning or error.",
            valueName: "level"
        )
    )
    var logLevel = LogLevel.info

    /// Levels that people choose from.
    enum LogLevel: String, ExpressibleByArgument, CaseIterable {
        case debug
        case info
        case warning
        case error
    }

    func validate() throws {
        guard replaySpeed >= 0.01, replaySpeed <= 1000 else {
            throw ValidationError("--replay-speed \(replaySpeed): give a number from 0.01 to 1000.")
        }
        guard checkpointInterval >= 1, checkpointInterval <= 3600 else {
            throw ValidationError(
                "--checkpoint-interval \(checkpointInterval): give seconds from 1 to 3600."
            )
        }
    }

    func run() throws {
        let signals = StopSignals()
        let written = SiteLoading.timeOfWriting(self.site)
        let site = try SiteLoading.load(self.site)
        var logger = Logger(label: "patrol") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: logLevel.rawValue) ?? .info
        let line = AlertLine(timeZone: SiteLoading.timeZone(of: site), folder: data)
        let watch: SiteWatch
        do {
            watch = try SiteWatch(
                site: site,
                folder: data,
                environment: ProcessInfo.processInfo.environment,
                startTime: startTime?.instant,
                replaySpeed: replaySpeed,
                checkpointInterval: .seconds(checkpointInterval),
                siteFileWritten: written,
                cancellation: signals.cancellation,
                logger: logger
            ) { Console.output(line.text($0.common)) }
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
        let endings = watch.run()
        if endings.count < site.cameras.count {
            logger.warning("some cameras did not stop in time and were left")
        }
        if let stopped = signals.exitCode { throw stopped }
        guard endings.values.allSatisfy({ $0 == .recordingOver }) else { throw ExitCode.failure }
    }
}
