import Alerts
import ArgumentParser
import Scene

/// Holds an alert longer.
struct QueueExtend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Holds a claimed alert longer, and prints until when."
    )

    @OptionGroup var who: QueueActor

    @Option(help: ArgumentHelp("How long from now on, 1 to 3600.", valueName: "seconds"))
    var lease: Double?

    @Argument(help: ArgumentHelp("The claim, or the alert's id or how it begins.", valueName: "id"))
    var id: String

    func run() throws {
        let until = try who.change { store, now in
            try store.extend(
                claim: Queue.claim(id, in: store),
                by: who.by,
                lease: lease.map { MediaSpan.seconds($0) },
                now: now
            )
        }
        Console.output(until.rfc3339)
    }
}
