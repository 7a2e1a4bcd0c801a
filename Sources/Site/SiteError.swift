/// One mistake in a site file: where it is, what is wrong, and what would be right.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// The file as the caller named it.
    public var file: String
    /// Line from 1, or 0 where the file as a whole is meant.
    public var line: Int
    /// Column from 1 in Unicode scalars, or 0 where the file as a whole is meant.
    public var column: Int
    /// The setting, such as `cameras[1].zones[0].dwell`; empty where none is meant.
    public var keyPath: String
    /// The value as written, shortened and without secrets; nil where it is not a single value.
    public var value: String?
    /// What is wrong, the value included.
    public var message: String
    /// What would be allowed, or what to do.
    public var suggestion: String?

    /// A mistake at a place of a file.
    public init(
        file: String,
        line: Int = 0,
        column: Int = 0,
        keyPath: String = "",
        value: String? = nil,
        message: String,
        suggestion: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.keyPath = keyPath
        self.value = value
        self.message = message
        self.suggestion = suggestion
    }

    /// One line such as `site.yaml:12:9: cameras[1].name: is missing; write name: Some text`.
    public var description: String {
        var place = file
        if line > 0 { place += "\(place.isEmpty ? "" : ":")\(line):\(column)" }
        let head = [place, keyPath].filter { !$0.isEmpty }
        let tail = suggestion.map { "; \($0)" } ?? ""
        return (head + [message + tail]).joined(separator: ": ")
    }
}

/// Why a site file cannot be used: every mistake in it, in the order of lines.
public struct SiteError: Error, CustomStringConvertible {
    /// At least one mistake.
    public let diagnostics: [Diagnostic]

    /// An error of these mistakes.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One line for each mistake.
    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}
