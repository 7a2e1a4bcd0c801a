/// Where a source is: a file's path, or the URL of a stream.
///
/// Its description is safe to print: passwords and tokens are replaced by `***`.
public struct SourceAddress: Sendable, CustomStringConvertible {
    /// What kind of place it is.
    enum Place: Sendable, Equatable {
        case file(path: String)
        case network(scheme: String)
    }

    /// As given, secrets included.
    let raw: String
    /// What kind of place it is.
    let place: Place

    private static let liveSchemes: Set<String> = [
        "rtsp", "rtsps", "rtp", "udp", "srt", "rtmp", "rtmps", "tcp",
    ]
    private static let otherSchemes: Set<String> = ["http", "https"]

    /// Takes a URL with one of the schemes of a video stream, or else a path.
    ///
    /// Characters such as `:` and `%` have no meaning in a path, and a leading `file:` is
    /// dropped.
    public init(_ text: String) {
        raw = text
        if let colon = text.firstRange(of: "://") {
            let scheme = text[..<colon.lowerBound].lowercased()
            if Self.liveSchemes.contains(scheme) || Self.otherSchemes.contains(scheme) {
                place = .network(scheme: scheme)
                return
            }
        }
        let isFileURL = text.hasPrefix("file://")
        let isPrefixed = text.hasPrefix("file:")
        place = .file(path: String(text.dropFirst(isFileURL ? 7 : isPrefixed ? 5 : 0)))
    }

    /// Whether the scheme is one that only live sources use.
    public var isLive: Bool {
        guard case .network(let scheme) = place else { return false }
        return Self.liveSchemes.contains(scheme)
    }

    /// Whether it is a URL, not a file.
    public var isNetwork: Bool {
        if case .network = place { true } else { false }
    }

    /// What FFmpeg is asked to open.
    var location: String {
        switch place {
        case .file(let path): "file:" + path
        case .network: raw
        }
    }

    /// The path, or the URL without what must stay secret.
    public var description: String {
        switch place {
        case .file(let path): path
        case .network: Self.redacted(raw)
        }
    }
}

extension SourceAddress {
    private static let secretKeys = ["pass", "passwd", "password", "pwd", "token", "secret", "key"]

    /// The URL with its password, and each value that a secret's key names, replaced by `***`.
    static func redacted(_ url: String) -> String {
        guard let colon = url.firstRange(of: "://") else { return url }
        let scheme = url[..<colon.upperBound]
        let rest = url[colon.upperBound...]
        let authorityEnd = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = rest[..<authorityEnd]
        if let at = authority.lastIndex(of: "@") {
            return scheme + user(of: authority[..<at]) + hidingValues(in: rest[at...])
        }
        // A password with a slash in it that was not percent-encoded.
        let port = authority.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
        if let at = rest.lastIndex(of: "@"), !port.allSatisfy(\.isNumber) {
            return scheme + user(of: rest[..<at]) + hidingValues(in: rest[at...])
        }
        return scheme + hidingValues(in: rest)
    }

    private static func user(of credentials: Substring) -> String {
        guard let colon = credentials.firstIndex(of: ":") else { return "***" }
        return credentials[..<colon] + ":***"
    }

    private static func hidingValues(in text: Substring) -> String {
        var result = ""
        var rest = text
        while let equals = rest.firstIndex(of: "=") {
            let key = rest[..<equals].lowercased()
            result += rest[...equals]
            rest = rest[rest.index(after: equals)...]
            if secretKeys.contains(where: key.hasSuffix) {
                result += "***"
                rest = rest[(rest.firstIndex { "&;/#".contains($0) } ?? rest.endIndex)...]
            }
        }
        return result + rest
    }
}
