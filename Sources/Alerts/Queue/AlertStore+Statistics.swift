internal import GRDB
public import Scene

extension AlertStore {
    /// How the hand-over goes, over all that the queue holds.
    ///
    /// Reads every alert once: milliseconds for thousands.
    /// - Parameters:
    ///   - now: The time; what is overdue by then counts as missed.
    ///   - hour: The hour of the day, 0 to 23, in which people place a moment.
    /// - Returns: All figures, of one moment.
    /// - Throws: `AlertError` where the queue cannot be read.
    public func statistics(
        now: Instant,
        hour: (Instant) -> Int = AlertStore.hourUTC
    ) throws(AlertError) -> QueueStatistics {
        try translating("cannot read the alert queue \(path)") {
            try reader.read { database in
                let work = QueueTransaction(database: database, policy: policy, now: now)
                var tally = Tally(now: now.microseconds)
                let alerts = try Row.fetchCursor(database, sql: Self.alertTimes)
                while let row = try alerts.next() { tally.add(row, hour: hour) }
                return try QueueStatistics(
                    states: work.states(),
                    deadlines: tally.deadlines,
                    stages: tally.stages,
                    precisions: tally.precisions,
                    counters: work.counters(),
                    evictions: work.evictions(),
                    end: work.number("SELECT seq FROM sqlite_sequence WHERE name = 'event'"),
                    events: Int(work.number("SELECT count(*) FROM event"))
                )
            }
        }
    }

    /// The hour of the day in UTC.
    public static func hourUTC(_ instant: Instant) -> Int {
        let hours = (Double(instant.microseconds) / 3_600_000_000).rounded(.down)
        return Int((hours.truncatingRemainder(dividingBy: 24) + 24)) % 24
    }

    private static let alertTimes = """
        SELECT matter.*, frameAt, decidedAt, durableAt, deliveredAt, recordedAt, verdict
        FROM matter LEFT JOIN event ON event.sequence = matter.openedSequence
        LEFT JOIN verdict ON verdict.matterId = matter.matterId
        WHERE isAlert ORDER BY openedSequence
        """
}

extension QueueTransaction {
    fileprivate func states() throws -> [HandoverState: Int] {
        var states: [HandoverState: Int] = [:]
        for row in try rows("SELECT state, count(*) AS number FROM matter GROUP BY state") {
            if let state = HandoverState(rawValue: row["state"]) { states[state] = row["number"] }
        }
        return states
    }

    func counters() throws -> [QueueCounter: Int] {
        var counters: [QueueCounter: Int] = [:]
        for row in try rows("SELECT name, value FROM counter") {
            if let name = QueueCounter(rawValue: row["name"]) { counters[name] = row["value"] }
        }
        return counters
    }

    fileprivate func evictions() throws -> [QueueStatistics.Eviction] {
        try rows("SELECT * FROM eviction ORDER BY reason, severity, kind, state").map { row in
            QueueStatistics.Eviction(
                reason: row["reason"],
                kind: row["kind"],
                severity: Severity(rank: row["severity"]),
                state: HandoverState(rawValue: row["state"]) ?? .pending,
                matters: row["matters"],
                events: row["events"],
                unread: row["unread"],
                lastAt: Instant(microseconds: row["lastAt"])
            )
        }
    }
}

/// Adds up what the rows of alerts say.
private struct Tally {
    let now: Int64
    private var kept: [String: Int] = [:]
    private var missed: [String: Int] = [:]
    private var seconds: [String: [Double]] = [:]
    private var verdicts: [String: [String: [Verdict: Int]]] = [:]

    private static let deadlineNames = ["dispatchBy", "arriveBy", "reportBy"]
    private static let stageNames = [
        "decided", "durable", "delivered", "claimed", "acknowledged", "arrived", "reported",
    ]
    private static let dimensions = ["all", "camera", "zone", "kind", "hour"]

    init(now: Int64) {
        self.now = now
    }

    mutating func add(_ row: Row, hour: (Instant) -> Int) {
        addTimes(row)
        addDeadlines(row)
        let text: String? = row["verdict"]
        guard let verdict = text.flatMap(Verdict.init) else { return }
        let opened = hour(Instant(microseconds: row["openedAt"]))
        let camera: String = row["camera"]
        let zone: String = row["zone"]
        let values = [
            "", camera, "\(camera)/\(zone)", row["kind"], (opened < 10 ? "0" : "") + "\(opened)",
        ]
        for (dimension, value) in zip(Self.dimensions, values) {
            verdicts[dimension, default: [:]][value, default: [:]][verdict, default: 0] += 1
        }
    }

    private mutating func addTimes(_ row: Row) {
        let recorded: String? = row["recordedAt"]
        let times: [Int64?] = [
            row["decidedAt"], row["durableAt"], row["deliveredAt"], row["claimedAt"],
            row["acknowledgedAt"],
            row["arrivedAt"], row["reportedAt"],
        ]
        let kept = recorded.flatMap { Instant(rfc3339: $0)?.microseconds }
        guard let begin: Int64 = row["frameAt"] ?? row["decidedAt"] ?? kept else { return }
        for (name, time) in zip(Self.stageNames, times) {
            guard let time else { continue }
            seconds[name, default: []].append(max(0, Double(time - begin) / 1_000_000))
        }
    }

    /// Of recordings, whose time has long passed, and of what another alert stands for, no
    /// deadline comes due.
    private mutating func addDeadlines(_ row: Row) {
        guard row["clockQuality"] == ClockQuality.host.rawValue,
            row["state"] != HandoverState.covered.rawValue
        else { return }
        let reported: Int64? = row["reportedAt"]
        let arrived: Int64? = row["arrivedAt"]
        let ordered: Int64? = row["acknowledgedAt"] ?? reported
        judge("dispatchBy", due: row["dispatchBy"], done: ordered)
        guard row["acknowledgedAt"] != nil else { return }
        judge("arriveBy", due: row["arriveBy"], done: arrived ?? reported)
        judge("reportBy", due: row["reportBy"], done: reported)
    }

    private mutating func judge(_ name: String, due: Int64, done: Int64?) {
        if let done, done <= due {
            kept[name, default: 0] += 1
        } else if done != nil || now > due {
            missed[name, default: 0] += 1
        }
    }

    var deadlines: [QueueStatistics.Deadline] {
        Self.deadlineNames.map {
            QueueStatistics.Deadline(name: $0, kept: kept[$0] ?? 0, missed: missed[$0] ?? 0)
        }
    }

    var stages: [QueueStatistics.Stage] {
        Self.stageNames.compactMap { name in
            guard let values = seconds[name]?.sorted(), let last = values.last else { return nil }
            /// The smallest value that at least that share of all does not exceed.
            func at(_ share: Double) -> Double {
                values[max(0, Int((share * Double(values.count)).rounded(.up)) - 1)]
            }
            return QueueStatistics.Stage(
                name: name,
                count: values.count,
                p50: at(0.5),
                p90: at(0.9),
                p99: at(0.99),
                maximum: last
            )
        }
    }

    var precisions: [QueueStatistics.Precision] {
        Self.dimensions.flatMap { dimension in
            (verdicts[dimension] ?? [:]).sorted { $0.key < $1.key }.map { value, counts in
                QueueStatistics.Precision(by: dimension, value: value, verdicts: counts)
            }
        }
    }
}
