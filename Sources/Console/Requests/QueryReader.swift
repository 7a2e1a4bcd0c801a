internal import Alerts
internal import Foundation
internal import Scene

/// Reads the parameters behind the question mark, each once and by name.
struct QueryReader {
    private var values: [String: String] = [:]
    private var known: [String] = []

    /// Takes the query apart.
    ///
    /// - Throws: `Problem` where it is no query or names a parameter twice.
    init(_ query: String?) throws(Problem) {
        for part in (query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pair[0]),
                let value = Self.decoded(pair.count > 1 ? pair[1] : "")
            else {
                throw Problem(
                    .badParameter,
                    "\"\(part.prefix(80))\" is not percent-encoded UTF-8",
                    parameter: String(part.prefix(80))
                )
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(
                    .badParameter,
                    "\(name.prefix(80)) stands more than once; list several values with commas",
                    parameter: String(name.prefix(80))
                )
            }
        }
    }

    /// Refuses what was not asked for.
    func finish() throws(Problem) {
        guard let other = values.keys.filter({ !known.contains($0) }).min() else { return }
        throw .parameter(
            String(other.prefix(80)),
            "there is no parameter \(other.prefix(80)) here",
            allowed: known.isEmpty ? "none" : known.joined(separator: ", ")
        )
    }

    /// The value of a parameter that only this way of saying it has; nil where it is not there.
    mutating func value<Value>(
        _ name: String,
        allowed: String,
        _ parse: (String) -> Value?
    ) throws(Problem) -> Value? {
        known.append(name)
        guard let text = values[name] else { return nil }
        guard let value = parse(text) else {
            throw .parameter(
                name,
                "\(name) cannot be \"\(text.prefix(80))\"",
                allowed: allowed
            )
        }
        return value
    }

    /// One of some words.
    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Value.Type
    ) throws(Problem) -> Value? where Value.RawValue == String {
        try value(name, allowed: Words.list(type)) { Value(rawValue: $0) }
    }

    /// Some of some words, with commas between them.
    mutating func choices<Value: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Value.Type
    ) throws(Problem) -> [Value] where Value.RawValue == String {
        let chosen = try value(name, allowed: Words.list(type) + ", with commas between") { text in
            let words = text.split(separator: ",", omittingEmptySubsequences: false)
            let values = words.compactMap { Value(rawValue: String($0)) }
            return values.count == words.count && values.count <= 100 ? values : nil
        }
        return chosen ?? []
    }

    /// A whole number within a range.
    mutating func number<Number: FixedWidthInteger>(
        _ name: String,
        _ range: ClosedRange<Number>
    ) throws(Problem) -> Number? {
        try value(name, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
            let isPlain = !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) }
            return (isPlain ? Number($0) : nil).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// The id of a camera or a zone.
    mutating func identifier(_ name: String) throws(Problem) -> String? {
        try value(name, allowed: Words.identifier) { Words.isIdentifier($0) ? $0 : nil }
    }

    /// A moment; whoever forgets to encode the plus sign of an offset is understood.
    mutating func time(_ name: String) throws(Problem) -> Instant? {
        try value(name, allowed: "a time such as 2026-03-01T06:00:00Z") {
            Instant(rfc3339: $0.replacingOccurrences(of: " ", with: "+"))
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
    }
}

/// What several places understand as words.
enum Words {
    static let identifier = "1 to 64 letters a-z, digits, - and _"
    static let actor = "1 to 64 letters a-z, digits and . _ - @ :"

    static func list<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> String
    where Value.RawValue == String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }

    static func isIdentifier(_ text: String) -> Bool {
        isPlain(text, signs: "-_")
    }

    static func isActor(_ text: String) -> Bool {
        isPlain(text, signs: ".-_@:")
    }

    private static func isPlain(_ text: String, signs: String) -> Bool {
        let signs = Set(signs.utf8)
        return (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                let character = Character(UnicodeScalar(byte))
                return byte < 128
                    && (character.isLetter || character.isNumber || signs.contains(byte))
            }
    }
}
