internal import Foundation
internal import GRDB
internal import Scene

/// The tables of the hand-over, beside the log (`docs/design/queue.md`).
enum QueueSchema {
    /// Times are microseconds since 1970; a severity is its rank, the most urgent the highest.
    static let tables = """
        ALTER TABLE event ADD COLUMN frameAt INTEGER;
        ALTER TABLE event ADD COLUMN decidedAt INTEGER;
        ALTER TABLE event ADD COLUMN deliveredAt INTEGER;
        ALTER TABLE event ADD COLUMN expiresAt INTEGER;
        ALTER TABLE event ADD COLUMN isLate INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE matter (
            matterId TEXT NOT NULL PRIMARY KEY,
            isAlert INTEGER NOT NULL,
            isSummary INTEGER NOT NULL DEFAULT 0,
            camera TEXT NOT NULL,
            zone TEXT NOT NULL,
            kind TEXT NOT NULL,
            place TEXT,
            clockQuality TEXT NOT NULL,
            severity INTEGER NOT NULL,
            isOpen INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            openedSequence INTEGER NOT NULL,
            latestSequence INTEGER NOT NULL,
            openedAt INTEGER NOT NULL,
            closedAt INTEGER,
            keptAt INTEGER NOT NULL,
            dispatchBy INTEGER NOT NULL,
            arriveBy INTEGER NOT NULL,
            reportBy INTEGER NOT NULL,
            expiresAt INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('noted', 'pending', 'claimed', 'acknowledged',
                'arrived', 'reported', 'expired', 'dead', 'covered')),
            coveredBy TEXT,
            covers INTEGER NOT NULL DEFAULT 0,
            tries INTEGER NOT NULL DEFAULT 0,
            claims INTEGER NOT NULL DEFAULT 0,
            escalation INTEGER NOT NULL DEFAULT 0,
            claimedAt INTEGER,
            acknowledgedAt INTEGER,
            arrivedAt INTEGER,
            reportedAt INTEGER,
            bytes INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX matterUrgency ON matter (severity DESC, dispatchBy, openedSequence)
            WHERE state = 'pending';
        CREATE INDEX matterExpiry ON matter (expiresAt) WHERE state = 'pending';
        CREATE INDEX matterZone ON matter (camera, zone, openedAt);
        CREATE INDEX matterPlace ON matter (place, openedAt) WHERE place IS NOT NULL;
        CREATE INDEX matterAge ON matter (keptAt);
        CREATE INDEX matterSummary ON matter (openedAt) WHERE isSummary AND isOpen;
        CREATE TABLE claim (
            id TEXT NOT NULL PRIMARY KEY,
            matterId TEXT NOT NULL,
            consumer TEXT NOT NULL,
            claimedAt INTEGER NOT NULL,
            leaseUntil INTEGER NOT NULL,
            endedAt INTEGER,
            ending TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX claimLive ON claim (matterId) WHERE endedAt IS NULL;
        CREATE INDEX claimLease ON claim (leaseUntil) WHERE endedAt IS NULL;
        CREATE INDEX claimMatter ON claim (matterId);
        CREATE TABLE transition (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            matterId TEXT NOT NULL,
            what TEXT NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            detail TEXT
        ) STRICT;
        CREATE INDEX transitionMatter ON transition (matterId, number);
        CREATE TABLE verdict (
            matterId TEXT NOT NULL PRIMARY KEY,
            verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'false', 'duplicate',
                'out_of_scope')),
            text TEXT,
            by TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cursor (
            name TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('consumer', 'sink')),
            sequence INTEGER NOT NULL,
            movedAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE eviction (
            reason TEXT NOT NULL,
            kind TEXT NOT NULL,
            severity INTEGER NOT NULL,
            state TEXT NOT NULL,
            matters INTEGER NOT NULL,
            events INTEGER NOT NULL,
            unread INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            lastAt INTEGER NOT NULL,
            PRIMARY KEY (reason, kind, severity, state)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE counter (
            name TEXT NOT NULL PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE setting (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// When an event was on the disk; which matters go on after their beginning was removed, and
    /// how far the hand-over of removed ones had come.
    static let removedMatters = """
        ALTER TABLE event ADD COLUMN durableAt INTEGER;
        ALTER TABLE matter ADD COLUMN isContinued INTEGER NOT NULL DEFAULT 0;
        UPDATE matter SET isContinued = 1 WHERE EXISTS (SELECT 1 FROM eviction) AND EXISTS
            (SELECT 1 FROM event WHERE sequence = openedSequence AND type NOT LIKE '%.opened.%');
        \(removed)
        """

    /// Matters that were removed, as far as is asked for should they go on.
    private static let removed = """
        CREATE TABLE IF NOT EXISTS removed (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            matterId TEXT NOT NULL UNIQUE,
            wasOrdered INTEGER NOT NULL,
            claims INTEGER NOT NULL
        ) STRICT;
        """

    /// Makes the tables, and the rows of what an earlier version has kept.
    static func create(_ database: Database) throws {
        try database.execute(sql: tables)
        // Of a later step, and asked for by `note`.
        try database.execute(sql: removed)
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT sequence, recordedAt, body FROM event ORDER BY sequence"
        )
        while let row = try rows.next() {
            let event = try QueueEvent(jsonLine: row["body"]).common
            let recorded: String? = row["recordedAt"]
            let kept = recorded.flatMap { Instant(rfc3339: $0) } ?? event.time.instant
            let work = QueueTransaction(database: database, policy: HandoverPolicy(), now: kept)
            try work.note(event, sequence: row["sequence"], bytes: event.jsonLine().utf8.count)
        }
    }
}
