import Alerts
import ArgumentParser

/// Gives an alert back.
struct QueueRelease: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Gives a claimed alert back, for anybody to claim."
    )

    @OptionGroup var who: QueueActor

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason: String?

    @Argument(help: ArgumentHelp("The claim, or the alert's id or how it begins.", valueName: "id"))
    var id: String

    func run() throws {
        try who.change { store, now in
            let claim = try Queue.claim(id, in: store)
            try store.release(claim: claim, by: who.by, reason: reason, now: now)
        }
    }
}
