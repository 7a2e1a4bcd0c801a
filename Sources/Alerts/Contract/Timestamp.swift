public import Scene

/// A moment of civil time as it is written in an alert: RFC 3339, UTC, microseconds.
public struct Timestamp: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The moment.
    public let instant: Instant

    /// A moment to be written.
    public init(_ instant: Instant) {
        self.instant = instant
    }

    /// The moment as text, such as `2026-03-01T06:00:02.500000Z`.
    public var description: String { instant.rfc3339 }

    /// Read from RFC 3339 text.
    ///
    /// - Throws: `DecodingError` where the text is no such moment.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\(text) is not an RFC 3339 time"
            )
        }
        self.instant = instant
    }

    /// Written as RFC 3339 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
