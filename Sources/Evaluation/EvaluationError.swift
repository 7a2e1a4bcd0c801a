internal import Foundation

/// Why a clip could not be evaluated, or its results not be written.
public struct EvaluationError: Error, CustomStringConvertible, Sendable {
    /// What the caller can do about it.
    public enum Code: Sendable, Hashable {
        /// Give another path, or make the file readable.
        case unavailable
        /// Correct the file's content.
        case invalidData
        /// Make room, or give a folder that can be written.
        case writeFailed
        /// Look at the cause: the analysis of the video failed.
        case analysisFailed
    }

    /// What the caller can do about it.
    public var code: Code
    /// Names the file, the key and the value that are wrong, and what would be right.
    public var message: String
    /// What a lower layer said.
    public var cause: (any Error)?

    /// An error with what is wrong and, where there is one, its cause.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, followed by the cause.
    public var description: String {
        guard let cause else { return message }
        let reason = (cause as? CocoaError)?.localizedDescription ?? "\(cause)"
        return "\(message): \(reason)"
    }
}
