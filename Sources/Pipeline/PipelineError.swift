/// Why a video, a camera or a whole run could not go on.
public struct PipelineError: Error, CustomStringConvertible {
    /// What the caller can do about it.
    public enum Code: Sendable {
        /// Give another input, or repair this one.
        case invalidInput
        /// Make room (disk, files, memory) and start again: what was committed is kept.
        case exhausted
        /// Look at the cause, which lies outside the program.
        case unavailable
    }

    /// What the caller can do about it.
    public let code: Code
    /// One sentence with the name of the thing and what to do.
    public let message: String
    /// The error that led to this one.
    public let cause: (any Error)?

    /// An error with the name of the thing in its message.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
