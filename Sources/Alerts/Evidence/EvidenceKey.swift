internal import CSodium
internal import Foundation

/// The box's key pair for signatures (Ed25519, RFC 8032), by libsodium.
public struct EvidenceKey: Sendable {
    private let secret: [UInt8]
    /// The public half.
    public let publicKey: EvidencePublicKey

    private static let head = "smartpatrol evidence secret key 1"

    init(seed: [UInt8]) {
        var secret = [UInt8](repeating: 0, count: Int(crypto_sign_SECRETKEYBYTES))
        var half = [UInt8](repeating: 0, count: Int(crypto_sign_PUBLICKEYBYTES))
        crypto_sign_seed_keypair(&half, &secret, seed)
        self.secret = secret
        publicKey = EvidencePublicKey(bytes: half)
    }

    /// A new key, unlike every other.
    static func random() -> EvidenceKey {
        var seed = [UInt8](repeating: 0, count: Int(crypto_sign_SEEDBYTES))
        randombytes_buf(&seed, seed.count)
        return EvidenceKey(seed: seed)
    }

    /// The 64 bytes of a signature, in hexadecimal; the same message gives the same.
    func sign(_ message: String) -> String {
        var signature = [UInt8](repeating: 0, count: Int(crypto_sign_BYTES))
        let bytes = Array(message.utf8)
        crypto_sign_detached(&signature, nil, bytes, UInt64(bytes.count), secret)
        return Digest.hexadecimal(signature)
    }

    /// The key of a file, or none where there is no file.
    ///
    /// - Throws: `AlertError` where the file cannot be read, is no key, or others may read it.
    static func read(_ path: String) throws(AlertError) -> EvidenceKey? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw AlertError(.unavailable, "cannot examine the key \(path): \(systemReason())")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw AlertError(
                .unavailable,
                "others may read the key \(path): run chmod 600 \(path), and replace it with "
                    + "patrol evidence key rotate where somebody may have read it"
            )
        }
        let file = try RegularFile(reading: path)
        guard file.size < 1000 else { throw damaged(path) }
        let text = String(decoding: try file.bytes(from: 0, to: file.size), as: UTF8.self)
        let lines = text.split(separator: "\n")
        guard lines.count == 2, lines[0] == head, let seed = Hexadecimal.bytes(lines[1]),
            seed.count == Int(crypto_sign_SEEDBYTES)
        else { throw damaged(path) }
        return EvidenceKey(seed: seed)
    }

    /// Writes the key into a file that nobody else may read, in place of what is there.
    func write(_ path: String) throws(AlertError) {
        let seed = secret.prefix(Int(crypto_sign_SEEDBYTES))
        try EvidenceDisk.write(
            "\(Self.head)\n\(Digest.hexadecimal(seed))\n",
            to: path,
            mode: 0o600
        )
    }

    private static func damaged(_ path: String) -> AlertError {
        AlertError(
            .invalidData,
            "\(path) is no evidence key; put the right one back, or move the file away and a new "
                + "key begins, which verify will tell"
        )
    }
}

/// What anybody may have, to check signatures with.
public struct EvidencePublicKey: Hashable, Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A key from its 64 hexadecimal digits; nil where they are none.
    public init?(_ text: some StringProtocol) {
        guard let bytes = Hexadecimal.bytes(text), bytes.count == Int(crypto_sign_PUBLICKEYBYTES)
        else { return nil }
        self.bytes = bytes
    }

    /// 64 hexadecimal digits.
    public var description: String { Digest.hexadecimal(bytes) }

    /// A short name: the first 16 hexadecimal digits of its SHA-256.
    public var id: String { String(Digest.sha256(bytes).prefix(16)) }

    /// Whether a signature in hexadecimal digits is that of this key under a message.
    func verifies(_ signature: String, of message: String) -> Bool {
        guard let signature = Hexadecimal.bytes(signature),
            signature.count == Int(crypto_sign_BYTES)
        else { return false }
        let message = Array(message.utf8)
        return crypto_sign_verify_detached(signature, message, UInt64(message.count), bytes) == 0
    }
}

/// Hexadecimal digits, two for each byte.
enum Hexadecimal {
    /// The bytes that lowercase digits stand for; nil where there is anything else.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
