/// A file that proves what an event says.
public struct EvidenceFile: Hashable, Sendable, Codable {
    /// What the file shows.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// One picture of the moment of the event: of an alert with zone and object, of a fault of
        /// the camera with all zones.
        case snapshot
    }

    /// What the file shows; `type` in the contract.
    public let kind: Kind
    /// Path relative to the folder that the alert log lies in, with `/` between its parts.
    public let file: String
    /// SHA-256 of the file's bytes, 64 lowercase hexadecimal digits.
    public let sha256: String
    /// IANA media type, such as `image/jpeg`.
    public let mediaType: String

    /// A file that is complete and synced before the alert that names it is made.
    ///
    /// - Precondition: `file` is relative and does not leave its folder.
    public init(kind: Kind, file: String, sha256: String, mediaType: String) {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        precondition(
            !parts.contains("") && !parts.contains(".."),
            "evidence \(file) must lie under the folder of the alert log"
        )
        self.kind = kind
        self.file = file
        self.sha256 = sha256
        self.mediaType = mediaType
    }

    enum CodingKeys: String, CodingKey {
        case kind = "type"
        case file
        case sha256
        case mediaType
    }
}
