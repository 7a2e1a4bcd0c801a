internal import GRDB
internal import Scene

extension QueueTransaction {
    /// Notes what an event that was just logged says of its matter.
    ///
    /// A revision that comes late changes nothing but how urgent the matter is at least.
    func note(_ event: any ContractEvent, sequence: Int64, bytes: Int) throws {
        let data = event.matter
        let alert = data as? AlertData
        let opened = event.time.instant
        let kept = max(now, opened)
        let order = alert?.dispatchBy?.instant ?? opened + policy.dispatchWithin
        let arrival = alert?.arriveBy?.instant ?? order + policy.arriveWithin
        let report = alert?.reportBy?.instant ?? arrival + policy.reportWithin
        let isNew =
            try number("SELECT count(*) FROM matter WHERE matterId = ?", [data.matterID]) == 0
        try run(
            """
            INSERT INTO matter (matterId, isAlert, isSummary, camera, zone, kind, place,
                clockQuality, severity, isOpen, revision, openedSequence, latestSequence, openedAt,
                closedAt, keptAt, dispatchBy, arriveBy, reportBy, expiresAt, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (matterId) DO UPDATE SET
                severity = max(severity, excluded.severity),
                isOpen = iif(excluded.revision >= revision, excluded.isOpen, isOpen),
                closedAt = iif(excluded.revision >= revision, excluded.closedAt, closedAt),
                latestSequence = iif(excluded.revision >= revision, excluded.latestSequence,
                    latestSequence),
                revision = max(revision, excluded.revision),
                keptAt = max(keptAt, excluded.keptAt)
            """,
            [
                data.matterID, alert != nil, alert?.summary != nil, data.camera.id.rawValue,
                data.zoneID?.rawValue ?? "", data.topic, alert?.place,
                data.clockQuality.rawValue, data.severity.rank, !event.isClosed, data.revision,
                sequence, sequence, opened.microseconds,
                event.isClosed ? opened.microseconds : nil, kept.microseconds,
                order.microseconds, arrival.microseconds, report.microseconds,
                (kept + policy.expireAfter).microseconds,
                (alert == nil ? HandoverState.noted : .pending).rawValue,
            ]
        )
        try charge(data.matterID, bytes + Self.rowBytes)
        if isNew, try isContinued(data.matterID, isAlert: alert != nil) { return }
        guard let alert else { return }
        if isNew {
            try coverIfStorm(alert, event: event)
        } else {
            try uncoverIfWorse(alert)
        }
    }

    /// Takes up a matter that was removed to stay within the bounds and goes on: the numbers of its
    /// claims go on, too, and it is not handed out again where the order had gone out.
    ///
    /// - Returns: whether it is one.
    private func isContinued(_ matter: String, isAlert: Bool) throws -> Bool {
        let before = try row(
            "SELECT wasOrdered, claims FROM removed WHERE matterId = ?",
            [matter]
        )
        guard let before else { return false }
        try run(
            "UPDATE matter SET isContinued = 1, claims = ? WHERE matterId = ?",
            [before["claims"] ?? 0, matter]
        )
        try run("DELETE FROM removed WHERE matterId = ?", [matter])
        if isAlert, before["wasOrdered"] == true {
            try setState(.expired, of: matter)
            let detail = "the order had gone out before it was removed"
            try transition(.expired, of: matter, by: Self.itself, detail: detail)
        }
        return true
    }
}
