internal import Yams

/// YAML text made safe for a composer that stops at the first repeated key and expands aliases.
///
/// Two stand-ins from the last private-use plane are written over single scalars, so that no line
/// and no column moves: one over every `*` that could start an alias, so that aliases stay names
/// that the reader follows within a bound, and one over the first scalar of a key that is repeated
/// further down, so that composing goes on and every repetition is found.
struct YamlText {
    /// Stands for `*`.
    private static let star: Unicode.Scalar = "\u{10FFFD}"
    /// From here on stand-ins are counted up for first scalars of repeated keys.
    private static let firstRenaming: UInt32 = 0x100000
    /// Repeated keys are looked for until so many scalars were composed: each costs a composition.
    private static let maximumScalars = 8_000_000
    /// The most repeated keys that are looked for.
    private static let maximumRenamings = 32

    private var lines: TextLines
    private var originals: [Unicode.Scalar: Unicode.Scalar] = [star: "*"]

    init(_ text: String) {
        var scalars = Array(text.unicodeScalars)
        // A byte order mark would shift the columns of the first line.
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        lines = TextLines(scalars)
    }

    /// A scalar that a YAML file may not hold, or that this type needs for itself.
    var forbidden: (scalar: Unicode.Scalar, line: Int, column: Int)? {
        let found = lines.scalars.firstIndex { scalar in
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD: false
            case 0x10000..<Self.firstRenaming: false
            default: true
            }
        }
        guard let found else { return nil }
        let place = lines.place(of: found)
        return (lines.scalars[found], place.line, place.column)
    }

    /// The scalar at a place of the text, stand-ins included.
    func scalar(line: Int, column: Int) -> Unicode.Scalar? {
        lines.offset(line: line, column: column).map { lines.scalars[$0] }
    }

    /// A text of the tree as it was written.
    func original(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value >= Self.firstRenaming }) else {
            return text
        }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { originals[$0] ?? $0 })
        )
    }

    /// The name that an unquoted text refers to, or nil where it is no alias.
    static func alias(_ scalar: Node.Scalar) -> String? {
        guard scalar.style == .plain, scalar.string.unicodeScalars.first == star else { return nil }
        return String(scalar.string.dropFirst())
    }

    /// The first document's tree, nil for an empty text.
    ///
    /// - Throws: `YamlError` for text that is not YAML, and for keys that are repeated beyond the
    ///   bound or in a way that has no stand-in.
    mutating func compose() throws -> Composition {
        hideAliases()
        while true {
            do {
                let parser = try Parser(
                    yaml: String(String.UnicodeScalarView(lines.scalars)),
                    encoding: .utf8
                )
                return Composition(root: try parser.singleRoot(), parser: parser)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let isWorthwhile =
                    originals.count <= Self.maximumRenamings
                    && originals.count * lines.scalars.count <= Self.maximumScalars
                guard isWorthwhile, rename(at: context.mark) else {
                    throw YamlError.duplicatedKeysInMapping(
                        duplicates: names.map(original),
                        context: context
                    )
                }
            }
        }
    }

    private mutating func hideAliases() {
        for offset in lines.scalars.indices.dropLast() where lines.scalars[offset] == "*" {
            if Self.isNameScalar(lines.scalars[offset + 1]) { lines.scalars[offset] = Self.star }
        }
    }

    private mutating func rename(at mark: Mark) -> Bool {
        guard var offset = lines.offset(line: mark.line, column: mark.column) else { return false }
        if lines.scalars[offset] == "\"" || lines.scalars[offset] == "'" { offset += 1 }
        guard offset < lines.scalars.count else { return false }
        let scalar = lines.scalars[offset]
        let number = Self.firstRenaming + UInt32(originals.count)
        guard scalar.properties.isAlphabetic || Self.isNameScalar(scalar),
            let standIn = Unicode.Scalar(number)
        else { return false }
        originals[standIn] = scalar
        lines.scalars[offset] = standIn
        return true
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }
}

/// A tree of YAML nodes without aliases, with the nodes that have a name.
struct Composition {
    /// nil where the text holds nothing.
    let root: Node?
    /// Nodes by the name of their anchor; the last one where a name is given twice.
    private(set) var anchors: [String: Node] = [:]

    /// The nodes of a tree; `parser` owns the anchors, which nodes refer to weakly.
    init(root: Node?, parser: Parser) {
        self.root = root
        withExtendedLifetime(parser) {
            if let root { collect(root) }
        }
    }

    private mutating func collect(_ node: Node) {
        if let anchor = node.anchor { anchors[anchor.rawValue] = node }
        switch node {
        case .sequence(let sequence):
            for child in sequence { collect(child) }
        case .mapping(let mapping):
            for (_, value) in mapping { collect(value) }
        case .scalar, .alias:
            break
        }
    }
}
