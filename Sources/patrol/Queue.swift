import Alerts
import ArgumentParser
import Foundation
import Scene

/// Looks into the queue of alerts, and hands them out.
struct Queue: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the alerts that score or run has written, and hands them out.",
        discussion: """
            Examples:
              patrol queue list --data out
              patrol queue list --data out --camera gate --open --json
              patrol queue list --data out --only health
              patrol queue show --data out 5be1
              patrol queue claim --data out --by core --limit 5 --wait 30
              patrol queue ack --data out --by core 5be1
              patrol queue report --data out --by core 5be1 confirmed --text "moved"
              patrol queue stats --data out
              patrol queue check --data out
            """,
        subcommands: [
            QueueList.self, QueueShow.self, QueueClaim.self, QueueAck.self, QueueRelease.self,
            QueueExtend.self, QueueArrive.self, QueueReport.self, QueueRetry.self,
            QueueStats.self, QueueCheck.self, QueueExport.self, QueueConsumers.self,
        ]
    )

    /// Opens the queue of a folder to read.
    static func open(_ folder: String) throws -> AlertStore {
        try reading {
            try AlertStore(readingFrom: URL(fileURLWithPath: folder, isDirectory: true))
        }
    }

    /// Opens the queue of a folder to change it.
    static func update(_ folder: String) throws -> AlertStore {
        try reading { try AlertStore(updating: URL(fileURLWithPath: folder, isDirectory: true)) }
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

    /// The time by this host's clock.
    static var now: Instant {
        Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    /// The whole id of the alert whose id begins so.
    static func alert(_ prefix: String, in store: AlertStore) throws -> String {
        guard let event = try store.matter(id: prefix).last else {
            throw AlertError(.missing, "no id begins with \(prefix); see patrol queue list")
        }
        return event.common.matter.matterID
    }

    /// The claim of that name, or the one in force of the alert whose id begins so.
    static func claim(_ text: String, in store: AlertStore) throws -> String {
        if text.contains("-") { return text }
        let alert = try alert(text, in: store)
        guard let record = try store.record(alert: alert), let claim = record.claim else {
            throw AlertError(
                .conflict,
                "nobody holds alert \(alert); claim it first with patrol queue claim"
            )
        }
        return claim.id
    }
}

/// The folder of the queue, and who acts.
struct QueueActor: ParsableArguments {
    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "Who you are: letters, digits and . _ - @ : without spaces.",
            valueName: "name"
        )
    )
    var by: String

    /// Changes the queue, with the time of the change.
    func change<Value>(_ work: (AlertStore, Instant) throws -> Value) throws -> Value {
        let store = try Queue.update(data)
        return try Queue.reading { try work(store, Queue.now) }
    }
}
