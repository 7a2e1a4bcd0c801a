internal import GRDB
internal import Scene

extension QueueTransaction {
    /// What goes first: what was dealt with, then what somebody deals with, then the rest; within
    /// each the water last, then the least urgent, then the oldest.
    private static let order = """
        CASE WHEN state = 'reported' OR (state = 'noted' AND NOT isOpen) THEN 0
            WHEN state IN ('acknowledged', 'arrived') THEN 1
            ELSE 2 END,
        kind = 'water_danger', severity, state = 'claimed', openedSequence
        """

    /// Removes what goes first until the queue is a twentieth below its bound; what was told just
    /// now stays.
    func evict(sparing matter: String) throws {
        var held = try number("SELECT value FROM counter WHERE name = 'bytes'")
        guard held > policy.maximumBytes else { return }
        let goal = policy.maximumBytes - policy.maximumBytes / 20
        while held > goal {
            let victims = try rows(
                """
                SELECT matterId, bytes FROM matter WHERE matterId <> ?
                ORDER BY \(Self.order) LIMIT 100
                """,
                [matter]
            )
            if victims.isEmpty { return }
            for victim in victims where held > goal {
                try remove(victim["matterId"], reason: "bytes")
                held -= victim["bytes"]
            }
        }
    }

    /// Removes what is older than anything may get.
    func evictOld() throws -> Int {
        let old = try rows(
            "SELECT matterId FROM matter WHERE keptAt < ? ORDER BY keptAt LIMIT 500",
            [now.microseconds - policy.maximumAge.microseconds]
        )
        for row in old { try remove(row["matterId"], reason: "age") }
        return old.count
    }

    /// Removed matters that are remembered by name, the latest.
    private static let remembered = 10_000

    /// Remembers of a matter what is asked for should it go on.
    private func remember(_ matter: String) throws {
        try run(
            """
            INSERT OR REPLACE INTO removed (matterId, wasOrdered, claims)
            SELECT matterId, state IN ('acknowledged', 'arrived', 'reported'), claims
            FROM matter WHERE matterId = ?
            """,
            [matter]
        )
        try run(
            "DELETE FROM removed WHERE number <= ?",
            [database.lastInsertedRowID - Int64(Self.remembered)]
        )
    }

    /// Removes everything of a matter and writes into the ledger what it was.
    private func remove(_ matter: String, reason: String) throws {
        try remember(matter)
        try run(
            """
            INSERT INTO eviction
            SELECT ?, kind, severity, state, 1,
                (SELECT count(*) FROM event WHERE alertId = matterId),
                (SELECT count(*) FROM event WHERE alertId = matterId
                    AND sequence > coalesce((SELECT min(sequence) FROM cursor), 0)),
                bytes, ? FROM matter WHERE matterId = ?
            ON CONFLICT (reason, kind, severity, state) DO UPDATE SET
                matters = matters + 1, events = events + excluded.events,
                unread = unread + excluded.unread, bytes = bytes + excluded.bytes,
                lastAt = max(lastAt, excluded.lastAt)
            """,
            [reason, now.microseconds, matter]
        )
        let bytes = try number("SELECT bytes FROM matter WHERE matterId = ?", [matter])
        try run("DELETE FROM event WHERE alertId = ?", [matter])
        try count(.evictedEvents, database.changesCount)
        try count(.bytes, -Int(bytes))
        for table in ["claim", "transition", "verdict", "matter"] {
            try run("DELETE FROM \(table) WHERE matterId = ?", [matter])
        }
    }
}
