import Alerts
import ArgumentParser

/// Keeps what an alert came to.
struct QueueReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Keeps what an alert came to; a later verdict takes the place of an earlier one."
    )

    @OptionGroup var who: QueueActor

    @Option(help: ArgumentHelp("What was found, in words.", valueName: "words"))
    var text: String?

    @Argument(help: ArgumentHelp("The alert's id, or how it begins.", valueName: "id"))
    var id: String

    @Argument(
        help: ArgumentHelp("confirmed, false, duplicate or out_of_scope.", valueName: "verdict")
    )
    var verdict: String

    func validate() throws {
        guard Verdict(rawValue: verdict) != nil else {
            throw ValidationError(
                "\"\(verdict)\" is no verdict: give confirmed, false, duplicate or out_of_scope."
            )
        }
    }

    func run() throws {
        guard let verdict = Verdict(rawValue: verdict) else { return }
        try who.change { store, now in
            try store.report(
                alert: Queue.alert(id, in: store),
                verdict,
                text: text,
                by: who.by,
                now: now
            )
        }
    }
}
