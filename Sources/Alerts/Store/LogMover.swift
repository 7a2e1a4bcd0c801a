internal import Dispatch
internal import Foundation
internal import GRDB
internal import Synchronization

/// Moves SQLite's write-ahead log into the database beside the commits, so that none of them has to
/// wait for a whole log.
///
/// A thread of its own moves what is there, by a connection of its own; the next commit then moves
/// the few pages that came meanwhile, after which SQLite begins the log from the front.
final class LogMover: Sendable {
    private struct State {
        /// Changes since the log was begun from the front.
        var changes = 0
        var isMoving = false
        var isMoved = false
    }

    /// Moves after so many changes of about eight pages of 4 KiB each.
    private static let after = 600

    private let connection: DatabaseQueue
    private let queue = DispatchQueue(label: "alerts log")
    private let state = Mutex(State())

    init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "alerts log"
        connection = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Makes sure that the disk has what an earlier process wrote into the log.
    ///
    /// One that was killed between writing and syncing leaves events that look as if they were
    /// kept; they must be before anybody is told so.
    static func settle(path: String) throws(AlertError) {
        let descriptor = open(path + "-wal", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw AlertError(
                .unavailable,
                "cannot sync \(path)-wal: \(systemReason()); check the disk and try again"
            )
        }
    }

    /// Counts changes that were committed; called by one thread at a time, between transactions.
    ///
    /// What fails here fails nobody: the log grows, and the next turn tries again.
    func committed(_ changes: Int, through writer: any DatabaseWriter) {
        let (isMoved, isDue) = state.withLock { state in
            state.changes += changes
            let isMoved = state.isMoved
            if isMoved { state = State() }
            let isDue = state.changes >= Self.after && !state.isMoving
            if isDue { state.isMoving = true }
            return (isMoved, isDue)
        }
        if isMoved { Self.move(by: writer) }
        guard isDue else { return }
        queue.async { [self] in
            Self.move(by: connection)
            state.withLock { $0.isMoved = true }
        }
    }

    private static func move(by writer: any DatabaseWriter) {
        _ = try? writer.writeWithoutTransaction { try $0.checkpoint(.passive) }
    }
}
