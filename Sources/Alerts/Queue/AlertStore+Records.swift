internal import GRDB
internal import Scene

extension AlertStore {
    /// How an alert stands and how it came there; nil where there is none of that id.
    ///
    /// - Parameter alert: The whole id.
    /// - Returns: Its state, deadlines, claim, verdict and history.
    /// - Throws: `AlertError` where the queue cannot be read.
    public func record(alert: String) throws(AlertError) -> HandoverRecord? {
        let row = try rows(
            """
            SELECT matter.*, claim.id AS claimId, consumer, leaseUntil,
                verdict, text, verdict.by AS verdictBy, verdict.at AS verdictAt
            FROM matter
            LEFT JOIN claim ON claim.matterId = matter.matterId AND claim.endedAt IS NULL
            LEFT JOIN verdict ON verdict.matterId = matter.matterId
            WHERE matter.matterId = ?
            """,
            [alert]
        ).first
        guard let row else { return nil }
        return HandoverRecord(row, transitions: try transitions(of: alert))
    }

    /// A page of everything that happened to alerts, in order.
    ///
    /// - Parameters:
    ///   - number: The last transition that the caller has seen, 0 for none.
    ///   - limit: At most this many.
    /// - Returns: The transitions that follow.
    /// - Throws: `AlertError` where the queue cannot be read.
    public func transitions(
        after number: Int64,
        limit: Int
    ) throws(AlertError) -> [Transition] {
        try rows(
            "SELECT * FROM transition WHERE number > ? ORDER BY number LIMIT ?",
            [number, limit]
        ).compactMap(Transition.init)
    }

    /// Where each of these alerts stands; those that are not there are left out.
    ///
    /// - Throws: `AlertError` where the queue cannot be read.
    public func states(of alerts: [String]) throws(AlertError) -> [String: HandoverState] {
        var states: [String: HandoverState] = [:]
        for alert in alerts {
            let row = try rows("SELECT state FROM matter WHERE matterId = ?", [alert]).first
            states[alert] = row.flatMap { HandoverState(rawValue: $0["state"]) }
        }
        return states
    }

    /// The place of an event in the log; nil where it is not there.
    func sequence(of event: String, source: String) throws(AlertError) -> Int64? {
        try rows("SELECT sequence FROM event WHERE source = ? AND id = ?", [source, event])
            .first?["sequence"]
    }

    /// Whether a line may be that of an event that was removed to stay within the bounds.
    func hasRemoved(line: String) throws(AlertError) -> Bool {
        guard let event = try? QueueEvent(jsonLine: line).common else { return false }
        return try rows(
            """
            SELECT 1 FROM eviction
            WHERE NOT EXISTS (SELECT 1 FROM event WHERE source = ? AND id = ?) LIMIT 1
            """,
            [event.source, event.id]
        ).first != nil
    }

    private func transitions(of alert: String) throws(AlertError) -> [Transition] {
        try rows("SELECT * FROM transition WHERE matterId = ? ORDER BY number", [alert])
            .compactMap(Transition.init)
    }
}

extension HandoverRecord {
    /// A row of `matter` with its live claim and its verdict.
    init(_ row: Row, transitions: [Transition]) {
        alertID = row["matterId"]
        state = HandoverState(rawValue: row["state"]) ?? .pending
        severity = Severity(rank: row["severity"])
        dispatchBy = Instant(microseconds: row["dispatchBy"])
        arriveBy = Instant(microseconds: row["arriveBy"])
        reportBy = Instant(microseconds: row["reportBy"])
        expiresAt = Instant(microseconds: row["expiresAt"])
        escalation = row["escalation"]
        covers = row["covers"]
        coveredBy = row["coveredBy"]
        let claimID: String? = row["claimId"]
        claim = claimID.map { id in
            LiveClaim(
                id: id,
                consumer: row["consumer"],
                leaseUntil: Instant(microseconds: row["leaseUntil"])
            )
        }
        let verdict: String? = row["verdict"]
        report = verdict.map { verdict in
            VerdictReport(
                verdict: Verdict(rawValue: verdict) ?? .confirmed,
                text: row["text"],
                by: row["verdictBy"],
                at: Instant(microseconds: row["verdictAt"])
            )
        }
        self.transitions = transitions
    }
}

extension Transition {
    init?(_ row: Row) {
        guard let kind = Kind(rawValue: row["what"]) else { return nil }
        self.init(
            number: row["number"],
            alertID: row["matterId"],
            kind: kind,
            at: Instant(microseconds: row["at"]),
            by: row["by"],
            detail: row["detail"]
        )
    }
}
