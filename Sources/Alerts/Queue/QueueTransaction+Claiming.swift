internal import GRDB
internal import Scene

extension QueueTransaction {
    /// Gives the most urgent alerts to a consumer.
    func claim(
        by consumer: String,
        limit: Int,
        lease: MediaSpan,
        filter: ClaimFilter
    ) throws -> [ClaimedAlert] {
        try lapse()
        try expire()
        var conditions = ["state = 'pending'"]
        var arguments: [(any DatabaseValueConvertible)?] = []
        if let camera = filter.camera {
            conditions.append("camera = ?")
            arguments.append(camera.rawValue)
        }
        if let kind = filter.kind {
            conditions.append("kind = ?")
            arguments.append(kind.rawValue)
        }
        if let severity = filter.severity {
            conditions.append("severity >= ?")
            arguments.append(severity.rank)
        }
        arguments.append(limit)
        let chosen = try rows(
            """
            SELECT matterId FROM matter WHERE \(conditions.joined(separator: " AND "))
            ORDER BY severity DESC, dispatchBy, openedSequence LIMIT ?
            """,
            StatementArguments(arguments)
        )
        return try chosen.map { try take($0["matterId"], by: consumer, lease: lease) }
    }

    private func take(
        _ matter: String,
        by consumer: String,
        lease: MediaSpan
    ) throws -> ClaimedAlert {
        let row = try row(
            """
            SELECT claims, matter.severity AS rank, event.* FROM matter
            JOIN event ON event.sequence = latestSequence WHERE matterId = ?
            """,
            [matter]
        )
        guard let row else {
            throw AlertError(.missing, "alert \(matter) has no event; run patrol queue check")
        }
        let attempt = (row["claims"] ?? 0) + 1
        let name = "\(matter)-\(attempt)"
        let until = now + lease
        let bytes = 2 * Self.transitionBytes + name.utf8.count
        try run(
            """
            UPDATE matter SET state = 'claimed', tries = tries + 1, claims = ?,
                claimedAt = coalesce(claimedAt, ?), bytes = bytes + ? WHERE matterId = ?
            """,
            [attempt, now.microseconds, bytes, matter]
        )
        try run(
            """
            INSERT INTO claim (id, matterId, consumer, claimedAt, leaseUntil)
            VALUES (?, ?, ?, ?, ?)
            """,
            [name, matter, consumer, now.microseconds, until.microseconds]
        )
        try run(
            "INSERT INTO transition (matterId, what, at, by, detail) VALUES (?, ?, ?, ?, ?)",
            [matter, Transition.Kind.claimed.rawValue, now.microseconds, consumer, name]
        )
        try count(.bytes, bytes)
        return ClaimedAlert(
            claimID: name,
            consumer: consumer,
            leaseUntil: until,
            attempt: attempt,
            alertID: matter,
            severity: Severity(rank: row["rank"]),
            event: StoredEvent(row)
        )
    }

    /// The claim that is in force under a name, held by that consumer.
    ///
    /// - Returns: its alert.
    /// - Throws: `AlertError` with `missing` or `conflict` and what to do.
    func held(_ claim: String, by consumer: String) throws -> String {
        let row = try row("SELECT * FROM claim WHERE id = ?", [claim])
        guard let row else {
            throw AlertError(.missing, "there is no claim \(claim); see patrol queue show")
        }
        let holder: String = row["consumer"]
        guard holder == consumer else {
            throw AlertError(
                .conflict,
                "claim \(claim) belongs to \(holder), not to \(consumer); claim an alert yourself"
            )
        }
        if let ending: String = row["ending"] {
            throw AlertError(
                .conflict,
                "claim \(claim) was \(ending) already; claim the alert anew"
            )
        }
        let until: Int64 = row["leaseUntil"]
        guard until > now.microseconds else {
            throw AlertError(
                .conflict,
                "claim \(claim) has lapsed at \(Instant(microseconds: until).rfc3339); "
                    + "claim the alert anew"
            )
        }
        return row["matterId"]
    }

    /// Prolongs a claim: it ends a lease after now, or when it would have ended, if that is later.
    func extend(_ claim: String, by consumer: String, lease: MediaSpan) throws -> Instant {
        let matter = try held(claim, by: consumer)
        let until = now + lease
        try run(
            "UPDATE claim SET leaseUntil = max(leaseUntil, ?) WHERE id = ?",
            [until.microseconds, claim]
        )
        try transition(.extended, of: matter, by: consumer, detail: until.rfc3339)
        return Instant(
            microseconds: try number("SELECT leaseUntil FROM claim WHERE id = ?", [claim])
        )
    }

    /// Gives an alert back before its lease ends.
    func release(_ claim: String, by consumer: String, reason: String?) throws {
        let matter = try held(claim, by: consumer)
        try end(claim: claim, of: matter, as: .released)
        try transition(.released, of: matter, by: consumer, detail: reason)
        try giveBack(matter)
    }

    /// Tells that the order has gone out; a repeat is harmless.
    func acknowledge(_ claim: String, by consumer: String) throws {
        let past = try row(
            "SELECT 1 FROM claim WHERE id = ? AND consumer = ? AND ending = 'acknowledged'",
            [claim, consumer]
        )
        guard past == nil else { return }
        let matter = try held(claim, by: consumer)
        try end(claim: claim, of: matter, as: .acknowledged)
        try order(matter, by: consumer, claim: claim)
    }

    /// Notes that the order has gone out: the time to arrive counts from now on.
    func order(_ matter: String, by actor: String, claim: String?) throws {
        try run(
            """
            UPDATE matter SET state = 'acknowledged', acknowledgedAt = ?, arriveBy = ?,
                reportBy = ? WHERE matterId = ?
            """,
            [
                now.microseconds, (now + policy.arriveWithin).microseconds,
                (now + policy.arriveWithin + policy.reportWithin).microseconds, matter,
            ]
        )
        try transition(.acknowledged, of: matter, by: actor, detail: claim)
    }
}
