import Alerts
import ArgumentParser
import Detection
import Evaluation
import Foundation
import Pipeline
import Scene

/// Lets a site learn from what its dispatchers made of its alerts.
struct ModelAdapt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapt",
        abstract: "Learns from alerts that dispatchers confirmed or rejected.",
        discussion: """
            Fits a layer on top of the network's features to verdicts, at least \
            \(SiteAdaptation.fewest) of each kind, and weighs it on alerts held out. It takes the \
            place of the present one only where it is better there and holds back no more than one \
            confirmed alert in fifty. The service uses it from its next start; --roll-back goes \
            back by one.

            The file of verdicts has a JSON object a line:
              {"id": "<alert id>", "verdict": "confirmed"}   or "rejected"

            Example:
              patrol model adapt --data /var/lib/patrol --verdicts verdicts.jsonl
            """
    )

    @Option(help: ArgumentHelp("Folder that run has written.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("What became of the alerts.", valueName: "file"))
    var verdicts: String?

    @Flag(name: .customLong("roll-back"), help: "Go back to the layer before the present one.")
    var rollBack = false

    @Flag(name: .customLong("dry-run"), help: "Weigh the new layer and change nothing.")
    var dryRun = false

    @Argument(help: ArgumentHelp("own, or the path of an ONNX file.", valueName: "model"))
    var model = "own"

    func validate() throws {
        guard rollBack != (verdicts != nil) else {
            throw ValidationError("Give either --verdicts or --roll-back.")
        }
    }

    func run() throws {
        do {
            let files = SiteLayerFiles(data: data)
            if let verdicts {
                try adapt(files, verdicts)
            } else if let layer = try files.rollBack() {
                Console.output("layer \(layer.number) is in force from the next start on")
            } else {
                Console.output("the layer as shipped is in force from the next start on")
            }
        } catch let error as ExitCode {
            throw error
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    private func adapt(_ files: SiteLayerFiles, _ verdicts: String) throws {
        let identity = try ModelCommand.load(model).identity
        let judged = try JudgedAlerts(
            verdicts: Self.text(verdicts),
            file: verdicts,
            store: try Queue.open(data)
        )
        let fitting = judged.alerts.filter {
            $0.features.model == identity && $0.features.version == ObjectFeatures.version
        }
        tell(judged, fitting: fitting.count)
        let count = fitting.first?.features.hundredths.count ?? 0
        let stored = try files.present()
        let usable = stored.flatMap { layer in
            layer.model == identity && layer.weights.count == count ? layer : nil
        }
        var present = usable ?? .shipped(model: identity, features: count)
        present.number = stored?.number ?? 0
        let adaptation = SiteAdaptation(
            alerts: fitting.filter { $0.features.hundredths.count == count }.map {
                SiteAdaptation.Judged(
                    id: $0.id,
                    features: $0.features.values,
                    isConfirmed: $0.isConfirmed
                )
            },
            present: present
        )
        show(adaptation)
        switch adaptation.decision {
        case .keep(let reason):
            Console.output("the present layer stays: \(reason)")
        case .replace(let layer) where dryRun:
            Console.output("layer \(layer.number) would be put in force; nothing was changed")
        case .replace(let layer):
            try files.install(layer)
            Console.output("layer \(layer.number) is in force from the next start on")
        }
    }

    private func tell(_ judged: JudgedAlerts, fitting: Int) {
        if judged.unknown > 0 {
            Console.error("warning: \(judged.unknown) verdicts are on alerts that are not here")
        }
        if judged.withoutFeatures > 0 {
            Console.error(
                "warning: \(judged.withoutFeatures) alerts were not looked at by a network"
            )
        }
        if judged.alerts.count > fitting {
            Console.error(
                "warning: \(judged.alerts.count - fitting) alerts were looked at by another network"
            )
        }
    }

    private func show(_ adaptation: SiteAdaptation) {
        Console.output(
            "judged alerts: \(adaptation.confirmed) confirmed, \(adaptation.rejected) rejected"
        )
        guard let present = adaptation.present, let fitted = adaptation.fitted else { return }
        var table = TextTable(
            header: ["LAYER", "LOSS", "RANKING", "CONFIRMED HELD BACK", "REJECTED HELD BACK"]
        )
        for (name, figures) in [("present", present), ("new, held out", fitted)] {
            table.add([
                name, String(format: "%.3f", figures.loss), String(format: "%.3f", figures.ranking),
                "\(figures.confirmedHeldBack)", "\(figures.rejectedHeldBack)",
            ])
        }
        Console.output(table.text)
    }

    private static func text(_ path: String) throws -> String {
        do {
            return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        } catch {
            throw PipelineError(
                .invalidInput,
                "\(path): cannot be read as UTF-8 text; give the file of verdicts",
                cause: error
            )
        }
    }
}
