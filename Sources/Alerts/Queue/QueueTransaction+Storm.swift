internal import GRDB
internal import Scene

extension QueueTransaction {
    /// Lets another alert stand for one that was just opened, where there are too many.
    ///
    /// An emergency always stands for itself, and at the water only the ceiling holds.
    func coverIfStorm(_ alert: AlertData, event: any ContractEvent) throws {
        guard let storms = policy.storms, alert.summary == nil, alert.severity < .emergency,
            let opening = event as? AlertEvent, opening.type == .opened
        else { return }
        let time = opening.time.instant
        if alert.kind != .waterDanger {
            if let other = try cooling(alert, at: time, storms) {
                return try cover(alert.alertID, by: other, why: "cool-down")
            }
            if let other = try sameMatter(alert, at: time, storms) {
                return try cover(alert.alertID, by: other, why: "same place")
            }
        }
        if let other = try overCeiling(opening, storms) {
            try cover(alert.alertID, by: other, why: "ceiling")
        }
    }

    /// Hands an alert out by itself again once it is more urgent than what stands for it.
    func uncoverIfWorse(_ alert: AlertData) throws {
        let worse = try row(
            """
            SELECT own.coveredBy FROM matter AS own
            LEFT JOIN matter AS other ON other.matterId = own.coveredBy
            WHERE own.matterId = ? AND own.state = 'covered'
                AND own.severity > coalesce(other.severity, -1)
            """,
            [alert.alertID]
        )
        guard let worse else { return }
        let other: String? = worse["coveredBy"]
        try run(
            """
            UPDATE matter SET state = 'pending', coveredBy = NULL WHERE matterId = ?
            """,
            [alert.alertID]
        )
        try run("UPDATE matter SET covers = covers - 1 WHERE matterId = ?", [other])
        try transition(.uncovered, of: alert.alertID, by: Self.itself, detail: other)
    }

    /// Whoever acts where nobody does.
    static let itself = "queue"

    private func cover(_ matter: String, by other: String, why: String) throws {
        try run(
            "UPDATE matter SET state = 'covered', coveredBy = ? WHERE matterId = ?",
            [other, matter]
        )
        try run("UPDATE matter SET covers = covers + 1 WHERE matterId = ?", [other])
        try transition(.covered, of: matter, by: Self.itself, detail: "\(why): \(other)")
        try count(.covered)
    }

    /// The alert of the same zone that closed just before; it is at least as urgent.
    private func cooling(
        _ alert: AlertData,
        at time: Instant,
        _ storms: StormPolicy
    ) throws -> String? {
        guard storms.coolDown > .zero else { return nil }
        return try row(
            """
            SELECT matterId FROM matter
            WHERE camera = ? AND zone = ? AND kind = ? AND isAlert AND NOT isOpen
                AND closedAt BETWEEN ? AND ? AND severity >= ? AND matterId <> ?
                AND state NOT IN ('covered', 'dead', 'expired')
            ORDER BY closedAt DESC LIMIT 1
            """,
            [
                alert.camera.id.rawValue, alert.zone.id.rawValue, alert.kind.rawValue,
                time.microseconds - storms.coolDown.microseconds, time.microseconds,
                alert.severity.rank, alert.alertID,
            ]
        )?["matterId"]
    }

    /// The alert of another camera of the same place that opened just before.
    private func sameMatter(
        _ alert: AlertData,
        at time: Instant,
        _ storms: StormPolicy
    ) throws -> String? {
        guard storms.mergeWithin > .zero, let place = alert.place else { return nil }
        return try row(
            """
            SELECT matterId FROM matter
            WHERE place = ? AND openedAt BETWEEN ? AND ? AND kind = ? AND camera <> ? AND isAlert
                AND NOT isSummary AND severity >= ? AND state NOT IN ('covered', 'dead', 'expired')
            ORDER BY openedAt DESC LIMIT 1
            """,
            [
                place, time.microseconds - storms.mergeWithin.microseconds, time.microseconds,
                alert.kind.rawValue, alert.camera.id.rawValue, alert.severity.rank,
            ]
        )?["matterId"]
    }

    private static let hour: Int64 = 3_600_000_000

    /// The summary that stands for an alert once its zone has as many as it may have in the hour.
    private func overCeiling(_ opening: AlertEvent, _ storms: StormPolicy) throws -> String? {
        let data = opening.data
        let time = opening.time.instant.microseconds
        let begin = time - (time % Self.hour + Self.hour) % Self.hour
        let handedOut = try number(
            """
            SELECT count(*) FROM matter WHERE camera = ? AND zone = ? AND openedAt >= ?
                AND openedAt < ? AND isAlert AND NOT isSummary AND state <> 'covered'
                AND matterId <> ?
            """,
            [
                data.camera.id.rawValue, data.zone.id.rawValue, begin, begin + Self.hour,
                data.alertID,
            ]
        )
        guard handedOut >= Int64(storms.ceiling) else { return nil }
        let name = Self.summaryID(of: opening, hour: begin)
        try summarise(opening, as: name, from: begin)
        return name
    }

    /// The same for all alerts of a zone and kind that open within an hour.
    private static func summaryID(of opening: AlertEvent, hour: Int64) -> String {
        var hash = SHA256()
        hash.update(field: "smartpatrol.summary.v1")
        hash.update(field: opening.source)
        hash.update(field: opening.data.zone.id.rawValue)
        hash.update(field: opening.data.kind.rawValue)
        hash.update(number: hour)
        return Digest.hexadecimal(hash.finish().prefix(16))
    }

    /// Opens the summary, or tells of it again where its number has doubled or it is more urgent.
    private func summarise(_ opening: AlertEvent, as name: String, from begin: Int64) throws {
        let known = try row(
            "SELECT covers, severity, revision FROM matter WHERE matterId = ?",
            [name]
        )
        var event = opening
        event.data.alertID = name
        event.data.escalation = nil
        let covers = (known?["covers"] ?? 0) + 1
        event.data.summary = AlertSummary(
            alerts: covers,
            from: Timestamp(Instant(microseconds: begin)),
            to: Timestamp(Instant(microseconds: begin + Self.hour))
        )
        if let known {
            let rank: Int = known["severity"]
            let isWorse = opening.data.severity.rank > rank
            guard isWorse || covers & (covers - 1) == 0 else { return }
            event.data.severity = max(opening.data.severity, Severity(rank: rank))
            event.data.revision = (known["revision"] ?? 0) + 1
            event.type = .updated
        } else {
            event.data.revision = 1
        }
        event.id = "\(name).\(event.data.revision)"
        try publish(event, body: event.jsonLine(), recordedAt: now)
    }

    /// Closes the summaries of hours that are over, with their final number.
    func closeSummaries() throws -> [QueueEvent] {
        let over = try rows(
            """
            SELECT matterId, covers, revision FROM matter
            WHERE isSummary AND isOpen AND openedAt < ? LIMIT 100
            """,
            [now.microseconds - (now.microseconds % Self.hour + Self.hour) % Self.hour]
        )
        return try over.map { row in
            var event = try latestAlert(row["matterId"])
            event.data.revision = (row["revision"] ?? 0) + 1
            event.data.escalation = nil
            event.data.summary?.alerts = row["covers"]
            event.type = .closed
            event.id = "\(event.data.alertID).\(event.data.revision)"
            if let end = event.data.summary?.to { event.time = end }
            try publish(event, body: event.jsonLine(), recordedAt: now)
            return .alert(event)
        }
    }

    /// The latest event of an alert.
    func latestAlert(_ matter: String) throws -> AlertEvent {
        let body = try row(
            """
            SELECT body FROM event JOIN matter ON event.sequence = matter.latestSequence
            WHERE matterId = ?
            """,
            [matter]
        )
        guard let body else {
            throw AlertError(.missing, "alert \(matter) has no event; run patrol queue check")
        }
        return try AlertEvent(jsonLine: body["body"])
    }
}
