internal import CSodium

/// SHA-256 (FIPS 180-4), by libsodium.
public enum Digest {
    /// The hash of these bytes in 64 lowercase hexadecimal digits.
    public static func sha256(_ bytes: some Collection<UInt8>) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hexadecimal(hash.finish())
    }

    /// Two lowercase hexadecimal digits a byte.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// A SHA-256 that is fed piece by piece.
struct SHA256 {
    private var state = crypto_hash_sha256_state()

    init() {
        crypto_hash_sha256_init(&state)
    }

    /// Feeds bytes as they are.
    mutating func update(_ bytes: some Collection<UInt8>) {
        let fed: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            _ = crypto_hash_sha256_update(&state, buffer.baseAddress, UInt64(buffer.count))
        }
        if fed == nil {
            let copy = Array(bytes)
            crypto_hash_sha256_update(&state, copy, UInt64(copy.count))
        }
    }

    /// Feeds a field as its length in eight bytes and its bytes, so that no two lists of fields are
    /// fed alike.
    mutating func update(field: String) {
        update(number: Int64(field.utf8.count))
        update(Array(field.utf8))
    }

    /// Feeds a number as eight bytes, least significant first.
    mutating func update(number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { update($0) }
    }

    /// The 32 bytes of the hash; nothing may be fed afterwards.
    mutating func finish() -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        crypto_hash_sha256_final(&state, &hash)
        return hash
    }
}
