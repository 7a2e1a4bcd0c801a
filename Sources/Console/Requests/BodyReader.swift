internal import Foundation

/// A value of JSON.
enum JSONValue: Decodable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}

/// Reads the members of a request's body, each by name.
struct BodyReader {
    private let members: [String: JSONValue]
    private var known: [String] = []

    /// Takes the body apart; an empty one has no members.
    ///
    /// - Throws: `Problem` where it is no JSON object.
    init(_ bytes: [UInt8]) throws(Problem) {
        guard !bytes.isEmpty else {
            members = [:]
            return
        }
        do {
            members = try JSONDecoder().decode([String: JSONValue].self, from: Data(bytes))
        } catch {
            throw Problem(.badBody, "the body is no JSON object; send one such as {} or nothing")
        }
    }

    /// Refuses what was not asked for.
    func finish() throws(Problem) {
        guard let other = members.keys.filter({ !known.contains($0) }).min() else { return }
        throw Problem(
            .badBody,
            "there is no member \(other.prefix(80)) here",
            parameter: String(other.prefix(80)),
            allowed: known.isEmpty ? "none" : known.joined(separator: ", ")
        )
    }

    private mutating func member<Value>(
        _ name: String,
        allowed: String,
        _ parse: (JSONValue) -> Value?
    ) throws(Problem) -> Value? {
        known.append(name)
        guard let member = members[name] else { return nil }
        guard let value = parse(member) else {
            throw Problem(
                .badBody,
                "the member \(name) is not what it must be",
                parameter: name,
                allowed: allowed
            )
        }
        return value
    }

    /// A string that fulfils a condition.
    mutating func string(
        _ name: String,
        allowed: String,
        _ isAllowed: (String) -> Bool
    ) throws(Problem) -> String? {
        try member(name, allowed: allowed) { member in
            guard case .string(let text) = member, isAllowed(text) else { return nil }
            return text
        }
    }

    /// Words for people: at most 1024 characters, no NUL.
    mutating func words(_ name: String) throws(Problem) -> String? {
        try string(name, allowed: "at most 1024 characters, no NUL") { text in
            text.unicodeScalars.count <= 1024 && !text.unicodeScalars.contains("\0")
        }
    }

    /// A number within a range.
    mutating func number(
        _ name: String,
        _ range: ClosedRange<Double>,
        isWhole: Bool = false
    ) throws(Problem) -> Double? {
        let noun = isWhole ? "a whole number" : "a number"
        let bounds = "\(Int(range.lowerBound)) to \(Int(range.upperBound))"
        return try member(name, allowed: "\(noun) from \(bounds)") { member in
            guard case .number(let number) = member, range.contains(number) else { return nil }
            return !isWhole || number == number.rounded() ? number : nil
        }
    }

    /// One of some words.
    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Value.Type
    ) throws(Problem) -> Value? where Value.RawValue == String {
        try member(name, allowed: Words.list(type)) { member in
            guard case .string(let text) = member else { return nil }
            return Value(rawValue: text)
        }
    }

    /// A list of some of some words.
    mutating func choices<Value: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Value.Type
    ) throws(Problem) -> [Value] where Value.RawValue == String {
        let list = try member(name, allowed: "a list of: \(Words.list(type))") { member in
            guard case .array(let elements) = member, elements.count <= 100 else {
                return [Value]?.none
            }
            let values = elements.compactMap { element in
                guard case .string(let text) = element else { return Value?.none }
                return Value(rawValue: text)
            }
            return values.count == elements.count ? values : nil
        }
        return list ?? []
    }
}
