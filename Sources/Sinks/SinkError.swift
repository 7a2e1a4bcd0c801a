/// Why sinks cannot be started.
public struct SinkError: Error, CustomStringConvertible {
    /// What the caller can do about it.
    public enum Code: String, Sendable {
        /// A secret or a file that the site file names is missing or unusable: mend it.
        case invalidConfiguration
    }

    /// What the caller can do about it.
    public let code: Code
    /// Names the sink, says what is wrong and what to do; holds no secret.
    public let message: String
    /// The error below this one, where there is one.
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
