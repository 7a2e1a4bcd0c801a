internal import CSodium
internal import Foundation

/// What the tokens file keeps of a token: all but the token itself.
public struct AccessToken: Hashable, Sendable {
    /// Whose it is; the "who" of what is done with it.
    public let name: String
    /// What it may do.
    public let role: Role
    /// When it was made, RFC 3339.
    public let madeAt: String
    /// Keyed BLAKE2b of the token.
    let hash: [UInt8]

    static let hashBytes = 32
    private static let secretBytes = 32
    private static let prefix = "patrol_"
    /// Keeps these hashes apart from those that another program makes of the same bytes.
    private static let purpose = Array("smartpatrol access token v1".utf8)

    /// A new token of 256 random bits.
    ///
    /// - Parameters:
    ///   - name: Whose it is: 1 to 48 letters, digits and `.`, `_`, `-`, `@`.
    ///   - role: What it may do.
    ///   - madeAt: When it is made, RFC 3339.
    /// - Returns: What to keep, and the token, which nobody can tell from that.
    /// - Throws: `ConsoleError` with `refused` for what is no name.
    public static func make(
        name: String,
        role: Role,
        madeAt: String
    ) throws(ConsoleError) -> (kept: AccessToken, secret: String) {
        guard isName(name) else {
            throw ConsoleError(
                .refused,
                "\"\(name.prefix(80))\" is no name; give 1 to 48 letters a-z, digits and . _ - @"
            )
        }
        var bytes = [UInt8](repeating: 0, count: secretBytes)
        randombytes_buf(&bytes, bytes.count)
        let secret = prefix + bytes.map { String(format: "%02x", $0) }.joined()
        return (AccessToken(name: name, role: role, madeAt: madeAt, hash: hash(secret)), secret)
    }

    static func isName(_ name: String) -> Bool {
        let signs = Set("._-@".utf8)
        return (1...48).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                let character = Character(UnicodeScalar(byte))
                return byte < 128
                    && (character.isLetter || character.isNumber || signs.contains(byte))
            }
    }

    /// One that cannot be guessed needs no slow hash: 2^256 tries are out of reach of any.
    static func hash(_ secret: String) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: hashBytes)
        let bytes = Array(secret.utf8)
        crypto_generichash(
            &hash,
            hash.count,
            bytes,
            UInt64(bytes.count),
            purpose,
            purpose.count
        )
        return hash
    }

    /// The token among some that was presented; takes as long whether and wherever it is there.
    static func find(_ secret: String, among tokens: [AccessToken]) -> AccessToken? {
        let hash = hash(secret)
        var found: AccessToken?
        for token in tokens where sodium_memcmp(hash, token.hash, hashBytes) == 0 { found = token }
        return found
    }
}
