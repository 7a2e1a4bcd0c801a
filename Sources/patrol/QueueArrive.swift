import Alerts
import ArgumentParser

/// Tells that somebody is on the spot.
struct QueueArrive: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrive",
        abstract: "Tells that somebody is on the spot of an alert."
    )

    @OptionGroup var who: QueueActor

    @Argument(help: ArgumentHelp("The alert's id, or how it begins.", valueName: "id"))
    var id: String

    func run() throws {
        try who.change { store, now in
            try store.arrive(alert: Queue.alert(id, in: store), by: who.by, now: now)
        }
    }
}
