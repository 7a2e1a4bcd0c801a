/// How long to wait before a lost source is tried again: 1 second, doubled with every failure, up
/// to 60, and each wait shortened at random by up to a half so that cameras do not come back all at
/// once.
public struct Backoff: Hashable, Sendable {
    /// Failures in a row.
    public private(set) var failures = 0

    private static let longest = 60.0
    private static let shortest = 1.0

    /// No failure so far.
    public init() {}

    /// Counts a failure.
    ///
    /// - Parameter jitter: share of the second half that is kept, 0 to 1, drawn anew each time.
    /// - Returns: the wait before the next try, 1 to 60 seconds.
    public mutating func wait(jitter: Double) -> Duration {
        let doubled = min(Self.longest, Self.shortest * Double(1 << min(failures, 6)))
        failures += 1
        return .seconds(max(Self.shortest, doubled * (0.5 + 0.5 * jitter)))
    }

    /// Forgets past failures, because the source works.
    public mutating func succeeded() {
        failures = 0
    }
}
