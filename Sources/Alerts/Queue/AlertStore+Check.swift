internal import GRDB
internal import Scene

extension AlertStore {
    /// Looks for everything that must not be, as fsck does in a file system; changes nothing.
    ///
    /// - Parameter limit: At most this many violations of each rule.
    /// - Returns: What is wrong; nothing where all is well.
    /// - Throws: `AlertError` where the queue cannot be read at all.
    public func check(limit: Int = 100) throws(AlertError) -> [QueueViolation] {
        try translating("cannot read the alert queue \(path)") {
            try reader.read { database in
                let work = QueueTransaction(
                    database: database,
                    policy: policy,
                    now: Instant(microseconds: 0)
                )
                var checker = QueueChecker(work: work, path: path, limit: limit)
                try checker.integrity()
                guard checker.found.isEmpty else { return checker.found }
                try checker.sequence()
                try checker.events()
                try checker.matters()
                try checker.claims()
                try checker.transitions()
                try checker.verdicts()
                try checker.cursors()
                try checker.bytes()
                return checker.found
            }
        }
    }
}

/// Goes through a queue rule by rule.
struct QueueChecker {
    let work: QueueTransaction
    let path: String
    let limit: Int
    private(set) var found: [QueueViolation] = []
    private var counts: [QueueViolation.Rule: Int] = [:]

    static let restore = "stop patrol, keep a copy of the file, and restore the last backup"

    init(work: QueueTransaction, path: String, limit: Int) {
        self.work = work
        self.path = path
        self.limit = limit
    }

    mutating func report(_ rule: QueueViolation.Rule, _ message: String, _ advice: String) {
        counts[rule, default: 0] += 1
        guard counts[rule, default: 0] <= limit else { return }
        found.append(QueueViolation(rule: rule, message: message, advice: advice))
    }

    mutating func integrity() throws {
        for row in try work.rows("PRAGMA integrity_check") {
            let text: String = row[0]
            if text != "ok" { report(.integrity, "\(path): \(text)", Self.restore) }
        }
    }

    /// As many sequence numbers are missing as events were removed.
    mutating func sequence() throws {
        let end = try work.number("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
        let last = try work.number("SELECT max(sequence) FROM event")
        let held = try work.number("SELECT count(*) FROM event")
        let removed = try work.number("SELECT value FROM counter WHERE name = 'evictedEvents'")
        if last > end {
            report(
                .sequence,
                "event \(last) lies behind the end of the log, \(end)",
                "a number may be given twice: \(Self.restore)"
            )
        }
        if end - held != removed {
            report(
                .sequence,
                "\(end - held) sequence numbers up to \(end) have no event, and \(removed) events "
                    + "were removed to stay within the bounds",
                "events were lost or added by other means: compare with alerts.jsonl, and "
                    + "restore the last backup"
            )
        }
        let ledger = try work.number("SELECT sum(events) FROM eviction")
        if ledger != removed {
            report(
                .sequence,
                "the ledger of removals has \(ledger) events, the counter \(removed)",
                "the figures of removals are wrong, the events are not; restore the last backup "
                    + "if they matter"
            )
        }
    }

    mutating func claims() throws {
        for row in try work.rows(
            """
            SELECT id, matterId FROM claim
            WHERE NOT EXISTS (SELECT 1 FROM matter WHERE matter.matterId = claim.matterId)
            """
        ) {
            let id: String = row["id"]
            report(.claim, "claim \(id) is of an alert that is not there", Self.restore)
        }
        for row in try work.rows(
            """
            SELECT matterId, count(*) AS number, group_concat(consumer, ', ') AS consumers
            FROM claim WHERE endedAt IS NULL GROUP BY matterId HAVING count(*) > 1
            """
        ) {
            let matter: String = row["matterId"]
            let consumers: String = row["consumers"]
            report(
                .claim,
                "alert \(matter) is held more than once, by \(consumers)",
                "let all but one of them release it"
            )
        }
        for row in try work.rows(
            """
            SELECT matterId, state FROM matter WHERE (state = 'claimed') <> EXISTS
                (SELECT 1 FROM claim WHERE claim.matterId = matter.matterId AND endedAt IS NULL)
            """
        ) {
            let matter: String = row["matterId"]
            let state: String = row["state"]
            report(
                .claim,
                "alert \(matter) is \(state), which its claims do not say",
                "restore the last backup, or report a verdict on it to be done with it"
            )
        }
    }

    mutating func verdicts() throws {
        for row in try work.rows(
            """
            SELECT matterId FROM verdict WHERE NOT EXISTS
                (SELECT 1 FROM matter WHERE matter.matterId = verdict.matterId
                    AND state = 'reported')
            UNION ALL
            SELECT matterId FROM matter WHERE state = 'reported' AND NOT EXISTS
                (SELECT 1 FROM verdict WHERE verdict.matterId = matter.matterId)
            """
        ) {
            let matter: String = row["matterId"]
            report(
                .verdict,
                "alert \(matter) has a verdict without being reported, or the other way round",
                "report the verdict again"
            )
        }
    }

    mutating func cursors() throws {
        let end = try work.number("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
        for row in try work.rows(
            "SELECT name, sequence FROM cursor WHERE sequence > ? OR sequence < 0",
            [end]
        ) {
            let name: String = row["name"]
            let sequence: Int64 = row["sequence"]
            report(
                .cursor,
                "cursor \(name) stands at \(sequence), and the log ends at \(end)",
                "it would miss events: forget it with patrol queue consumers --forget \(name)"
            )
        }
    }

    mutating func bytes() throws {
        let counted = try work.number("SELECT value FROM counter WHERE name = 'bytes'")
        let held = try work.number("SELECT sum(bytes) FROM matter")
        guard counted != held else { return }
        report(
            .bytes,
            "\(counted) bytes are counted and \(held) are there",
            "the bound on bytes is off by the difference; restore the last backup if it is large"
        )
    }
}
