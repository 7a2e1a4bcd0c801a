internal import GRDB
internal import Scene

extension AlertStore {
    /// How an alert stands and how it came there; nil where there is none of that id.
    ///
    /// - Parameter alert: The whole id.
    /// - Returns: Its state, deadlines, claim, verdict and history.
    /// - Throws: `AlertError` where the queue cannot be read.
    public func record(alert: String) throws(AlertError) -> HandoverRecord? {
        guard let matter = try rows("SELECT * FROM matter WHERE matterId = ?", [alert]).first else {
            return nil
        }
        let claim = try rows(
            "SELECT * FROM claim WHERE matterId = ? AND endedAt IS NULL",
            [alert]
        ).first
        let verdict = try rows("SELECT * FROM verdict WHERE matterId = ?", [alert]).first
        return HandoverRecord(
            alertID: alert,
            state: HandoverState(rawValue: matter["state"]) ?? .pending,
            severity: Severity(rank: matter["severity"]),
            dispatchBy: Instant(microseconds: matter["dispatchBy"]),
            arriveBy: Instant(microseconds: matter["arriveBy"]),
            reportBy: Instant(microseconds: matter["reportBy"]),
            expiresAt: Instant(microseconds: matter["expiresAt"]),
            escalation: matter["escalation"],
            covers: matter["covers"],
            coveredBy: matter["coveredBy"],
            claim: claim.map { row in
                LiveClaim(
                    id: row["id"],
                    consumer: row["consumer"],
                    leaseUntil: Instant(microseconds: row["leaseUntil"])
                )
            },
            report: verdict.map { row in
                VerdictReport(
                    verdict: Verdict(rawValue: row["verdict"]) ?? .confirmed,
                    text: row["text"],
                    by: row["by"],
                    at: Instant(microseconds: row["at"])
                )
            },
            transitions: try transitions(of: alert)
        )
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
