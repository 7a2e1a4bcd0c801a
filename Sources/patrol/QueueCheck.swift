import Alerts
import ArgumentParser

/// Looks for what must not be in a queue.
struct QueueCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Looks for damage in the queue, as fsck does in a file system.",
        discussion: "Changes nothing. Exit status 1 where anything is wrong."
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Flag(help: "Print what is wrong as JSON, one a line.")
    var json = false

    func run() throws {
        let store = try Queue.open(data)
        let found = try Queue.reading { try store.check() }
        for violation in found {
            Console.output(
                json
                    ? violation.jsonLine()
                    : "\(violation.rule.rawValue): \(violation.message)\n  \(violation.advice)"
            )
        }
        guard found.isEmpty else { throw ExitCode.failure }
        if !json { Console.output("the queue is sound") }
    }
}
