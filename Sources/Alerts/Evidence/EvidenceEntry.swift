internal import Foundation

/// A line of the chain: a manifest, who signed it, and the signature.
public struct EvidenceEntry: Hashable, Sendable, Codable {
    /// What is signed.
    public let manifest: EvidenceManifest
    /// The id of the key that signed.
    public let key: String
    /// Ed25519, 128 hexadecimal digits.
    public let signature: String
    /// Of a new key: its own signature, which shows that who signed has it.
    public let proof: String?

    /// What comes before a manifest where it is signed, so that no other text can pass for one.
    private static let domain = "smartpatrol evidence manifest 1\n"

    init(_ manifest: EvidenceManifest, by key: EvidenceKey, newKey: EvidenceKey? = nil) {
        let message = Self.domain + manifest.canonical()
        self.manifest = manifest
        self.key = key.publicKey.id
        signature = key.sign(message)
        proof = newKey?.sign(message)
    }

    /// The entry of a line, which must be written exactly as this program writes it.
    init?(line: some StringProtocol) {
        let data = Data(line.utf8)
        guard let entry = try? JSONDecoder().decode(Self.self, from: data),
            entry.line.utf8.elementsEqual(line.utf8), entry.manifest.files.allSatisfy(\.isInside)
        else { return nil }
        self = entry
    }

    /// The entry as it stands in the chain, without the line's end.
    public var line: String {
        var json = CanonicalJSON()
        json.raw("manifest", manifest.canonical())
        json.string("key", key)
        json.string("signature", signature)
        json.string("proof", ifPresent: proof)
        return json.finished
    }

    /// What the next entry names as the one before.
    public var hash: String { Digest.sha256(Array(line.utf8)) }

    func isSigned(by key: EvidencePublicKey) -> Bool {
        key.verifies(signature, of: Self.domain + manifest.canonical())
    }

    func isProved(by key: EvidencePublicKey) -> Bool {
        key.verifies(proof ?? "", of: Self.domain + manifest.canonical())
    }
}

extension ManifestFile {
    /// Whether the path stays within the data folder, whoever wrote the line.
    fileprivate var isInside: Bool {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        return !parts.contains("") && !parts.contains("..")
    }
}
