internal import Foundation
internal import GRDB
internal import Scene

/// What happens to the queue within one transaction; everything or nothing of it comes to be.
///
/// The time is handed in: nothing here reads a clock.
struct QueueTransaction {
    let database: Database
    let policy: HandoverPolicy
    let now: Instant

    /// What a row is reckoned to take beside its text.
    static let rowBytes = 1024
    static let transitionBytes = 256

    /// Runs a statement that is compiled once.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func rows(
        _ sql: String,
        _ arguments: StatementArguments = StatementArguments()
    ) throws -> [Row] {
        try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
    }

    func row(
        _ sql: String,
        _ arguments: StatementArguments = StatementArguments()
    ) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    func number(
        _ sql: String,
        _ arguments: StatementArguments = StatementArguments()
    ) throws -> Int64 {
        try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? 0
    }

    /// Adds to one of the queue's counters.
    func count(_ name: QueueCounter, _ more: Int = 1) throws {
        try run(
            """
            INSERT INTO counter VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = value + excluded.value
            """,
            [name.rawValue, more]
        )
    }

    /// Writes down what happened to a matter, when and by whom.
    func transition(
        _ what: Transition.Kind,
        of matter: String,
        by actor: String,
        detail: String? = nil
    ) throws {
        try run(
            "INSERT INTO transition (matterId, what, at, by, detail) VALUES (?, ?, ?, ?, ?)",
            [matter, what.rawValue, now.microseconds, actor, detail]
        )
        try charge(matter, Self.transitionBytes + (detail?.utf8.count ?? 0))
    }

    /// Reckons bytes to a matter.
    func charge(_ matter: String, _ bytes: Int) throws {
        try run("UPDATE matter SET bytes = bytes + ? WHERE matterId = ?", [bytes, matter])
        try count(.bytes, bytes)
    }

    func setState(_ state: HandoverState, of matter: String) throws {
        try run("UPDATE matter SET state = ? WHERE matterId = ?", [state.rawValue, matter])
    }

    /// Puts an event at the end of the log and notes what it says of its matter.
    ///
    /// - Returns: its sequence.
    @discardableResult
    func publish(
        _ event: some ContractEvent,
        body: String,
        recordedAt: Instant?,
        stages: EventStages = EventStages()
    ) throws -> Int64 {
        let data = event.matter
        let isLate = recordedAt.map { $0 - event.time.instant > policy.dispatchWithin } ?? false
        let expiry = max(recordedAt ?? event.time.instant, event.time.instant) + policy.expireAfter
        try run(
            """
            INSERT INTO event (source, id, alertId, revision, type, kind, severity, camera,
                zone, time, streamMicroseconds, recordedAt, body, frameAt, decidedAt, expiresAt,
                isLate)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                event.source, event.id, data.matterID, data.revision, event.typeName, data.topic,
                data.severity.rawValue, data.camera.id.rawValue, data.zoneID?.rawValue ?? "",
                event.time.description, MediaTime(seconds: data.streamSeconds).microseconds,
                recordedAt?.rfc3339, body, stages.frame?.microseconds,
                stages.decided?.microseconds, expiry.microseconds, isLate,
            ]
        )
        let sequence = database.lastInsertedRowID
        if isLate { try count(.late) }
        try note(event, sequence: sequence, bytes: body.utf8.count)
        return sequence
    }
}

extension Severity {
    /// Its place among all, the most urgent the highest; what the tables hold.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The severity of a rank; what is out of range is the nearest.
    init(rank: Int) {
        self = Self.allCases[min(max(rank, 0), Self.allCases.count - 1)]
    }

    /// One step more urgent, up to critical: an emergency is only what is one.
    var louder: Severity {
        switch self {
        case .info: .warning
        case .warning, .critical: .critical
        case .emergency: .emergency
        }
    }
}
