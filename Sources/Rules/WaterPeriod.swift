public import Scene

/// A time at which other dwell times and severities hold in a zone at the water: a summer's
/// holidays, nights, the hours of a lifeguard.
public struct WaterPeriod: Hashable, Sendable, Codable {
    /// What is set for one depth; nil leaves what the zone says.
    public struct Change: Hashable, Sendable, Codable {
        /// How long somebody may be there.
        public var dwell: MediaSpan?
        /// How urgent it is.
        public var severity: Severity?

        /// A change of one, both or neither.
        public init(dwell: MediaSpan? = nil, severity: Severity? = nil) {
            self.dwell = dwell
            self.severity = severity
        }

        /// A level with this put into it.
        public func applied(to level: WaterHandling.Level) -> WaterHandling.Level {
            WaterHandling.Level(dwell: dwell ?? level.dwell, severity: severity ?? level.severity)
        }
    }

    /// What people call it.
    public var name: String
    /// Days of the year on which it is in force; nil for all.
    public var dates: DateSpan?
    /// IANA name of the time zone of the dates.
    public var timeZone: String
    /// Hours at which it is in force; nil for all.
    public var schedule: WeeklySchedule?
    /// What changes in the zone as a whole: on its bank, where it has depth.
    public var bank: Change
    /// What changes at the edge.
    public var edge: Change
    /// What changes in the water.
    public var water: Change

    /// A period in which these changes hold.
    public init(
        name: String,
        dates: DateSpan? = nil,
        timeZone: String,
        schedule: WeeklySchedule? = nil,
        bank: Change = Change(),
        edge: Change = Change(),
        water: Change = Change()
    ) {
        self.name = name
        self.dates = dates
        self.timeZone = timeZone
        self.schedule = schedule
        self.bank = bank
        self.edge = edge
        self.water = water
    }

    /// Whether it is in force: on one of its days, by the local date of that moment, and at one of
    /// its hours.
    public func isInForce(at instant: Instant) -> Bool {
        if let dates, !dates.contains(instant, timeZone: timeZone) { return false }
        return schedule?.isInForce(at: instant) ?? true
    }
}

/// Days that come back every year, the first and the last included; it may pass the year's end.
public struct DateSpan: Hashable, Sendable, Codable {
    /// A day of the year.
    public struct Day: Hashable, Sendable, Codable, Comparable {
        /// 1 to 12.
        public var month: Int
        /// 1 to 31.
        public var day: Int

        /// The day of that number in the month of that number.
        public init(month: Int, day: Int) {
            self.month = month
            self.day = day
        }

        /// Whether `lhs` is earlier in the year.
        public static func < (lhs: Day, rhs: Day) -> Bool {
            (lhs.month, lhs.day) < (rhs.month, rhs.day)
        }
    }

    /// The first day.
    public var first: Day
    /// The last day; earlier than the first where the span passes the year's end.
    public var last: Day

    /// The days from the first to the last.
    public init(first: Day, last: Day) {
        self.first = first
        self.last = last
    }

    /// Whether a day is one of them.
    public func contains(_ day: Day) -> Bool {
        first <= last ? first <= day && day <= last : day >= first || day <= last
    }
}
