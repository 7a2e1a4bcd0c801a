import Alerts
import ArgumentParser
import Foundation

/// Lists who reads the log, and how far.
struct QueueConsumers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumers",
        abstract: "Lists the readers of the log and how far they have come."
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("Forget this reader; it would begin anew.", valueName: "name"))
    var forget: String?

    @Flag(help: "Print the readers as JSON, one a line.")
    var json = false

    func run() throws {
        if let forget {
            let store = try Queue.update(data)
            return try Queue.reading { try store.forgetCursor(forget, now: Queue.now) }
        }
        let store = try Queue.open(data)
        let cursors = try Queue.reading { try store.cursors() }
        if json {
            for cursor in cursors { Console.output(cursor.jsonLine()) }
            return
        }
        var table = TextTable(header: ["NAME", "SORT", "AT", "BEHIND", "MOVED"])
        for cursor in cursors {
            table.add([
                cursor.name, cursor.kind.rawValue, "\(cursor.sequence)", "\(cursor.behind)",
                cursor.movedAt.rfc3339,
            ])
        }
        Console.output(cursors.isEmpty ? "nobody reads the log" : table.text)
    }
}
