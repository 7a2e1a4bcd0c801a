import Alerts
import ArgumentParser

/// Tells that orders have gone out.
struct QueueAck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Tells that the orders of claimed alerts have gone out.",
        discussion: "With one that is refused, none is acknowledged."
    )

    @OptionGroup var who: QueueActor

    @Argument(help: ArgumentHelp("Claims, or ids of alerts or how they begin.", valueName: "id"))
    var ids: [String]

    func run() throws {
        try who.change { store, now in
            let claims = try ids.map { try Queue.claim($0, in: store) }
            try store.acknowledge(claims: claims, by: who.by, now: now)
        }
    }
}
