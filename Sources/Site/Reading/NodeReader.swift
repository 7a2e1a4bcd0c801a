internal import Yams

/// Reads a mapping key by key, and knows in the end which of its keys nobody asked for.
final class NodeReader {
    /// The mapping itself.
    let cursor: Cursor
    private var values: [String: Cursor] = [:]
    /// Where each key itself stands.
    private var places: [String: (line: Int, column: Int)] = [:]
    private var known: [String] = []

    /// - Parameter cursor: A mapping, or nothing while keys are listed.
    init(_ cursor: Cursor) {
        self.cursor = cursor
        guard case .mapping(let mapping) = cursor.node else { return }
        for (key, value) in mapping {
            let place = key.mark.map { ($0.line, $0.column) } ?? cursor.place
            guard case .scalar(let scalar) = key else {
                cursor.reading.report(place, "a key must be a word", keyPath: cursor.path)
                continue
            }
            add(cursor.reading.original(scalar.string), value, place)
        }
    }

    private func add(_ name: String, _ value: Node, _ place: (line: Int, column: Int)) {
        if let first = places[name] {
            cursor.reading.report(
                place,
                "\"\(name)\" stands here twice, first in line \(first.line)",
                keyPath: cursor.child(name, nil).path,
                suggestion: "keep one of them"
            )
            return
        }
        places[name] = place
        values[name] = cursor.child(name, value)
    }

    /// The value of a key, nil where the key is missing or after a mistake, which is reported.
    func optional<Value>(_ key: String, _ form: Form<Value>) -> Value? {
        known.append(key)
        guard cursor.node != nil else {
            let child = cursor.child(key, nil)
            cursor.reading.note(child.schemaPath, line: 0)
            return form.read(child)
        }
        guard let child = values[key] else { return nil }
        cursor.reading.note(child.schemaPath, line: places[key]?.line ?? 0)
        return form.read(child)
    }

    /// The value of a key; a missing key is a mistake.
    func required<Value>(
        _ key: String,
        _ form: Form<Value>,
        example: String
    ) -> Value? {
        let value = optional(key, form)
        if cursor.node != nil, values[key] == nil {
            cursor.reading.report(
                cursor.place,
                "is missing",
                keyPath: cursor.child(key, nil).path,
                suggestion: "write \(key): \(example)"
            )
        }
        return value
    }

    /// Where the value of a key stands; nil where the key is missing.
    func value(of key: String) -> Cursor? {
        values[key]
    }

    /// Reports every key that was not asked for.
    func reportUnknownKeys() {
        for (name, place) in places where !known.contains(name) {
            guard cursor.reading.hasRoom else { return }
            let close = closest(to: name, among: known)
            cursor.reading.report(
                place,
                "\"\(name)\" is not a key of this place",
                keyPath: cursor.child(name, nil).path,
                suggestion: close.map { "did you mean \($0)?" }
                    ?? "known keys are \(known.joined(separator: ", "))"
            )
        }
    }
}
