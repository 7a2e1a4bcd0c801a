/// A moment on a stream's own clock, in whole microseconds since the stream's first frame.
///
/// Detection and rules know no other time. It is never derived from counting frames and never
/// read from the wall clock.
public struct MediaTime: Hashable, Comparable, Sendable, Codable {
    /// Microseconds since the stream's first frame; negative only before it.
    public var microseconds: Int64

    /// The moment of a stream's first frame.
    public static let zero = MediaTime(microseconds: 0)

    /// The moment that many microseconds after the stream's first frame.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The moment that many seconds after the stream's first frame, rounded to a microsecond.
    public init(seconds: Double) {
        microseconds = Int64((seconds * 1_000_000).rounded())
    }

    /// Seconds since the stream's first frame.
    public var seconds: Double {
        Double(microseconds) / 1_000_000
    }

    /// Whether `lhs` lies before `rhs`.
    public static func < (lhs: MediaTime, rhs: MediaTime) -> Bool {
        lhs.microseconds < rhs.microseconds
    }

    /// The span from `rhs` to `lhs`.
    public static func - (lhs: MediaTime, rhs: MediaTime) -> MediaSpan {
        MediaSpan(microseconds: lhs.microseconds - rhs.microseconds)
    }

    /// The moment a span after `lhs`.
    public static func + (lhs: MediaTime, rhs: MediaSpan) -> MediaTime {
        MediaTime(microseconds: lhs.microseconds + rhs.microseconds)
    }

    /// The moment a span before `lhs`.
    public static func - (lhs: MediaTime, rhs: MediaSpan) -> MediaTime {
        MediaTime(microseconds: lhs.microseconds - rhs.microseconds)
    }

    /// Written as its number of microseconds.
    public init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Written as its number of microseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

/// A span of media time, in whole microseconds.
public struct MediaSpan: Hashable, Comparable, Sendable, Codable {
    /// Length in microseconds.
    public var microseconds: Int64

    /// No time at all.
    public static let zero = MediaSpan(microseconds: 0)

    /// A span of that many microseconds.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// A span of that many seconds, rounded to a microsecond.
    public static func seconds(_ seconds: Double) -> MediaSpan {
        MediaSpan(microseconds: Int64((seconds * 1_000_000).rounded()))
    }

    /// Length in seconds.
    public var seconds: Double {
        Double(microseconds) / 1_000_000
    }

    /// Whether `lhs` is the shorter.
    public static func < (lhs: MediaSpan, rhs: MediaSpan) -> Bool {
        lhs.microseconds < rhs.microseconds
    }

    /// The two spans end to end.
    public static func + (lhs: MediaSpan, rhs: MediaSpan) -> MediaSpan {
        MediaSpan(microseconds: lhs.microseconds + rhs.microseconds)
    }

    /// What is left of `lhs` after `rhs`.
    public static func - (lhs: MediaSpan, rhs: MediaSpan) -> MediaSpan {
        MediaSpan(microseconds: lhs.microseconds - rhs.microseconds)
    }

    /// Written as its number of microseconds.
    public init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Written as its number of microseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}
