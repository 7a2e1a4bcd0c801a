internal import GRDB
public import Scene

/// Which alerts to list; what is nil or empty does not matter.
public struct AlertFilter: Hashable, Sendable {
    /// Of this camera.
    public var camera: CameraID?
    /// Of the zone of this id.
    public var zone: ZoneID?
    /// Of zones of these kinds.
    public var kinds: [ZoneKind]
    /// At least so urgent.
    public var severity: Severity?
    /// That stand so.
    public var states: [HandoverState]
    /// Opened at this time or later.
    public var since: Instant?
    /// Opened before this time.
    public var until: Instant?
    /// True for those that go on, false for those that are over.
    public var isOpen: Bool?

    /// A filter that passes everything but what is asked for.
    public init(
        camera: CameraID? = nil,
        zone: ZoneID? = nil,
        kinds: [ZoneKind] = [],
        severity: Severity? = nil,
        states: [HandoverState] = [],
        since: Instant? = nil,
        until: Instant? = nil,
        isOpen: Bool? = nil
    ) {
        self.camera = camera
        self.zone = zone
        self.kinds = kinds
        self.severity = severity
        self.states = states
        self.since = since
        self.until = until
        self.isOpen = isOpen
    }

    /// What the rows of `matter` must fulfil, with the values that it names.
    fileprivate var conditions: (sql: [String], arguments: [(any DatabaseValueConvertible)?]) {
        var sql = ["isAlert"]
        var arguments: [(any DatabaseValueConvertible)?] = []
        func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            sql.append(condition)
            arguments.append(value)
        }
        func require(_ column: String, among values: [String]) {
            guard !values.isEmpty else { return }
            sql.append("\(column) IN (\(values.map { _ in "?" }.joined(separator: ", ")))")
            arguments += values
        }
        require("matter.camera = ?", camera?.rawValue)
        require("matter.zone = ?", zone?.rawValue)
        require("matter.kind", among: kinds.map(\.rawValue))
        require("matter.severity >= ?", severity?.rank)
        require("matter.state", among: states.map(\.rawValue))
        require("openedAt >= ?", since?.microseconds)
        require("openedAt < ?", until?.microseconds)
        require("isOpen = ?", isOpen)
        return (sql, arguments)
    }
}

/// An alert in a list: how it stands, without its history, and its latest event.
public struct ListedAlert: Hashable, Sendable {
    /// How it stands; the history is empty.
    public let record: HandoverRecord
    /// Its latest event.
    public let latest: StoredEvent
}

/// A part of a list of alerts.
public struct AlertPage: Hashable, Sendable {
    /// The alerts, the one that opened last first.
    public let alerts: [ListedAlert]
    /// Where the next part begins; nil where this is the last.
    public let next: Int64?
}

extension AlertStore {
    /// A part of the alerts, the one that opened last first; what is heard later moves none.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - position: Where the part begins, as `AlertPage.next` tells; nil for the newest.
    ///   - limit: At most this many.
    /// - Returns: The alerts of one moment.
    /// - Throws: `AlertError` where the queue cannot be read.
    public func alerts(
        _ filter: AlertFilter = AlertFilter(),
        before position: Int64? = nil,
        limit: Int
    ) throws(AlertError) -> AlertPage {
        var (conditions, arguments) = filter.conditions
        arguments = [position ?? Int64.max] + arguments + [limit + 1]
        // The log's own order leads, so that a page costs what it shows and not what there is.
        let rows = try rows(
            """
            SELECT opened.sequence AS place, matter.*, latest.sequence, latest.body,
                latest.recordedAt, latest.isLate, latest.expiresAt AS eventExpiresAt,
                claim.id AS claimId, claim.consumer, claim.leaseUntil,
                verdict, text, verdict.by AS verdictBy, verdict.at AS verdictAt
            FROM event AS opened
            CROSS JOIN matter ON matter.matterId = opened.alertId
                AND matter.openedSequence = opened.sequence
            JOIN event AS latest ON latest.sequence = matter.latestSequence
            LEFT JOIN claim ON claim.matterId = matter.matterId AND claim.endedAt IS NULL
            LEFT JOIN verdict ON verdict.matterId = matter.matterId
            WHERE opened.sequence < ? AND \(conditions.joined(separator: " AND "))
            ORDER BY opened.sequence DESC LIMIT ?
            """,
            StatementArguments(arguments)
        )
        let shown = rows.prefix(limit)
        return AlertPage(
            alerts: shown.map { row in
                ListedAlert(
                    record: HandoverRecord(row, transitions: []),
                    latest: StoredEvent(row, expiry: "eventExpiresAt")
                )
            },
            next: rows.count > limit ? shown.last?["place"] : nil
        )
    }

    /// All events of an alert as they are handed out, in order.
    ///
    /// - Parameter alert: The whole id.
    /// - Returns: Its events; none where there is none of that id.
    /// - Throws: `AlertError` where the queue cannot be read.
    public func storedEvents(of alert: String) throws(AlertError) -> [StoredEvent] {
        try rows("SELECT * FROM event WHERE alertId = ? ORDER BY revision, sequence", [alert])
            .map(StoredEvent.init)
    }

    /// The last sequence that was given, 0 for none.
    ///
    /// - Throws: `AlertError` where the queue cannot be read.
    public func end() throws(AlertError) -> Int64 {
        try rows("SELECT seq FROM sqlite_sequence WHERE name = 'event'", []).first?["seq"] ?? 0
    }
}
