/// How a source is opened and decoded.
public struct SourceOptions: Sendable {
    /// Longest time from the first connection until the streams are known.
    public var openTimeout: Duration
    /// Longest wait for the next packet of the video stream.
    public var readTimeout: Duration
    /// Threads that decode, at least 1; with more than one, frames come out that many later.
    public var threads: Int
    /// Whether the H.264 and H.265 loop filter is left out: about a fifth cheaper, but errors
    /// drift until the next key frame.
    public var skipsLoopFilter: Bool

    /// Options for one source.
    ///
    /// - Parameters:
    ///   - openTimeout: Longest time from the first connection until the streams are known.
    ///   - readTimeout: Longest wait for the next packet of the video stream.
    ///   - threads: Threads that decode, at least 1.
    ///   - skipsLoopFilter: Whether to trade exact pixels for speed.
    public init(
        openTimeout: Duration = .seconds(10),
        readTimeout: Duration = .seconds(10),
        threads: Int = 1,
        skipsLoopFilter: Bool = false
    ) {
        precondition(threads >= 1, "A decoder has at least one thread")
        self.openTimeout = openTimeout
        self.readTimeout = readTimeout
        self.threads = threads
        self.skipsLoopFilter = skipsLoopFilter
    }
}
