/// Text with references to environment variables, written `${NAME}`.
struct SourceTemplate {
    /// A stretch of the text.
    private enum Part {
        case literal(String)
        case variable(String)
    }

    private var parts: [Part] = []
    /// The first reference that is not of the form `${NAME}`, as written.
    private(set) var malformed: String?

    /// Text before the first reference, all of it where there is none.
    var prefix: String {
        guard case .literal(let text) = parts.first else { return "" }
        return text
    }

    /// Names in order of their first use.
    var variables: [String] {
        var names: [String] = []
        for case .variable(let name) in parts where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    init(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            if start.lowerBound > rest.startIndex {
                parts.append(.literal(String(rest[..<start.lowerBound])))
            }
            let inside = rest[start.upperBound...].prefix { $0 != "}" }
            let isClosed = inside.endIndex < rest.endIndex
            let end = isClosed ? rest.index(after: inside.endIndex) : rest.endIndex
            if isClosed, Self.isName(inside) {
                parts.append(.variable(String(inside)))
            } else {
                malformed = malformed ?? String(rest[start.lowerBound..<end])
                parts.append(.literal(String(rest[start.lowerBound..<end])))
            }
            rest = rest[end...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
    }

    /// The text with the value of every reference in its place.
    func filled(by value: (String) -> String) -> String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .variable(let name): value(name)
            }
        }
        .joined()
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, !first.isNumber else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
