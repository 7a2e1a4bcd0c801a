/// Why the interface could not be started, or its tokens not be read or written.
public struct ConsoleError: Error, CustomStringConvertible {
    /// What the caller can do about it.
    public enum Code: String, Sendable {
        /// The settings contradict each other or would be unsafe: change them.
        case refused
        /// A file or the address cannot be used: remove the hindrance and try again.
        case unavailable
        /// The content of a file is wrong: mend it.
        case invalidData
        /// Nothing is so called.
        case missing
        /// Something is so called already.
        case exists
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
