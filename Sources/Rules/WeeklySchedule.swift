/// When a rule is in force: spans of local time on days of the week.
public struct WeeklySchedule: Hashable, Sendable, Codable {
    /// A day of the week; raw values count from Monday as 1 (ISO 8601).
    public enum Weekday: Int, Sendable, Codable, CaseIterable {
        /// Day 1.
        case monday = 1
        /// Day 2.
        case tuesday
        /// Day 3.
        case wednesday
        /// Day 4.
        case thursday
        /// Day 5.
        case friday
        /// Day 6.
        case saturday
        /// Day 7.
        case sunday
    }

    /// A span of a day; it may pass midnight, and then belongs to the day it starts on.
    public struct Span: Hashable, Sendable, Codable {
        /// Days it starts on.
        public var days: Set<Weekday>
        /// Minutes after local midnight, 0 to 1439.
        public var startMinute: Int
        /// Minutes after local midnight, 1 to 1440; at most `startMinute` where it passes midnight.
        public var endMinute: Int

        /// A span from one minute of the day to another, the end excluded.
        public init(days: Set<Weekday>, startMinute: Int, endMinute: Int) {
            self.days = days
            self.startMinute = startMinute
            self.endMinute = endMinute
        }

        /// Written with its days in order, so that equal spans are equal bytes.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            let ordered = days.sorted { $0.rawValue < $1.rawValue }
            try container.encode(ordered, forKey: .days)
            try container.encode(startMinute, forKey: .startMinute)
            try container.encode(endMinute, forKey: .endMinute)
        }
    }

    /// IANA name of the time zone, such as `Asia/Shanghai`.
    public var timeZone: String
    /// The rule is in force in any of them.
    public var spans: [Span]

    /// A schedule in local time of an IANA time zone.
    public init(timeZone: String, spans: [Span]) {
        self.timeZone = timeZone
        self.spans = spans
    }
}
