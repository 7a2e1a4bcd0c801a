/// A moment of civil time: microseconds since 1970-01-01T00:00:00Z.
///
/// It comes from where a stream's time is anchored, never from the wall clock at the moment of
/// deciding.
public struct Instant: Hashable, Comparable, Sendable, Codable {
    /// Microseconds since 1970-01-01T00:00:00Z, leap seconds ignored.
    public var microseconds: Int64

    /// The moment that many microseconds after 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Whether `lhs` is the earlier.
    public static func < (lhs: Instant, rhs: Instant) -> Bool {
        lhs.microseconds < rhs.microseconds
    }

    /// The moment a span after `lhs`.
    public static func + (lhs: Instant, rhs: MediaSpan) -> Instant {
        Instant(microseconds: lhs.microseconds + rhs.microseconds)
    }

    /// The span from `rhs` to `lhs`.
    public static func - (lhs: Instant, rhs: Instant) -> MediaSpan {
        MediaSpan(microseconds: lhs.microseconds - rhs.microseconds)
    }
}

/// How well a stream's civil time is known.
public enum ClockQuality: String, Sendable, Codable, CaseIterable {
    /// Given by the operator.
    case stated
    /// Written in the recording.
    case container
    /// The host's clock when the first frame of a live stream came.
    case host
    /// Not known; civil times count from 1970-01-01T00:00:00Z.
    case unknown
}

/// Ties a stream's own time to civil time.
public struct ClockAnchor: Hashable, Sendable, Codable {
    /// Civil time of the stream's first frame.
    public var start: Instant
    /// How well `start` is known.
    public var quality: ClockQuality

    /// An anchor with the civil time of the stream's first frame.
    public init(start: Instant, quality: ClockQuality) {
        self.start = start
        self.quality = quality
    }

    /// Civil time of a moment of the stream.
    public func instant(at time: MediaTime) -> Instant {
        Instant(microseconds: start.microseconds + time.microseconds)
    }
}
