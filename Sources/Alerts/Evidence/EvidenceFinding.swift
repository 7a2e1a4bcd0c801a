/// Something that is wrong with a chain of evidence, or worth knowing of it.
public struct EvidenceFinding: Hashable, Sendable, CustomStringConvertible {
    /// What is the matter.
    public enum Code: String, Sendable, CaseIterable {
        /// A line of the chain was changed.
        case changedEntry
        /// Entries of the chain are not there.
        case missingEntry
        /// Entries of the chain stand in another order.
        case reorderedEntry
        /// A signature is not that of the key.
        case badSignature
        /// A key signs that is not trusted.
        case untrustedKey
        /// The last line was not written to its end.
        case tornEntry
        /// A file's bytes are not those that were signed.
        case changedFile
        /// A file is not there and was not removed by the program.
        case missingFile
        /// An event names evidence, and the chain does not know of it.
        case missingAlert
        /// A file that no entry names.
        case unknownFile
    }

    /// What is the matter.
    public let code: Code
    /// The entry, where one is concerned.
    public let entry: Int?
    /// The alert or fault, where one is concerned.
    public let alert: String?
    /// The file, where one is concerned.
    public let file: String?
    /// In words.
    public let message: String

    /// Whether it does not speak against what is there.
    public var isNotice: Bool { code == .unknownFile || code == .tornEntry }

    init(
        _ code: Code,
        entry: Int? = nil,
        alert: String? = nil,
        file: String? = nil,
        _ message: String
    ) {
        self.code = code
        self.entry = entry
        self.alert = alert
        self.file = file
        self.message = message
    }

    /// The message, after its code.
    public var description: String { "\(code.rawValue): \(message)" }
}
