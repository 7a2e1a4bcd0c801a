/// Where a camera's pictures come from, as written: a URL or a path, with `${NAME}` for secrets.
///
/// Descriptions never show a password or a token, whether it is written out or referred to; the
/// real string exists only where `resolved(environment:)` is called.
public struct SourceAddress: Hashable, Sendable {
    /// As written in the site file; may hold a secret that was written out.
    private let text: String
    /// Folder that a relative path starts from; empty for the working folder.
    private let directory: String

    /// An address with the folder that a relative path starts from.
    public init(_ text: String, relativeTo directory: String = "") {
        self.text = text
        self.directory = directory
    }

    /// The URL, or the path completed by the site file's folder, with every `${NAME}` filled in.
    ///
    /// - Parameter environment: Values of the environment variables by name.
    /// - Returns: The real address. Keep it out of logs, or pass it through `redacted(_:)` first.
    /// - Throws: `SiteError` with a diagnostic for each variable that is not set.
    public func resolved(environment: [String: String]) throws(SiteError) -> String {
        let missing = missingVariables(in: environment)
        guard missing.isEmpty else {
            throw SiteError(
                missing.map { name in
                    Diagnostic(
                        file: "",
                        keyPath: "source",
                        value: description,
                        message: "the environment variable \(name) is not set",
                        suggestion: "set it where the program is started"
                    )
                }
            )
        }
        let filled = SourceTemplate(text).filled { environment[$0] ?? "" }
        let isComplete = filled.contains("://") || filled.hasPrefix("/") || directory.isEmpty
        return isComplete ? filled : directory + (directory.hasSuffix("/") ? "" : "/") + filled
    }

    /// Names of the variables that the address needs and the environment lacks, in order.
    public func missingVariables(in environment: [String: String]) -> [String] {
        SourceTemplate(text).variables.filter { environment[$0, default: ""].isEmpty }
    }

    /// The address without its secrets: user and password, and the values of a URL's query that
    /// are not known to be harmless, become `***`.
    ///
    /// - Parameter address: A URL or a path, resolved or not; a path is returned as it is.
    /// - Returns: A text that may be logged.
    public static func redacted(_ address: String) -> String {
        guard let scheme = address.firstRange(of: "://") else { return address }
        let head = address[..<scheme.upperBound]
        let rest = withoutUser(address[scheme.upperBound...])
        guard let mark = rest.firstIndex(of: "?") else { return head + rest }
        let query = rest[rest.index(after: mark)...]
            .split(separator: "&", omittingEmptySubsequences: false)
            .map(withoutToken)
        return head + rest[...mark] + query.joined(separator: "&")
    }

    /// A password may hold `/` and `?` by mistake: where the text before the first of them does not
    /// read as `host:port`, everything up to the last `@` is taken for user and password.
    private static func withoutUser(_ rest: Substring) -> String {
        let authority = rest.prefix { !"/?#".contains($0) }
        guard let at = rest.lastIndex(of: "@") else { return String(rest) }
        if authority.contains("@"), let own = authority.lastIndex(of: "@") {
            return "***" + rest[own...]
        }
        let port = authority.split(separator: ":", maxSplits: 1).dropFirst().first ?? "0"
        let isHost = port.allSatisfy(\.isNumber)
        return isHost ? String(rest) : "***" + rest[at...]
    }

    private static let harmless: Set<String> = [
        "channel", "subtype", "stream", "profile", "transport", "transportmode", "unicast",
        "resolution", "fps", "proto",
    ]

    private static func withoutToken(_ pair: Substring) -> String {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return "***" }
        return harmless.contains(parts[0].lowercased()) ? String(pair) : "\(parts[0])=***"
    }
}

extension SourceAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address as written, without its secrets.
    public var description: String { Self.redacted(text) }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows the description and no stored property.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
