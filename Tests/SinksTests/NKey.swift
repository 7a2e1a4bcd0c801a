import Foundation
import Testing

/// A key pair of a NATS user: an Ed25519 key as NATS writes it, in base32 with a checksum.
struct NKey {
    let seed: String
    let publicKey: String

    /// A new pair, made with openssl.
    init(in folder: Folder) throws {
        let make = ["genpkey", "-algorithm", "ed25519", "-outform", "DER", "-out", "seed.der"]
        try Service.run("openssl", make, in: folder)
        try Service.run(
            "openssl",
            ["pkey", "-inform", "DER", "-in", "seed.der", "-pubout", "-outform", "DER"]
                + ["-out", "public.der"],
            in: folder
        )
        func key(_ name: String) throws -> [UInt8] {
            let bytes = try #require(FileManager.default.contents(atPath: folder.path(name)))
            // The key is the end of what DER wraps it in.
            return Array(bytes.suffix(32))
        }
        let (isSeed, isUser): (UInt8, UInt8) = (18 << 3, 20 << 3)
        seed = Self.text([isSeed | isUser >> 5, (isUser & 31) << 3] + (try key("seed.der")))
        publicKey = Self.text([isUser] + (try key("public.der")))
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let check = checksum(bytes)
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (text, buffer, bits) = ("", 0, 0)
        for byte in bytes + [UInt8(check & 255), UInt8(check >> 8)] {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(digits[buffer >> bits & 31])
            }
            buffer &= 31
        }
        if bits > 0 { text.append(digits[buffer << (5 - bits) & 31]) }
        return text
    }

    /// CRC-16 with the polynomial 0x1021, as XMODEM has it.
    private static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var sum: UInt16 = 0
        for byte in bytes {
            sum ^= UInt16(byte) << 8
            for _ in 0..<8 { sum = sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021 }
        }
        return sum
    }
}
