internal import GRDB
internal import Scene

extension QueueTransaction {
    /// Tells that somebody is on the spot; a repeat is harmless.
    func arrive(_ alert: String, by actor: String) throws {
        let state = try state(of: alert)
        switch state {
        case .arrived: return
        case .acknowledged: break
        case .claimed: try acknowledgeHeld(alert, by: actor)
        case .noted, .pending, .reported, .expired, .dead, .covered:
            throw AlertError(
                .conflict,
                "alert \(alert) is \(state.rawValue): only one that was acknowledged can be "
                    + "arrived at; claim and acknowledge it first"
            )
        }
        try run(
            """
            UPDATE matter SET state = 'arrived', arrivedAt = ?, reportBy = ? WHERE matterId = ?
            """,
            [now.microseconds, (now + policy.reportWithin).microseconds, alert]
        )
        try transition(.arrived, of: alert, by: actor)
    }

    /// Keeps what an alert came to.
    ///
    /// A later verdict takes the place of an earlier one, and both stay in the history. A repeat is
    /// harmless.
    func report(_ alert: String, _ verdict: Verdict, text: String?, by actor: String) throws {
        let state = try state(of: alert)
        guard state != .noted else {
            throw AlertError(
                .conflict,
                "\(alert) is a fault of a camera; verdicts are for alerts"
            )
        }
        if state == .claimed { try acknowledgeHeld(alert, by: actor) }
        let same = try row(
            "SELECT 1 FROM verdict WHERE matterId = ? AND verdict = ? AND text IS ? AND by = ?",
            [alert, verdict.rawValue, text, actor]
        )
        guard same == nil else { return }
        try run(
            """
            INSERT INTO verdict VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (matterId) DO UPDATE SET verdict = excluded.verdict,
                text = excluded.text, by = excluded.by, at = excluded.at
            """,
            [alert, verdict.rawValue, text, actor, now.microseconds]
        )
        try run(
            """
            UPDATE matter SET state = 'reported', reportedAt = coalesce(reportedAt, ?)
            WHERE matterId = ?
            """,
            [now.microseconds, alert]
        )
        try charge(alert, text?.utf8.count ?? 0)
        try transition(.reported, of: alert, by: actor, detail: verdict.rawValue)
    }

    /// Puts what was put aside, expired or covered back into the queue, with all its tries.
    func retry(_ alert: String, by actor: String) throws {
        let state = try state(of: alert)
        guard [.dead, .expired, .covered].contains(state) else {
            throw AlertError(
                .conflict,
                "alert \(alert) is \(state.rawValue); only what is dead, expired or covered can "
                    + "be put back into the queue"
            )
        }
        try run(
            """
            UPDATE matter SET covers = covers - 1
            WHERE matterId = (SELECT coveredBy FROM matter WHERE matterId = ?)
            """,
            [alert]
        )
        try run(
            """
            UPDATE matter SET state = 'pending', tries = 0, expiresAt = ?, coveredBy = NULL
            WHERE matterId = ?
            """,
            [(now + policy.expireAfter).microseconds, alert]
        )
        try transition(.retried, of: alert, by: actor)
    }

    /// Where an alert stands.
    ///
    /// - Throws: `AlertError` with `missing` where there is none of that name.
    func state(of alert: String) throws -> HandoverState {
        let row = try row("SELECT state FROM matter WHERE matterId = ?", [alert])
        guard let row, let state = HandoverState(rawValue: row["state"]) else {
            throw AlertError(.missing, "there is no alert \(alert), or it was removed")
        }
        return state
    }

    /// Whoever arrives or reports has given the order, if nobody else holds the alert.
    private func acknowledgeHeld(_ alert: String, by actor: String) throws {
        let row = try row(
            "SELECT id, consumer FROM claim WHERE matterId = ? AND endedAt IS NULL",
            [alert]
        )
        guard let row else { return }
        let holder: String = row["consumer"]
        guard holder == actor else {
            throw AlertError(
                .conflict,
                "alert \(alert) is held by \(holder), not by \(actor); let \(holder) acknowledge "
                    + "or release it"
            )
        }
        try acknowledge(row["id"], by: actor)
    }
}
