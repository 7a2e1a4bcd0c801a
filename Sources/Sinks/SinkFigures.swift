/// How a sink is doing since the program was started.
public struct SinkFigures: Hashable, Sendable {
    /// The sink's id.
    public var sink: String
    /// Its sort: `webhook`, `mqtt` or `nats`.
    public var sort: String
    /// The last event of the log that it has dealt with.
    public var position: Int64 = 0
    /// Events that have arrived.
    public var delivered = 0
    /// Events that were put aside because the other side did not want them.
    public var refused = 0
    /// Tries that failed.
    public var failures = 0
    /// Failures since something last arrived; 0 where all is well.
    public var failuresInARow = 0
    /// What went wrong last; nil where all is well.
    public var fault: String?
    /// Seconds from when the last event was kept until it had arrived.
    public var lag: Double?
    /// The longest of these.
    public var longestLag: Double?

    init(sink: String, sort: String) {
        self.sink = sink
        self.sort = sort
    }

    mutating func add(lag seconds: Double?) {
        delivered += 1
        guard let seconds else { return }
        lag = seconds
        longestLag = max(longestLag ?? 0, seconds)
    }
}
