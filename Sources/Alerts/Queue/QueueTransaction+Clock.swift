internal import GRDB
internal import Scene

extension QueueTransaction {
    /// At most this many rows are dealt with in one turn of the clock, so that none takes long.
    private static let atOnce = 500

    /// Does what is due: ends leases, drops what nobody took, tells again what nobody takes,
    /// closes summaries and removes what is too old.
    func tick() throws -> QueueTick {
        var tick = QueueTick()
        tick.lapsed = try lapse()
        tick.expired = try expire()
        tick.published = try closeSummaries() + escalate()
        tick.evicted = try evictOld()
        return tick
    }

    /// Takes back what consumers held too long.
    @discardableResult
    func lapse() throws -> Int {
        let over = try rows(
            """
            SELECT id, matterId, consumer FROM claim WHERE endedAt IS NULL AND leaseUntil <= ?
            LIMIT \(Self.atOnce)
            """,
            [now.microseconds]
        )
        for row in over {
            try end(claim: row["id"], of: row["matterId"], as: .lapsed)
            try transition(.lapsed, of: row["matterId"], by: row["consumer"], detail: row["id"])
            try count(.lapsed)
            try giveBack(row["matterId"])
        }
        return over.count
    }

    /// Ends a claim.
    func end(claim: String, of matter: String, as ending: Transition.Kind) throws {
        try run(
            "UPDATE claim SET endedAt = ?, ending = ? WHERE id = ?",
            [now.microseconds, ending.rawValue, claim]
        )
    }

    /// Puts an alert back into the queue, or aside where it was claimed too often.
    func giveBack(_ matter: String) throws {
        let tries = try number("SELECT tries FROM matter WHERE matterId = ?", [matter])
        guard tries >= Int64(policy.tries) else {
            return try setState(.pending, of: matter)
        }
        try setState(.dead, of: matter)
        try transition(.dead, of: matter, by: Self.itself, detail: "after \(tries) claims")
        try count(.dead)
    }

    /// Stops handing out what nobody took.
    @discardableResult
    func expire() throws -> Int {
        let over = try rows(
            """
            SELECT matterId FROM matter WHERE state = 'pending' AND expiresAt <= ?
            LIMIT \(Self.atOnce)
            """,
            [now.microseconds]
        )
        for row in over {
            try setState(.expired, of: row["matterId"])
            try transition(.expired, of: row["matterId"], by: Self.itself)
            try count(.expired)
        }
        return over.count
    }

    /// Tells again, a step more urgent, of what goes on and nobody takes.
    ///
    /// Only alerts by this host's clock: the time of a recording has long passed.
    private func escalate() throws -> [QueueEvent] {
        let step = policy.dispatchWithin.microseconds
        let due = try rows(
            """
            SELECT matterId, severity, escalation, dispatchBy FROM matter
            WHERE state = 'pending' AND isOpen AND clockQuality = 'host' AND escalation < ?
                AND dispatchBy + escalation * ? <= ? LIMIT \(Self.atOnce)
            """,
            [policy.escalations, step, now.microseconds]
        )
        return try due.map { row in
            let matter: String = row["matterId"]
            let level: Int = row["escalation"] + 1
            let dispatchBy: Int64 = row["dispatchBy"]
            var event = try latestAlert(matter)
            event.type = .updated
            event.id = "\(matter).\(event.data.revision).\(level)"
            event.data.escalation = level
            event.data.severity = Severity(rank: row["severity"]).louder
            event.time = Timestamp(Instant(microseconds: dispatchBy + Int64(level - 1) * step))
            try run("UPDATE matter SET escalation = ? WHERE matterId = ?", [level, matter])
            try transition(
                .escalated,
                of: matter,
                by: Self.itself,
                detail: event.data.severity.rawValue
            )
            try count(.escalated)
            try publish(event, body: event.jsonLine(), recordedAt: now)
            return .alert(event)
        }
    }
}
