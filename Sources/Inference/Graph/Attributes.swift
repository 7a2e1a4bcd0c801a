/// The attributes of one node while its operator is made from them.
///
/// Each attribute that is asked for is taken out; what is left at the end is one that the operator
/// does not know, and so would be ignored wrongly.
struct Attributes {
    /// The value of an attribute; types without a use here are not among them.
    enum Value: Sendable {
        case float(Float)
        case integer(Int)
        case string(String)
        case tensor(Tensor)
        case floats([Float])
        case integers([Int])
        case other
    }

    /// The version of ai.onnx that the model uses, 11 to 17.
    let opset: Int
    private var values: [String: Value]

    init(_ values: [String: Value], opset: Int) {
        self.values = values
        self.opset = opset
    }

    /// Names that nobody asked for.
    var left: [String] { values.keys.sorted() }

    /// Drops attributes that make no difference to a result.
    mutating func ignore(_ names: String...) {
        for name in names {
            values[name] = nil
        }
    }

    mutating func integer(_ name: String) throws(InferenceError) -> Int? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard case .integer(let integer) = value else { throw wrongType(name, "an integer") }
        return integer
    }

    mutating func integers(_ name: String) throws(InferenceError) -> [Int]? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard case .integers(let integers) = value else { throw wrongType(name, "integers") }
        return integers
    }

    mutating func float(_ name: String) throws(InferenceError) -> Float? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard case .float(let float) = value else { throw wrongType(name, "a number") }
        return float
    }

    mutating func floats(_ name: String) throws(InferenceError) -> [Float]? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard case .floats(let floats) = value else { throw wrongType(name, "numbers") }
        return floats
    }

    mutating func string(_ name: String) throws(InferenceError) -> String? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard case .string(let string) = value else { throw wrongType(name, "a text") }
        return string
    }

    mutating func tensor(_ name: String) throws(InferenceError) -> Tensor? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard case .tensor(let tensor) = value else { throw wrongType(name, "a tensor") }
        return tensor
    }

    /// A yes or no that ONNX writes as 1 or 0.
    mutating func flag(
        _ name: String,
        default standard: Bool = false
    ) throws(InferenceError)
        -> Bool
    {
        guard let value = try integer(name) else { return standard }
        guard value == 0 || value == 1 else {
            throw .invalid("attribute \(name) is \(value), must be 0 or 1")
        }
        return value == 1
    }

    /// One of some texts.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        default standard: Choice
    ) throws(InferenceError) -> Choice {
        guard let text = try string(name) else { return standard }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .unsupported("attribute \(name) is '\(text)', supported are \(known)")
        }
        return choice
    }

    private func wrongType(_ name: String, _ wanted: String) -> InferenceError {
        .invalid("attribute \(name) must be \(wanted)")
    }
}
