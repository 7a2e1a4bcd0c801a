internal import GRDB
internal import Scene

extension QueueChecker {
    /// The log's entries by matter, in their order: each is an event, and they follow each other.
    mutating func events() throws {
        let log = try Row.fetchCursor(
            work.database,
            sql: """
                SELECT sequence, source, id, alertId, event.revision, type, event.severity, body,
                    isContinued
                FROM event LEFT JOIN matter ON matterId = alertId ORDER BY alertId, sequence
                """
        )
        var matter = ""
        var phase = Phase.none
        while let row = try log.next() {
            let sequence: Int64 = row["sequence"]
            guard let event = try? QueueEvent(jsonLine: row["body"]).common else {
                report(.event, "entry \(sequence) of the log is no event", Self.restore)
                continue
            }
            let told = [
                event.source, event.id, event.matter.matterID, event.typeName,
                event.matter.severity.rawValue,
            ]
            let columns: [String] = [
                row["source"], row["id"], row["alertId"], row["type"], row["severity"],
            ]
            if told != columns || event.matter.revision != row["revision"] {
                report(
                    .event,
                    "the columns of entry \(sequence) are not what its event says",
                    Self.restore
                )
            }
            let name: String = row["alertId"]
            if name != matter {
                matter = name
                phase = .none
            }
            let next = Phase(event)
            if !phase.mayPrecede(next), !(phase == .none && row["isContinued"] == true) {
                report(
                    .lifecycle,
                    "event \(event.id), entry \(sequence), is \(next) after \(phase)",
                    "two runs may have written into one folder; give each its own"
                )
            }
            phase = next
        }
    }

    /// How far a matter has come by its events.
    enum Phase {
        case none
        case opened
        case updated
        case closed

        init(_ event: any ContractEvent) {
            if event.isClosed {
                self = .closed
            } else {
                self = event.typeName.contains(".opened.") ? .opened : .updated
            }
        }

        func mayPrecede(_ next: Phase) -> Bool {
            switch self {
            case .none: next == .opened
            case .opened, .updated: next == .updated || next == .closed
            case .closed: false
            }
        }
    }

    /// The row of every matter agrees with its events.
    mutating func matters() throws {
        for row in try work.rows(
            """
            SELECT DISTINCT alertId FROM event
            WHERE NOT EXISTS (SELECT 1 FROM matter WHERE matterId = alertId)
            """
        ) {
            let name: String = row["alertId"]
            report(.matter, "the events of \(name) have no row in matter", Self.restore)
        }
        for row in try work.rows(
            """
            SELECT matterId FROM matter WHERE NOT EXISTS (SELECT 1 FROM event
                WHERE sequence = latestSequence AND alertId = matterId
                    AND event.revision = matter.revision
                    AND isOpen = (type NOT LIKE '%.closed.%'))
            """
        ) {
            let name: String = row["matterId"]
            report(.matter, "\(name) does not stand as its latest event says", Self.restore)
        }
        for row in try work.rows(
            """
            SELECT matterId FROM matter WHERE severity <> (SELECT max(CASE severity
                WHEN 'emergency' THEN 3 WHEN 'critical' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END)
                FROM event WHERE alertId = matterId)
            """
        ) {
            let name: String = row["matterId"]
            report(
                .matter,
                "\(name) is not as urgent as the most urgent of its events",
                Self.restore
            )
        }
        let evicted = try work.number("SELECT count(*) FROM eviction") > 0
        for row in try work.rows(
            """
            SELECT matterId FROM matter AS own WHERE (state = 'covered') <> (coveredBy IS NOT NULL)
                OR (state = 'covered' AND NOT ? AND NOT EXISTS
                    (SELECT 1 FROM matter WHERE matterId = own.coveredBy))
            """,
            [evicted]
        ) {
            let name: String = row["matterId"]
            report(
                .matter,
                "nothing stands for \(name), which is covered",
                "put it back into the queue with patrol queue retry \(name)"
            )
        }
    }

    /// What happened to every alert is allowed and leads to where it stands.
    mutating func transitions() throws {
        for row in try work.rows(
            """
            SELECT number, matterId FROM transition WHERE NOT EXISTS
                (SELECT 1 FROM matter WHERE matter.matterId = transition.matterId)
            """
        ) {
            let name: String = row["matterId"]
            let number: Int64 = row["number"]
            report(
                .transition,
                "transition \(number) is of \(name), which is not there",
                Self.restore
            )
        }
        let steps = try Row.fetchCursor(
            work.database,
            sql: """
                SELECT matter.matterId AS name, state, number, what FROM matter
                LEFT JOIN transition ON transition.matterId = matter.matterId
                WHERE isAlert ORDER BY matter.matterId, number
                """
        )
        var last: (name: String, stands: String, state: HandoverState?)?
        while let row = try steps.next() {
            let name: String = row["name"]
            if last?.name != name {
                settle(last)
                last = (name, row["state"], .pending)
            }
            guard let what: String = row["what"], let state = last?.state else { continue }
            let next = Transition.Kind(rawValue: what).flatMap(state.after)
            if next == nil {
                let number: Int64 = row["number"]
                report(
                    .transition,
                    "alert \(name) was \(what) (transition \(number)) while it was "
                        + state.rawValue,
                    Self.restore
                )
            }
            last?.state = next
        }
        settle(last)
    }

    private mutating func settle(_ last: (name: String, stands: String, state: HandoverState?)?) {
        guard let last, let state = last.state, state.rawValue != last.stands else { return }
        report(
            .transition,
            "alert \(last.name) is \(last.stands), and what happened to it leads to "
                + state.rawValue,
            Self.restore
        )
    }
}
