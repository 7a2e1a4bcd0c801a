/// What went wrong with an alert's identity, its queue or its log.
public struct AlertError: Error, CustomStringConvertible {
    /// What the caller can do about it.
    public enum Code: String, Sendable {
        /// Disk space or another bound is used up: free some and try the same call again.
        case exhausted
        /// The file cannot be reached, is read-only or is held by another process: remove the
        /// hindrance and try the same call again.
        case unavailable
        /// The content is wrong: trying again does not help.
        case invalidData
        /// The alert is not in the state that the call needs, or is held by somebody else: look at
        /// it and decide anew.
        case conflict
        /// Nothing is so called, or it was removed.
        case missing
    }

    /// What the caller can do about it.
    public let code: Code
    /// Names the thing, says what is wrong and what to do.
    public let message: String
    /// The error below this one, where there is one.
    public let cause: (any Error)?

    /// An error that the caller can tell apart by its code.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
