internal import Yams

/// One value of a site file, with its place and its path.
struct Cursor {
    let reading: Reading
    /// The value, aliases followed; nil while the keys of a form are listed.
    private(set) var node: Node?
    /// Such as `cameras[1].zones[0].dwell`.
    private(set) var path = ""
    /// The path without indices: `cameras[].zones[].dwell`.
    private(set) var schemaPath = ""
    /// Set where the value is an alias that leads nowhere.
    private(set) var unfollowed: Problem?

    init(reading: Reading, node: Node?) {
        self.reading = reading
        self.node = node
        guard let node else { return }
        switch reading.followed(node) {
        case .success(let target): self.node = target
        case .failure(let problem): unfollowed = problem
        }
    }

    /// Line and column, from 1.
    var place: (line: Int, column: Int) {
        node?.mark.map { ($0.line, $0.column) } ?? (0, 0)
    }

    /// The value of a key of this mapping.
    func child(_ key: String, _ node: Node?) -> Cursor {
        var child = Cursor(reading: reading, node: node)
        child.path = path.isEmpty ? key : "\(path).\(key)"
        child.schemaPath = schemaPath.isEmpty ? key : "\(schemaPath).\(key)"
        return child
    }

    /// An element of this list.
    func element(_ index: Int, _ node: Node?) -> Cursor {
        var child = Cursor(reading: reading, node: node)
        child.path = "\(path)[\(index)]"
        child.schemaPath = "\(schemaPath)[]"
        return child
    }

    /// Reports what is wrong here, in a sentence of its own.
    func report(_ message: String, suggestion: String? = nil) {
        reading.report(place, message, keyPath: path, suggestion: suggestion)
    }

    /// Reports what is wrong with a single value, which is put in front of the message.
    func report(_ problem: Problem, of text: String) {
        let shown = Self.shown(reading.original(text))
        reading.report(
            place,
            "\"\(shown)\" \(problem.message)",
            keyPath: path,
            value: shown,
            suggestion: problem.suggestion
        )
    }

    /// Reports that another kind of value stands here.
    func reportKind(expected: String) {
        if let unfollowed {
            report(unfollowed.message)
            return
        }
        switch node {
        case .mapping: report("keys with values stand here where \(expected) is expected")
        case .sequence: report("a list stands here where \(expected) is expected")
        case .scalar(let scalar) where isEmpty:
            _ = scalar
            report("has no value", suggestion: "write \(expected), or remove the key")
        case .scalar(let scalar):
            report(Problem("stands here where \(expected) is expected"), of: scalar.string)
        case .alias, nil: report("\(expected) is expected")
        }
    }

    /// Whether nothing is written here, or a word for nothing.
    var isEmpty: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// A value as a diagnostic shows it: short, on one line, without secrets.
    private static func shown(_ text: String) -> String {
        let clean = SourceAddress.redacted(text).split(whereSeparator: \.isNewline)
            .joined(separator: " ")
        return clean.count > 60 ? clean.prefix(57) + "..." : clean
    }
}
