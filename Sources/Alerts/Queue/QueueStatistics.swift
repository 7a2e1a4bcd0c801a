public import Scene

/// How the hand-over goes: what was kept in time, how long it took, and what it came to.
public struct QueueStatistics: Hashable, Sendable {
    /// How a deadline was kept, over alerts by this host's clock.
    public struct Deadline: Hashable, Sendable {
        /// `dispatchBy`, `arriveBy` or `reportBy`.
        public let name: String
        /// How many were kept.
        public let kept: Int
        /// How many were missed, those that are overdue now among them.
        public let missed: Int

        /// The part that was kept; nil where none has come due.
        public var share: Double? {
            kept + missed > 0 ? Double(kept) / Double(kept + missed) : nil
        }
    }

    /// How long alerts took to a stage, from their frame; where that is not known, from when they
    /// were decided or kept.
    public struct Stage: Hashable, Sendable {
        /// `decided`, `durable`, `delivered`, `claimed`, `acknowledged`, `arrived` or `reported`.
        public let name: String
        /// How many alerts came to it.
        public let count: Int
        /// Half of them took at most so many seconds.
        public let p50: Double
        /// 90 % of them.
        public let p90: Double
        /// 99 % of them.
        public let p99: Double
        /// The slowest.
        public let maximum: Double
    }

    /// What the verdicts say of a part of the alerts.
    public struct Precision: Hashable, Sendable {
        /// `all`, `camera`, `zone`, `kind` or `hour`.
        public let by: String
        /// Which camera, zone (with its camera), kind or hour of the day.
        public let value: String
        /// Verdicts of each sort.
        public let verdicts: [Verdict: Int]

        /// The confirmed ones over these and the false ones; nil where there are neither.
        public var precision: Double? {
            let confirmed = verdicts[.confirmed] ?? 0
            let judged = confirmed + (verdicts[.false] ?? 0)
            return judged > 0 ? Double(confirmed) / Double(judged) : nil
        }
    }

    /// What was removed to stay within the bounds.
    public struct Eviction: Hashable, Sendable {
        /// `bytes` or `age`.
        public let reason: String
        /// The kind of its zone, or the fault.
        public let kind: String
        /// How urgent it was.
        public let severity: Severity
        /// Where it stood.
        public let state: HandoverState
        /// How many alerts and faults.
        public let matters: Int
        /// How many events of them.
        public let events: Int
        /// How many of these the slowest reader of the log had not seen.
        public let unread: Int
        /// When it last happened.
        public let lastAt: Instant
    }

    /// How many alerts and faults stand where.
    public let states: [HandoverState: Int]
    /// How the three deadlines were kept.
    public let deadlines: [Deadline]
    /// How long the stages took, in their order.
    public let stages: [Stage]
    /// What the verdicts say, all together first.
    public let precisions: [Precision]
    /// What is counted over the whole life of the queue.
    public let counters: [QueueCounter: Int]
    /// What was removed.
    public let evictions: [Eviction]
    /// The last sequence that was given.
    public let end: Int64
    /// How many events the queue holds.
    public let events: Int
}
