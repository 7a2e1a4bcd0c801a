import ArgumentParser
import Evaluation
import Foundation

/// Measures the alerts of clips whose events are known.
struct TuneEvaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures how well alerts agree with what is known to happen in clips.",
        discussion: """
            Each folder holds a video and a truth.json, which names the zones and the events in it \
            (docs/evaluation.md). Detection and rules run with their usual settings; the truth \
            gives them the zones and their dwell times, nothing else.

            Prints a line for each clip, for each kind of zone and for all together, and writes \
            into the output folder:

              report.json             all figures
              CLIP/alerts.jsonl       the alerts of a clip
              CLIP/decisions.jsonl    what became of each, and the events that were missed

            A folder that cannot be evaluated is named on standard error, the others are \
            evaluated all the same, and the exit status is 1; so it is where --minimum-f1 is not \
            reached.

            Example:
              patrol tune evaluate clips/* --output results --minimum-f1 0.6
            """
    )

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Folder for the results, made where it is missing.", valueName: "folder")
    )
    var output: String

    @Option(
        name: .customLong("minimum-f1"),
        help: ArgumentHelp(
            "Fail where the F1 of all clips together is below this, 0 to 1.",
            valueName: "number"
        )
    )
    var minimumF1: Double?

    @Option(
        help: ArgumentHelp(
            "Videos analysed at once; as many as the machine has cores unless given.",
            valueName: "number"
        )
    )
    var workers: Int?

    @Option(
        help: ArgumentHelp(
            "The network that looks at what is found: none, own, or the path of an ONNX file.",
            valueName: "model"
        )
    )
    var model = "own"

    @Argument(help: ArgumentHelp("Folders with a video and a truth.json.", valueName: "folder"))
    var folders: [String]

    func validate() throws {
        guard !folders.isEmpty else {
            throw ValidationError("Name at least one folder.")
        }
        if let workers, !(1...256).contains(workers) {
            throw ValidationError("--workers \(workers): give a number from 1 to 256.")
        }
        if let minimumF1, !(0...1).contains(minimumF1) {
            throw ValidationError("--minimum-f1 \(minimumF1): give a number from 0 to 1.")
        }
    }

    func run() throws {
        let report = try evaluate()
        Console.output("\(EvaluationTable(report))")
        Console.output("results in \(output)")
        let hasEnough = reachesMinimum(report.total.f1)
        if !report.failures.isEmpty {
            let count = report.failures.count
            Console.error(
                "error: \(count) of \(count + report.clips.count) folders could not be evaluated"
            )
        }
        if !hasEnough || !report.failures.isEmpty { throw ExitCode.failure }
    }

    private func evaluate() throws -> EvaluationReport {
        let model = try ModelCommand.choose(model)
        do throws(EvaluationError) {
            return try FolderEvaluation.run(
                folders: folders.map { URL(fileURLWithPath: $0, isDirectory: true) },
                output: URL(fileURLWithPath: output, isDirectory: true),
                workers: workers ?? ProcessInfo.processInfo.activeProcessorCount,
                analyse: FolderEvaluation.product(model: model),
                progress: Self.tell
            )
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    private static func tell(_ progress: FolderEvaluation.Progress) {
        Console.error("\(progress.done)/\(progress.total) \(progress.name)")
        if let failure = progress.failure { Console.error("error: \(failure)") }
        if let warning = progress.warning { Console.error("warning: \(warning)") }
    }

    private func reachesMinimum(_ f1: Double?) -> Bool {
        guard let minimumF1 else { return true }
        guard let f1 else {
            Console.error("error: no event and no alert in any clip, so F1 is not defined")
            return false
        }
        guard f1 < minimumF1 else { return true }
        Console.error(
            "error: F1 is \(String(format: "%.3f", f1)), below --minimum-f1 \(minimumF1)"
        )
        return false
    }
}
