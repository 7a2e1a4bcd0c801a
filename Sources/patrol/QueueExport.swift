import Alerts
import ArgumentParser

/// Prints the log, or what happened to the alerts.
struct QueueExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Prints all events as JSON, one a line, or all that happened to alerts."
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("Only what follows this sequence or number.", valueName: "number"))
    var after: Int64 = 0

    @Flag(help: "Claims, reports and the like instead of events.")
    var transitions = false

    func run() throws {
        let store = try Queue.open(data)
        try Queue.reading { transitions ? try printTransitions(store) : try printEvents(store) }
    }

    private func printEvents(_ store: AlertStore) throws {
        var last = after
        while true {
            let page = try store.events(after: last, limit: 1000)
            guard let end = page.last else { return }
            for event in page { Console.output(event.delivered) }
            last = end.sequence
        }
    }

    private func printTransitions(_ store: AlertStore) throws {
        var last = after
        while true {
            let page = try store.transitions(after: last, limit: 1000)
            guard let end = page.last else { return }
            for transition in page { Console.output(transition.jsonLine()) }
            last = end.number
        }
    }
}
