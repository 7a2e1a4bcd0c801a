internal import GRDB
internal import Scene

extension AlertStore {
    /// Entries in the order in which they were committed.
    ///
    /// - Parameters:
    ///   - sequence: The last entry that the caller has seen, 0 for none.
    ///   - limit: At most this many entries.
    /// - Returns: The entries that follow; empty at the end of the log.
    /// - Throws: `AlertError` where the database cannot be read.
    public func events(
        after sequence: Int64 = 0,
        limit: Int
    ) throws(AlertError) -> [StoredEvent] {
        let rows = try rows(
            "SELECT * FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?",
            [sequence, limit]
        )
        return rows.map(StoredEvent.init)
    }

    /// Alerts and faults of cameras by their latest event, the one that was heard of last first.
    ///
    /// - Parameter filter: Which ones, and how many at most.
    /// - Returns: One summary for each that passes.
    /// - Throws: `AlertError` where the database cannot be read.
    public func matters(
        _ filter: MatterFilter = MatterFilter()
    ) throws(AlertError) -> [MatterSummary] {
        var conditions = [
            """
            NOT EXISTS (SELECT 1 FROM event AS later
                WHERE later.alertId = event.alertId AND (later.revision > event.revision
                    OR later.revision = event.revision AND later.sequence > event.sequence))
            """
        ]
        var arguments: [(any DatabaseValueConvertible)?] = []
        func require(_ column: String, _ value: String?) {
            guard let value else { return }
            conditions.append("\(column) = ?")
            arguments.append(value)
        }
        require("camera", filter.camera?.rawValue)
        require("zone", filter.zone?.rawValue)
        require("kind", filter.kind?.rawValue)
        if let sort = filter.sort {
            conditions.append(sort == .health ? "type GLOB ?" : "type NOT GLOB ?")
            arguments.append(HealthEvent.typePrefix + "*")
        }
        if let isOpen = filter.isOpen {
            conditions.append(isOpen ? "type NOT IN (?, ?)" : "type IN (?, ?)")
            arguments.append(AlertEvent.Kind.closed.rawValue)
            arguments.append(HealthEvent.Kind.closed.rawValue)
        }
        arguments.append(filter.limit)
        let rows = try rows(
            """
            SELECT sequence, body FROM event WHERE \(conditions.joined(separator: " AND "))
            ORDER BY sequence DESC LIMIT ?
            """,
            StatementArguments(arguments)
        )
        var matters: [MatterSummary] = []
        for row in rows {
            let latest = try QueueEvent(jsonLine: row["body"])
            matters.append(MatterSummary(sequence: row["sequence"], latest: latest))
        }
        return matters
    }

    /// All events of one alert or one fault of a camera, in order.
    ///
    /// - Parameter id: Its id or the beginning of it, upper or lower case.
    /// - Returns: Its events; none where nothing is so called.
    /// - Throws: `AlertError` with `invalidData` where several begin so, or where `id` has other
    ///   than hexadecimal digits.
    public func matter(id: String) throws(AlertError) -> [QueueEvent] {
        let prefix = id.lowercased()
        guard !prefix.isEmpty, prefix.utf8.allSatisfy(Self.isHexadecimal) else {
            throw AlertError(
                .invalidData,
                "\"\(id)\" is no id; give the digits 0 to 9 and a to f that it begins with"
            )
        }
        // "g" follows every hexadecimal digit.
        let rows = try rows(
            """
            SELECT alertId, body FROM event WHERE alertId >= ? AND alertId < ?
            ORDER BY alertId, revision, sequence
            """,
            [prefix, prefix + "g"]
        )
        let names = Set(rows.map { row -> String in row["alertId"] })
        guard names.count <= 1 else {
            let some = names.sorted().prefix(3).joined(separator: ", ")
            throw AlertError(
                .invalidData,
                "\(names.count) ids begin with \(id) (\(some), …); give more digits"
            )
        }
        var events: [QueueEvent] = []
        for row in rows { events.append(try QueueEvent(jsonLine: row["body"])) }
        return events
    }

    private static func isHexadecimal(_ digit: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
    }

    func rows(
        _ sql: String,
        _ arguments: StatementArguments
    ) throws(AlertError) -> [Row] {
        try translating("cannot read the alert queue \(path)") {
            try reader.read { try Row.fetchAll($0, sql: sql, arguments: arguments) }
        }
    }
}
