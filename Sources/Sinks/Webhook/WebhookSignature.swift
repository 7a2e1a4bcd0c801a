internal import CSodium

/// Tells a receiver that a request comes from the program, and when: HMAC-SHA256 (RFC 2104) with a
/// key that both know.
enum WebhookSignature {
    /// The header's name.
    static let header = "SmartPatrol-Signature"

    /// The header's value, `t=<seconds>,v1=<hexadecimal digits>`.
    ///
    /// What is signed is the seconds since 1970 in decimal digits, a dot, and the body's bytes.
    static func value(body: String, seconds: Int64, key: String) -> String {
        let mac = mac(of: Array("\(seconds).\(body)".utf8), key: Array(key.utf8))
        return "t=\(seconds),v1=\(hexadecimal(mac))"
    }

    static func mac(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        crypto_auth_hmacsha256_init(&state, key, key.count)
        crypto_auth_hmacsha256_update(&state, bytes, UInt64(bytes.count))
        var mac = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        crypto_auth_hmacsha256_final(&state, &mac)
        return mac
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
