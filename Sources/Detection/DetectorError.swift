/// Why a detector cannot go on from a checkpoint.
public struct DetectorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What whoever gets it can do.
    public enum Code: Hashable, Sendable {
        /// The checkpoint is of another version or other constants: begin anew.
        case incompatible
        /// The checkpoint contradicts itself: begin anew, and look after the disk.
        case damaged
    }

    /// What can be done.
    public var code: Code
    /// What is wrong, with the values.
    public var message: String

    init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
