public import Foundation
internal import GRDB
public import Scene
internal import Synchronization

/// The outbox: every event of a data folder, of alerts and of the cameras' health, in one ordered
/// log, on disk before anyone is told.
///
/// A SQLite database in WAL mode with `synchronous=FULL`: when `commit` returns, the event outlives
/// a crash and a power cut. One process should write; a second one waits its turn. Threads that
/// write at the same time share a sync. Any number may read meanwhile. Calls block on the disk:
/// keep them off Swift's cooperative threads.
public final class AlertStore: Sendable {
    /// Name of the database in its folder.
    public static let fileName = "alerts.sqlite"

    /// Path of the database.
    public let path: String
    let reader: any DatabaseReader
    /// Nil where the store was opened for reading.
    let writer: (any DatabaseWriter)?
    /// As `writer`.
    private let commits: SharedCommits?
    /// What holds for the hand-over; the database keeps it for those who open it later.
    let keptPolicy: Mutex<HandoverPolicy>

    /// Opens the outbox of a folder for writing, and creates both where they are missing.
    ///
    /// - Throws: `AlertError` with the path: `unavailable` for a folder that cannot be written or a
    ///   database that is locked, `exhausted` for a full disk, `invalidData` for a file that is
    ///   damaged or of a newer version.
    public convenience init(directory: URL) throws(AlertError) {
        try self.init(directory: directory, patience: 10)
    }

    /// Opens the outbox of a folder for reading; nothing is created.
    ///
    /// - Throws: `AlertError` with the path, `unavailable` where there is no outbox.
    public convenience init(readingFrom directory: URL) throws(AlertError) {
        try self.init(readingFrom: directory, patience: 10)
    }

    /// Opens the outbox of a folder for writing where there is one; nothing is created.
    ///
    /// - Throws: `AlertError` with the path, `unavailable` where there is no outbox.
    public convenience init(updating directory: URL) throws(AlertError) {
        let path = directory.appendingPathComponent(Self.fileName).path
        guard FileManager.default.fileExists(atPath: path) else { throw Self.absent(path) }
        try self.init(directory: directory, patience: 10)
    }

    private static func absent(_ path: String) -> AlertError {
        AlertError(
            .unavailable,
            "there is no alert queue at \(path); name the folder that score or run writes to"
        )
    }

    /// Patience is how many seconds a call waits for another process to let go of the database.
    init(directory: URL, patience: Double) throws(AlertError) {
        let path = directory.appendingPathComponent(Self.fileName).path
        let (pool, mover) = try translating("cannot open the alert queue \(path)") {
            try FileManager.default.createDirectory(
                at: directory,
                withIntermediateDirectories: true
            )
            let turn = try OpeningTurn(directory: directory.path, patience: patience)
            defer { withExtendedLifetime(turn) {} }
            var configuration = Configuration()
            configuration.busyMode = Self.waiting(patience)
            configuration.label = "alerts"
            let pool = try DatabasePool(path: path, configuration: configuration)
            try AlertSchema.check(try pool.read(AlertSchema.state), path: path)
            try AlertSchema.migrator.migrate(pool)
            // GRDB sets NORMAL for WAL when it opens the pool; a power cut could then take back
            // what a commit had promised.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                // Only where `LogMover` does not keep up: the commit that does it takes long.
                try database.execute(sql: "PRAGMA wal_autocheckpoint = 32000")
            }
            try LogMover.settle(path: path)
            return (pool, try LogMover(path: path))
        }
        keptPolicy = Mutex(
            try translating("cannot read the alert queue \(path)") { try pool.read(Self.policy) }
        )
        self.path = path
        reader = pool
        writer = pool
        commits = SharedCommits(writer: pool, mover: mover)
    }

    /// Patience is how many seconds a call waits for another process to let go of the database.
    init(readingFrom directory: URL, patience: Double) throws(AlertError) {
        let path = directory.appendingPathComponent(Self.fileName).path
        guard FileManager.default.fileExists(atPath: path) else { throw Self.absent(path) }
        let queue = try translating("cannot open the alert queue \(path)") {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = Self.waiting(patience)
            configuration.label = "alerts"
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let state = try queue.read(AlertSchema.state)
            try AlertSchema.check(state, path: path)
            guard state != .empty else { throw AlertSchema.missing(path: path) }
            return queue
        }
        keptPolicy = Mutex(
            try translating("cannot read the alert queue \(path)") { try queue.read(Self.policy) }
        )
        reader = queue
        self.path = path
        writer = nil
        commits = nil
    }

    /// Makes an event durable.
    ///
    /// When it returns the event is on the disk. A repeat is harmless: an event whose `source` and
    /// `id` are in the log already is not written again.
    /// - Parameters:
    ///   - event: What to keep.
    ///   - recordedAt: The wall clock at the call, kept beside the event for whoever measures
    ///     delays, never inside it. The hand-over counts from it.
    ///   - stages: When the event went through the stages before.
    /// - Returns: False where the same event was there already.
    /// - Throws: `AlertError`: `exhausted` and `unavailable` leave the log as it was, and the same
    ///   call may be tried again; `invalidData` where another event bears the same name.
    @discardableResult
    public func commit(
        _ event: some ContractEvent,
        recordedAt: Instant? = nil,
        stages: EventStages = EventStages()
    ) throws(AlertError) -> Bool {
        let body = event.jsonLine()
        let now = recordedAt ?? event.time.instant
        let kept = try changing("cannot keep event \(event.id) in \(path)", now: now) { work in
            let kept: String? = try work.row(
                "SELECT body FROM event WHERE source = ? AND id = ?",
                [event.source, event.id]
            )?["body"]
            if kept == nil {
                try work.publish(event, body: body, recordedAt: recordedAt, stages: stages)
                try work.evict(sparing: event.matter.matterID)
            }
            return kept
        }
        guard let kept else { return true }
        guard kept == body else {
            throw AlertError(
                .invalidData,
                """
                event \(event.id) of \(event.source) is in \(path) already with other \
                content; the same footage was run under another site file or version: \
                use a folder of its own for each
                """
            )
        }
        return false
    }

    /// Does one piece of work on the queue, all of it or nothing; it is on the disk when this
    /// returns.
    func changing<Result>(
        _ failure: String,
        now: Instant,
        _ work: @escaping (QueueTransaction) throws -> Result
    ) throws(AlertError) -> Result {
        guard let commits else {
            throw AlertError(.unavailable, "the alert queue \(path) was opened for reading only")
        }
        let policy = policy
        return try translating(failure) {
            try commits.run { database in
                try work(QueueTransaction(database: database, policy: policy, now: now))
            }
        }
    }

    /// Waits for another process in steps of a millisecond: its transactions are short.
    private static func waiting(_ patience: Double) -> Database.BusyMode {
        .callback { tries in
            usleep(1000)
            return Double(tries) < patience * 1000
        }
    }

    private static func policy(_ database: Database) throws -> HandoverPolicy {
        guard try database.tableExists("setting"),
            let text = try String.fetchOne(
                database,
                sql: "SELECT value FROM setting WHERE name = 'policy'"
            ), let policy = try? JSONDecoder().decode(HandoverPolicy.self, from: Data(text.utf8))
        else { return HandoverPolicy() }
        return policy
    }
}
