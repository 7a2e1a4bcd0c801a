/// What one server takes on at most.
///
/// What goes beyond is refused with a problem that says so.
struct ConsoleLimits: Sendable {
    /// Bytes of a request's body; 413 beyond.
    var bodyBytes = 64 << 10
    /// Bytes of a request's line and headers; 431 beyond.
    var headerBytes = 16 << 10
    /// Headers of a request; 431 beyond.
    var headerFields = 100
    /// Connections at once; 503 beyond, and at twice as many no more are taken on.
    var connections = 256
    /// Claims that wait at once; 503 beyond.
    var waitingClaims = 64
    /// Streams of events at once; 503 beyond.
    var eventStreams = 32
    /// Calls of the queue or the disk that wait for a thread; 503 beyond.
    var waitingCalls = 256
    /// Seconds without a request after which a connection is closed.
    var idleSeconds: Int64 = 60
    /// Seconds that a body may take to arrive.
    var bodySeconds: Int64 = 10
    /// Seconds that a client may leave an answer unread.
    var stallSeconds: Int64 = 60
    /// Seconds between two signs of life in a stream of events.
    var heartbeatSeconds = 15.0
    /// Wrong tokens of one address within a minute; 429 beyond.
    var failedTries = 10
    /// Addresses whose wrong tokens are remembered.
    var rememberedAddresses = 4096
}
