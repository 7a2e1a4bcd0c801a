public import Scene

/// The short code in a picture's text: it finds the picture's entry in the chain of evidence.
public enum EvidenceMark {
    /// Digits and letters that nobody takes for each other (Crockford's base 32).
    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Twelve characters, the first 60 bits of SHA-256 over what the picture is and shows.
    ///
    /// - Parameters:
    ///   - subject: the id of the alert or fault.
    ///   - role: what the picture shows, such as `snapshot`.
    ///   - time: when it was taken.
    ///   - configuration: the hash of the site file.
    ///   - samples: the picture's samples before text was added.
    /// - Returns: such as `7K2M-9QXD-04FT`.
    public static func code(
        subject: String,
        role: String,
        time: Instant,
        configuration: String,
        samples: [[UInt8]]
    ) -> String {
        var hash = SHA256()
        hash.update(field: "smartpatrol.mark.v1")
        hash.update(field: subject)
        hash.update(field: role)
        hash.update(number: time.microseconds)
        hash.update(field: configuration)
        for plane in samples { hash.update(plane) }
        let bytes = hash.finish().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let letters = (0..<12).map { digits[Int(bytes >> UInt64(59 - 5 * $0) & 31)] }
        return [letters[0..<4], letters[4..<8], letters[8..<12]].map { String($0) }
            .joined(separator: "-")
    }
}
