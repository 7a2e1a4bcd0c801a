import Alerts
import ArgumentParser

/// Puts an alert back into the queue.
struct QueueRetry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Puts an alert that is dead, expired or covered back into the queue."
    )

    @OptionGroup var who: QueueActor

    @Argument(help: ArgumentHelp("The alert's id, or how it begins.", valueName: "id"))
    var id: String

    func run() throws {
        try who.change { store, now in
            try store.retry(alert: Queue.alert(id, in: store), by: who.by, now: now)
        }
    }
}
