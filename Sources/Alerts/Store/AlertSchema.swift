internal import GRDB

/// The tables of the outbox and how they came to be.
enum AlertSchema {
    /// How far a database has come.
    enum State {
        case empty
        case foreign
        case current
        case older
        case newer
    }

    /// All steps in order; a step that was released is never changed.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 event log") { database in
            try database.execute(sql: eventLog)
        }
        // The table stays as it is, so that nothing can get lost on the way; the step tells a
        // version that knows of alerts alone to leave the database.
        migrator.registerMigration("2 health events") { _ in }
        migrator.registerMigration("3 hand-over") { try QueueSchema.create($0) }
        migrator.registerMigration("4 removed matters") { database in
            try database.execute(sql: QueueSchema.removedMatters)
        }
        return migrator
    }

    /// An event of a camera's health has its matter's id as `alertId`, its fault as `kind` and no
    /// zone, which is empty text.
    ///
    /// AUTOINCREMENT, so that no sequence number is ever given twice and a reader's cursor stays
    /// right even when the newest rows have been evicted.
    private static let eventLog = """
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            alertId TEXT NOT NULL,
            revision INTEGER NOT NULL,
            type TEXT NOT NULL,
            kind TEXT NOT NULL,
            severity TEXT NOT NULL,
            camera TEXT NOT NULL,
            zone TEXT NOT NULL,
            time TEXT NOT NULL,
            streamMicroseconds INTEGER NOT NULL,
            recordedAt TEXT,
            body TEXT NOT NULL,
            UNIQUE (source, id)
        ) STRICT;
        CREATE INDEX eventByAlert ON event (alertId, revision);
        """

    /// Looks at a database without changing it.
    static func state(_ database: Database) throws -> State {
        guard try database.tableExists("grdb_migrations") else {
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
            return tables == 0 ? .empty : .foreign
        }
        if try migrator.hasBeenSuperseded(database) { return .newer }
        if try migrator.hasCompletedMigrations(database) { return .current }
        return try database.tableExists("event") ? .older : .empty
    }

    /// Refuses what this version must not touch.
    static func check(_ state: State, path: String) throws(AlertError) {
        switch state {
        case .empty, .current, .older: return
        case .foreign: throw missing(path: path)
        case .newer:
            throw AlertError(
                .invalidData,
                "the alert queue \(path) was written by a newer version; use that version"
            )
        }
    }

    static func missing(path: String) -> AlertError {
        AlertError(.invalidData, "\(path) holds no alert queue of this version; move it away")
    }
}
