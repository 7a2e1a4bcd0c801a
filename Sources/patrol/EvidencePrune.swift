import Alerts
import ArgumentParser
import Scene

/// Removes evidence that is old or takes too much room.
struct EvidencePrune: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Removes old evidence of reported alerts now; run does so every hour by itself."
    )

    @OptionGroup var folder: EvidenceFolder

    @Option(help: ArgumentHelp("Days that are kept, 1 to 3660.", valueName: "days"))
    var keepDays = 180

    @Option(help: ArgumentHelp("Gigabytes that are kept, 1 to 1000000.", valueName: "number"))
    var keepGigabytes = 50

    func validate() throws {
        guard (1...3660).contains(keepDays), (1...1_000_000).contains(keepGigabytes) else {
            throw ValidationError("--keep-days: 1 to 3660; --keep-gigabytes: 1 to 1000000.")
        }
    }

    func run() throws {
        let done = try Evidence.told {
            let store = try Queue.open(folder.data)
            return try EvidenceChain(folder: folder.data).prune(
                olderThan: .seconds(Double(keepDays) * 86_400),
                over: Int64(keepGigabytes) << 30,
                store: store,
                now: Queue.now
            )
        }
        Console.output(
            "\(done.alerts) alerts, \(done.files) files, \(done.bytes) bytes removed; "
                + "\(done.keptBytes) bytes kept"
                + (done.isOver ? ", which is too much: the rest is of unreported alerts" : "")
        )
    }
}
