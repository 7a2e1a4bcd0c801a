import ArgumentParser
import Evaluation
import Foundation
import Scene

/// Measures how alerts stand up to disturbances of the picture.
struct TuneRobustness: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robustness",
        abstract: "Tells which alerts of clips change when the picture is disturbed.",
        discussion: """
            Each folder holds a video and a truth.json (docs/evaluation.md). Every clip is analysed \
            as it is and under each disturbance: other gain, gamma or light, shake, noise, a \
            shadow, somebody in the way, lost frames, coarse coding, half the frames, time \
            reversed. Then the alerts are compared: the same are those in the same zone and place \
            whose start and time differ by three seconds at most (docs/robustness.md).

            Prints a line for each alert that changed, and a table. A folder without a zone of the \
            kinds that are watched is passed over; one that cannot be run is named on standard \
            error and makes the exit status 1, and so does --minimum where a share is lower.

            Example:
              patrol tune robustness clips/* --only gain --only shake --markdown table.md
            """
    )

    @Option(help: ArgumentHelp("Write everything into this file.", valueName: "file"))
    var json: String?

    @Option(
        help: ArgumentHelp(
            "Write the tables into this file: between its marks, or anew where it is missing.",
            valueName: "file"
        )
    )
    var markdown: String?

    @Option(
        help: ArgumentHelp(
            "Write a picture of each clip under each disturbance into this folder.",
            valueName: "folder"
        )
    )
    var pictures: String?

    @Option(
        help: ArgumentHelp(
            "Clips analysed at once; as many as the machine has cores unless given.",
            valueName: "number"
        )
    )
    var jobs: Int?

    @Option(help: ArgumentHelp("Only this disturbance; may be given again.", valueName: "name"))
    var only: [Disturbance] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Watch zones of this kind; may be given again. Without it: \(usualKinds).",
            valueName: "kind"
        )
    )
    var kinds: [ZoneKind] = []

    @Option(
        help: ArgumentHelp(
            "Fail where the share of equal cases or of same events is below this, 0 to 100.",
            valueName: "percent"
        )
    )
    var minimum: Double?

    @Argument(help: ArgumentHelp("Folders with a video and a truth.json.", valueName: "folder"))
    var folders: [String]

    private static let usualKinds = RobustnessSuite.usualKinds.map(\.rawValue).sorted()
        .joined(separator: ", ")

    func validate() throws {
        guard !folders.isEmpty else {
            throw ValidationError("Name at least one folder.")
        }
        if let jobs, !(1...256).contains(jobs) {
            throw ValidationError("--jobs \(jobs): give a number from 1 to 256.")
        }
        if let minimum, !(0...100).contains(minimum) {
            throw ValidationError("--minimum \(minimum): give a number from 0 to 100.")
        }
    }

    func run() throws {
        let suite = RobustnessSuite(
            folders: folders.map { URL(fileURLWithPath: $0, isDirectory: true) },
            kinds: kinds.isEmpty ? RobustnessSuite.usualKinds : Set(kinds),
            disturbances: only.isEmpty
                ? Disturbance.allCases : Disturbance.allCases.filter(only.contains),
            pictures: pictures.map { URL(fileURLWithPath: $0, isDirectory: true) }
        )
        let report = suite.run(
            workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
            progress: Self.tell
        )
        for line in report.clips.flatMap(\.changes) { Console.output(line) }
        Console.output("\(report.text)\n\(report.closing)")
        try write(report)
        let hasEnough = reachesMinimum(report)
        if !report.failures.isEmpty {
            Console.error("error: \(report.failures.count) folders could not be run")
        }
        if report.clips.isEmpty, report.failures.isEmpty {
            Console.error("error: no folder has a zone of the kinds that are watched")
        }
        if !hasEnough || !report.failures.isEmpty || report.clips.isEmpty {
            throw ExitCode.failure
        }
    }

    private static func tell(_ progress: RobustnessSuite.Progress) {
        let count = progress.clip.map { clip in
            "\(clip.undisturbed.count) alerts, "
                + "\(clip.cases.count(where: \.isEqual)) of \(clip.cases.count) cases equal"
        }
        let result = progress.failure == nil ? count ?? "no zone is watched" : "failed"
        Console.error("\(progress.done)/\(progress.total) \(progress.name): \(result)")
        if let failure = progress.failure { Console.error("error: \(failure)") }
        if let warning = progress.clip?.warning { Console.error("warning: \(warning)") }
    }

    private func write(_ report: RobustnessReport) throws {
        do {
            if let json {
                try report.json().write(to: URL(fileURLWithPath: json), options: .atomic)
            }
            if let markdown {
                try MarkedSection.write(report.markdown, into: URL(fileURLWithPath: markdown))
            }
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    /// Tells of a share below the bound, 95 % where none is given; only a bound that is given
    /// counts.
    private func reachesMinimum(_ report: RobustnessReport) -> Bool {
        let bound = minimum ?? 95
        let tally = report.tally()
        let isEnough = min(tally.caseShare, tally.eventShare) * 100 >= bound
        if !isEnough {
            Console.error("\(minimum == nil ? "warning" : "error"): a share is below \(bound) %")
        }
        return isEnough || minimum == nil
    }
}
