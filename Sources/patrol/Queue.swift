import Alerts
import ArgumentParser
import Foundation
import Scene

/// Looks into the queue of alerts.
struct Queue: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the alerts in a folder that score or run has written.",
        discussion: """
            Examples:
              patrol queue list --data out
              patrol queue list --data out --camera gate --open --json
              patrol queue list --data out --only health
              patrol queue show --data out 5be1
            """,
        subcommands: [QueueList.self, QueueShow.self]
    )

    /// Opens the queue of a folder to read.
    static func open(_ folder: String) throws -> AlertStore {
        do throws(AlertError) {
            return try AlertStore(readingFrom: URL(fileURLWithPath: folder, isDirectory: true))
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    /// Makes an error of the queue a line and an exit status.
    static func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as AlertError {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }
}
