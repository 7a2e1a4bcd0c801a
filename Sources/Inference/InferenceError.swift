/// Why a model cannot be read, planned or fed.
public struct InferenceError: Error, CustomStringConvertible, Sendable {
    /// What the caller can do about it.
    public enum Code: String, Hashable, Sendable {
        /// The file cannot be read now: check path and permissions.
        case unavailable
        /// The model contradicts itself or the format: get another copy of it.
        case invalidData
        /// The model uses what this executor does not have: export it differently.
        case unsupported
        /// The model needs more than the limits allow: use a smaller one or a smaller input.
        case exhausted
        /// Names or shapes given for this model do not fit it: give others.
        case invalidInput
    }

    /// What the caller can do about it.
    public var code: Code
    /// What is wrong, with names and values.
    public var message: String
    /// The error underneath, if another part reported it.
    public var cause: (any Error)?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What the caller can do about it.
    ///   - message: What is wrong, with names and values.
    ///   - cause: The error underneath.
    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Message and cause in one line.
    public var description: String {
        cause.map { "\(message): \($0)" } ?? message
    }
}

extension InferenceError {
    static func invalid(_ message: String) -> Self {
        Self(code: .invalidData, message: message)
    }

    static func unsupported(_ message: String) -> Self {
        Self(code: .unsupported, message: message)
    }

    static func exhausted(_ message: String) -> Self {
        Self(code: .exhausted, message: message)
    }

    /// The same error, saying where it happened.
    func at(_ place: String) -> Self {
        Self(code: code, message: "\(place): \(message)", cause: cause)
    }
}
