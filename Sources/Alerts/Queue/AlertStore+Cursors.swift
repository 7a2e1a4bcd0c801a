internal import GRDB
public import Scene

extension AlertStore {
    /// Readers that a queue keeps cursors for.
    static let maximumCursors = 100

    /// Where a reader of the log stands; 0 for one that was never heard of.
    ///
    /// - Throws: `AlertError` where the queue cannot be read.
    public func cursor(_ name: String) throws(AlertError) -> Int64 {
        try rows("SELECT sequence FROM cursor WHERE name = ?", [name]).first?["sequence"] ?? 0
    }

    /// Notes that a reader has dealt with everything up to an event.
    ///
    /// What a sink moves past for the first time counts as delivered at that time.
    /// - Parameters:
    ///   - name: Names the reader, as a consumer's name.
    ///   - kind: Its sort.
    ///   - sequence: The last event that it has dealt with; it never moves back.
    ///   - now: The time.
    /// - Throws: `AlertError`: `invalidData` for an event that the log has not reached, or a name
    ///   that is none; `exhausted` where there are 100 readers already.
    public func moveCursor(
        _ name: String,
        kind: LogCursor.Kind,
        to sequence: Int64,
        now: Instant
    ) throws(AlertError) {
        try Self.checkName(name)
        try changing("cannot move the cursor \(name) in \(path)", now: now) { work in
            let end = try work.number("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
            guard (0...end).contains(sequence) else {
                throw AlertError(
                    .invalidData,
                    "cursor \(name) cannot move to event \(sequence): the log ends at \(end)"
                )
            }
            let known = try work.row("SELECT sequence FROM cursor WHERE name = ?", [name])
            if known == nil,
                try work.number("SELECT count(*) FROM cursor") >= Int64(Self.maximumCursors)
            {
                throw AlertError(
                    .exhausted,
                    "there are \(Self.maximumCursors) cursors already; forget one with "
                        + "patrol queue consumers --forget NAME"
                )
            }
            try work.run(
                """
                INSERT INTO cursor VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE
                SET sequence = max(sequence, excluded.sequence), movedAt = excluded.movedAt
                """,
                [name, kind.rawValue, sequence, now.microseconds]
            )
            try work.run(
                """
                UPDATE event SET deliveredAt = ?
                WHERE sequence > ? AND sequence <= ? AND deliveredAt IS NULL
                """,
                [now.microseconds, known?["sequence"] ?? 0, sequence]
            )
        }
    }

    /// Forgets a reader, which would begin anew.
    ///
    /// - Throws: `AlertError` with `missing` where there is none of that name.
    public func forgetCursor(_ name: String, now: Instant) throws(AlertError) {
        try changing("cannot forget the cursor \(name) in \(path)", now: now) { work in
            try work.run("DELETE FROM cursor WHERE name = ?", [name])
            guard work.database.changesCount > 0 else {
                throw AlertError(.missing, "there is no cursor \(name)")
            }
        }
    }

    /// All readers of the log by name.
    ///
    /// - Throws: `AlertError` where the queue cannot be read.
    public func cursors() throws(AlertError) -> [LogCursor] {
        let rows = try rows(
            """
            SELECT cursor.*,
                (SELECT count(*) FROM event WHERE event.sequence > cursor.sequence) AS behind
            FROM cursor ORDER BY name
            """,
            []
        )
        return rows.map { row in
            LogCursor(
                name: row["name"],
                kind: LogCursor.Kind(rawValue: row["kind"]) ?? .consumer,
                sequence: row["sequence"],
                movedAt: Instant(microseconds: row["movedAt"]),
                behind: row["behind"]
            )
        }
    }
}
