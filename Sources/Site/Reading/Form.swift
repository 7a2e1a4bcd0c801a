internal import Yams

/// How a value of one shape is read: a declaration that is made of smaller ones.
///
/// Reading returns nil after a mistake, which it has reported, and while keys are listed.
struct Form<Value> {
    let read: (Cursor) -> Value?
}

extension Form {
    /// A single value, read from its text.
    static func scalar(
        _ expected: String,
        _ parse: @escaping (String) -> Result<Value, Problem>
    ) -> Form {
        Form { cursor in
            guard cursor.node != nil else { return nil }
            guard cursor.unfollowed == nil, !cursor.isEmpty,
                case .scalar(let scalar) = cursor.node
            else {
                cursor.reportKind(expected: expected)
                return nil
            }
            switch parse(cursor.reading.original(scalar.string)) {
            case .success(let value): return value
            case .failure(let problem):
                cursor.report(problem, of: scalar.string)
                return nil
            }
        }
    }

    /// Keys with values; `body` asks the reader for every key that there may be.
    static func mapping(_ body: @escaping (NodeReader) -> Value?) -> Form {
        Form { cursor in
            let reader = NodeReader(cursor)
            if cursor.node != nil {
                guard cursor.unfollowed == nil, case .mapping = cursor.node else {
                    cursor.reportKind(expected: "a group of keys with values")
                    return nil
                }
            }
            let value = body(reader)
            reader.reportUnknownKeys()
            return value
        }
    }

    /// A list of `count` elements; nil where any of them is wrong.
    static func list<Element>(
        of element: Form<Element>,
        count: ClosedRange<Int>,
        _ noun: String
    ) -> Form where Value == [Element] {
        Form { cursor in
            guard cursor.node != nil else {
                _ = element.read(cursor.element(0, nil))
                return nil
            }
            guard cursor.unfollowed == nil, case .sequence(let sequence) = cursor.node else {
                cursor.reportKind(expected: "a list of \(noun)")
                return nil
            }
            guard count.contains(sequence.count) else {
                let limit = sequence.count < count.lowerBound ? "at least" : "at most"
                let bound = sequence.count < count.lowerBound ? count.lowerBound : count.upperBound
                cursor.report("has \(sequence.count) \(noun) and needs \(limit) \(bound)")
                return nil
            }
            let values = sequence.enumerated().map { element.read(cursor.element($0, $1)) }
            let good = values.compactMap { $0 }
            return good.count == values.count ? good : nil
        }
    }

    /// A single value in one form, or keys with values in another.
    static func either(scalar: Form, mapping: Form) -> Form {
        Form { cursor in
            guard let node = cursor.node else {
                _ = scalar.read(cursor)
                return mapping.read(cursor)
            }
            if case .mapping = node { return mapping.read(cursor) }
            return scalar.read(cursor)
        }
    }

    /// A list, or one value where a list of one would do.
    static func oneOrMany<Element>(
        of element: Form<Element>,
        count: ClosedRange<Int>,
        _ noun: String
    ) -> Form where Value == [Element] {
        Form { cursor in
            if case .sequence = cursor.node {
                return Form.list(of: element, count: count, noun).read(cursor)
            }
            return element.read(cursor).map { [$0] }
        }
    }

    /// The same text turned into another value.
    func map<Other>(_ transform: @escaping (Value) -> Other) -> Form<Other> {
        Form<Other> { read($0).map(transform) }
    }

    /// The same text turned into another value, with a look at where it stands.
    func withCursor<Other>(_ transform: @escaping (Value, Cursor) -> Other) -> Form<Other> {
        Form<Other> { cursor in read(cursor).map { transform($0, cursor) } }
    }

    /// Goes on to look whether the value makes sense; `problem` returns what is wrong with it.
    func checked(_ problem: @escaping (Value, Cursor) -> Problem?) -> Form {
        Form { cursor in
            guard let value = read(cursor) else { return nil }
            guard let problem = problem(value, cursor) else { return value }
            guard case .scalar(let scalar) = cursor.node else {
                cursor.report(problem.message, suggestion: problem.suggestion)
                return nil
            }
            cursor.report(problem, of: scalar.string)
            return nil
        }
    }
}
