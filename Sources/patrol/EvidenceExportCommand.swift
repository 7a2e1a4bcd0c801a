import Alerts
import ArgumentParser

/// Copies evidence with all that is needed to check it.
struct EvidenceExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Copies evidence into a folder that verify can check anywhere."
    )

    @OptionGroup var folder: EvidenceFolder

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Folder to make.", valueName: "folder")
    )
    var output: String

    @Option(help: ArgumentHelp("Only from this time on, with offset.", valueName: "time"))
    var from: StartTime?

    @Option(help: ArgumentHelp("Only before this time, with offset.", valueName: "time"))
    var to: StartTime?

    @Argument(help: ArgumentHelp("The alert's id, or how it begins.", valueName: "id"))
    var id: String?

    func validate() throws {
        guard id != nil || from != nil || to != nil else {
            throw ValidationError("Name an alert, or give --from or --to.")
        }
    }

    func run() throws {
        let selection = EvidenceExport.Selection(alert: id, from: from?.instant, to: to?.instant)
        let done = try Evidence.told {
            try EvidenceExport(selection, from: folder.data, to: output)
        }
        for file in done.removed { Console.error("warning: \(file) is no longer there") }
        Console.output(
            "\(done.subjects.count) alerts, \(done.files) files in \(output); check with "
                + "patrol evidence verify --data \(output) --public-key …"
        )
    }
}
