import Alerts
import ArgumentParser
import Foundation
import Media
import Pipeline
import Scene
import Site

/// Scores recordings, faster than they were recorded.
struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds the alerts of recordings, faster than real time.",
        discussion: """
            Writes into the output folder:

              alerts.jsonl    one event a line, in the order of the videos and of their time: of alerts,
                              and of cameras that see badly
              evidence/       a picture of every event, with the zone and the object drawn in
              summary.csv     one line for each video: how long, how fast, how many alerts
              alerts.sqlite   the queue, for `patrol queue`

            The same videos and site file give the same alerts, whatever the number of workers. \
            A run that was stopped can simply be started again: nothing is lost and nothing \
            repeated. A video that cannot be read is named on standard error, the others are \
            scored all the same, and the exit status is 1.

            Each video must belong to a camera of the site: the one given by --camera, the only \
            one there is, or the one whose id the file's name begins with (gate-monday.mp4) or its \
            folder is named by (gate/monday.mp4).

            Examples:
              patrol score --site site.yaml --output out gate-monday.mp4
              patrol score --site site.yaml --output out --camera gate \\
                  --start-time 2026-03-01T14:00:00+08:00 monday.mkv
              patrol score --site site.yaml --output out --workers 8 archive/*/*.mp4
            """
    )

    @Option(help: ArgumentHelp("The site file: cameras and zones.", valueName: "file"))
    var site: String

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Folder for the results, made where it is missing.", valueName: "folder")
    )
    var output: String

    @Option(help: ArgumentHelp("The camera that all videos are from.", valueName: "id"))
    var camera: String?

    @Option(
        help: ArgumentHelp(
            "When the video began, with offset, such as 2026-03-01T14:00:00+08:00.",
            discussion: "For one video only. Without it: startTime of the camera in the site "
                + "file, else the time in the file, else not known.",
            valueName: "time"
        )
    )
    var startTime: StartTime?

    @Option(
        help: ArgumentHelp(
            "Videos scored at once; as many as the machine has cores unless given.",
            valueName: "number"
        )
    )
    var workers: Int?

    @Argument(help: ArgumentHelp("The recordings.", valueName: "video"))
    var videos: [String]

    func validate() throws {
        guard !videos.isEmpty else {
            throw ValidationError("Name at least one video.")
        }
        if let workers, !(1...256).contains(workers) {
            throw ValidationError("--workers \(workers): give a number from 1 to 256.")
        }
        if startTime != nil, videos.count > 1 {
            throw ValidationError(
                "--start-time is for one video, and \(videos.count) are given; score them one by "
                    + "one into the same folder."
            )
        }
    }

    func run() throws {
        let signals = StopSignals()
        let site = try SiteLoading.load(self.site)
        let videos = chosen(from: site)
        let display = ScoreDisplay(
            videos: videos.map(\.path),
            line: AlertLine(timeZone: SiteLoading.timeZone(of: site), folder: output)
        )
        guard let run = start(videos, of: site, signals, display) else { throw ExitCode.failure }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let isDone = Self.told { try run.run(workers: workers ?? cores) }
        display.conclude(folder: output)
        let isSummed = Self.told { try run.writeSummary() }
        guard isDone, isSummed else { throw ExitCode.failure }
        if let stopped = signals.exitCode {
            Console.error("stopped; run the same command again to go on, nothing found is lost")
            throw stopped
        }
        guard run.results.allSatisfy(\.outcome.isComplete) else { throw ExitCode.failure }
    }

    private func start(
        _ videos: [ScoreVideo],
        of site: SiteConfiguration,
        _ signals: StopSignals,
        _ display: ScoreDisplay
    ) -> ScoreRun? {
        var run: ScoreRun?
        _ = Self.told {
            run = try ScoreRun(
                videos: videos,
                site: site,
                folder: output,
                startTime: startTime?.instant,
                cancellation: signals.cancellation
            ) { display.show($0) }
        }
        return run
    }

    /// The videos with their cameras, each once.
    private func chosen(from site: SiteConfiguration) -> [ScoreVideo] {
        var seen: Set<String> = []
        return videos.compactMap { path in
            guard seen.insert(URL(fileURLWithPath: path).standardizedFileURL.path).inserted else {
                Console.error("warning: \(path) is given twice and scored once")
                return nil
            }
            let address = Media.SourceAddress(path)
            if address.isLive {
                let error = PipelineError(
                    .invalidInput,
                    "\(address) is a live source; watch it with patrol run"
                )
                return ScoreVideo(path: "\(address)", camera: .failure(error))
            }
            do throws(PipelineError) {
                let requested = camera.map { CameraID(rawValue: $0) }
                let camera = try CameraMatching.camera(of: path, requested: requested, in: site)
                return ScoreVideo(path: path, camera: .success(camera))
            } catch {
                return ScoreVideo(path: path, camera: .failure(error))
            }
        }
    }

    /// Whether something succeeds; where it does not, the error is printed.
    private static func told(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch {
            Console.error("error: \(error)")
            return false
        }
    }
}
