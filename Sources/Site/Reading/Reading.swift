internal import Yams

/// One reading of one site file: what all its parts report to.
final class Reading {
    /// More diagnostics than this are counted and not kept.
    static let maximumDiagnostics = 1000
    /// More aliases than this are not followed: nested ones multiply.
    static let maximumAliases = 10_000

    /// What diagnostics call the file.
    let file: String
    /// Variables that sources may refer to; nil where they need not be set.
    let environment: [String: String]?
    private(set) var diagnostics: [Diagnostic] = []
    /// Line of the first use of every key, by its path without indices; 0 while listing keys.
    private(set) var lines: [String: Int] = [:]
    /// The keys of `lines` in order of reading.
    private(set) var keys: [String] = []
    private var text = YamlText("")
    private var anchors: [String: Node] = [:]
    private var aliases = 0

    init(file: String, environment: [String: String]?) {
        self.file = file
        self.environment = environment
    }

    /// The keys that a form would read, found by reading nothing with it.
    static func keyPaths<Value>(of form: Form<Value>) -> [String] {
        let reading = Reading(file: "", environment: nil)
        _ = form.read(Cursor(reading: reading, node: nil))
        return reading.keys
    }

    /// The folder of the file, where relative paths start; empty for the working folder.
    var folder: String {
        guard let slash = file.lastIndex(of: "/") else { return "" }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// Whether another diagnostic would be kept.
    var hasRoom: Bool { diagnostics.count < Self.maximumDiagnostics }

    /// What was reported, in the order of lines.
    var sortedDiagnostics: [Diagnostic] {
        diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Reads a text; nil after a mistake, which then is among the diagnostics.
    func read<Value>(_ yaml: String, as form: Form<Value>) -> Value? {
        text = YamlText(yaml)
        if let bad = text.forbidden {
            let code = String(bad.scalar.value, radix: 16, uppercase: true)
            report(
                (bad.line, bad.column),
                "the character U+\(code) is not allowed in a site file",
                suggestion: "remove it"
            )
            return nil
        }
        do {
            let composition = try text.compose()
            guard let root = composition.root else {
                report((0, 0), "is empty", suggestion: "start from docs/site.example.yaml")
                return nil
            }
            anchors = composition.anchors
            return form.read(Cursor(reading: self, node: root))
        } catch {
            reportSyntax(error)
            return nil
        }
    }

    /// Notes that the file has a key, or might have it.
    func note(_ keyPath: String, line: Int) {
        guard lines[keyPath] == nil else { return }
        lines[keyPath] = line
        keys.append(keyPath)
    }

    /// The node that an alias stands for, the node itself where it is none.
    func followed(_ node: Node) -> Result<Node, Problem> {
        var node = node
        while case .scalar(let scalar) = node, let name = YamlText.alias(scalar) {
            guard let target = anchors[name] else {
                return .failure(Problem("there is no anchor &\(name) for this alias"))
            }
            aliases += 1
            guard aliases <= Self.maximumAliases else {
                return .failure(
                    Problem("the file follows more than \(Self.maximumAliases) aliases")
                )
            }
            node = target
        }
        return .success(node)
    }

    /// A text of the tree as it was written.
    func original(_ string: String) -> String {
        text.original(string)
    }

    func report(
        _ place: (line: Int, column: Int),
        _ message: String,
        keyPath: String = "",
        value: String? = nil,
        suggestion: String? = nil
    ) {
        guard hasRoom else { return }
        diagnostics.append(
            Diagnostic(
                file: file,
                line: place.line,
                column: place.column,
                keyPath: keyPath,
                value: value,
                message: message,
                suggestion: suggestion
            )
        )
    }

    private func reportSyntax(_ error: any Error) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let isDeep = problem.hasPrefix("Maximum nesting level")
            let isTab = text.scalar(line: mark.line, column: mark.column) == "\t"
            let start = context.map { "\($0.text) that starts in line \($0.mark.line): " } ?? ""
            report(
                (mark.line, mark.column),
                isDeep ? "this is nested too deeply" : "this is not YAML: \(start)\(problem)",
                suggestion: isTab ? "indent with spaces instead of tabs" : nil
            )
        case YamlError.duplicatedKeysInMapping(let names, let context):
            report(
                (context.mark.line, context.mark.column),
                "keys stand here more than once: \(names.prefix(10).joined(separator: ", "))",
                suggestion: "keep one of each"
            )
        default:
            report((0, 0), "this is not YAML: \(error)")
        }
    }
}

/// What is wrong with a value, and what would be right.
struct Problem: Error {
    /// Says it of the value, which the reader puts in front: `is not a duration`.
    var message: String
    /// What would be allowed.
    var suggestion: String?

    init(_ message: String, _ suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
    }
}
