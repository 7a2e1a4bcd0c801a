import Testing

@testable import Inference

/// Numbers that are looked up by one index for each dimension: slow, and plain to check.
struct NaiveArray: Equatable {
    let shape: [Int]
    var values: [Float]

    init(shape: [Int], values: [Float]) {
        precondition(values.count == shape.reduce(1, *), "as many values as the shape has")
        self.shape = shape
        self.values = values
    }

    /// Asks a formula for every element.
    init(shape: [Int], _ formula: ([Int]) -> Float) {
        self.init(
            shape: shape,
            values: (0..<shape.reduce(1, *)).map { position in
                var rest = position
                var index = [Int](repeating: 0, count: shape.count)
                for dimension in shape.indices.reversed() {
                    index[dimension] = rest % shape[dimension]
                    rest /= shape[dimension]
                }
                return formula(index)
            }
        )
    }

    subscript(index: [Int]) -> Float {
        values[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }]
    }

    /// An element, or something else where there is none.
    func element(_ index: [Int], or other: Float) -> Float {
        zip(index, shape).allSatisfy { $0 >= 0 && $0 < $1 } ? self[index] : other
    }

    /// An element of an array that is repeated to have a larger shape.
    func broadcast(_ index: [Int]) -> Float {
        let own = index.suffix(shape.count)
        return self[zip(own, shape).map { $1 == 1 ? 0 : $0 }]
    }
}

/// Runs one operator by itself.
///
/// - Parameters:
///   - kind: Its name in ONNX.
///   - attributes: Those of the node.
///   - inputs: Floats are treated as known in a run only, integers and `nil` as they are.
///   - opset: The version of ai.onnx.
///   - outputs: How many outputs the node has.
/// - Returns: Its outputs.
/// - Throws: What the operator throws.
func apply(
    _ kind: String,
    _ attributes: [String: Attributes.Value] = [:],
    to inputs: [OperatorInput],
    opset: Int = 13,
    outputs: Int = 1
) throws -> [NaiveArray] {
    let type = try #require(OperatorTable.types[kind])
    var attributes = Attributes(attributes, opset: opset)
    let operation = try type.init(&attributes)
    #expect(attributes.left == [], "every attribute is understood")
    let specialised = try operation.specialised(
        for: Operands(
            inputs.map(\.operand),
            opset: opset,
            outputCount: outputs,
            exported: [],
            memory: ReshapeMemory()
        )
    )
    let results: [Tensor]
    switch specialised {
    case .constant(let tensor): results = [tensor]
    case .alias(let shape):
        let first = try #require(inputs[0].tensor)
        results = [first.reshaped(shape)]
    case .computation(let computation):
        #expect(computation.outputShapes.count == outputs)
        let operands = try computation.operandPositions.map { try #require(inputs[$0].tensor) }
        results = try ConstantFolding.run(computation, operands, Limits())
    }
    return results.map { tensor in
        switch tensor.elements {
        case .floats(let floats): NaiveArray(shape: tensor.shape.dimensions, values: floats)
        case .integers(let integers):
            NaiveArray(shape: tensor.shape.dimensions, values: integers.map { Float($0) })
        }
    }
}

/// An input of an operator under test.
enum OperatorInput {
    case computed(NaiveArray)
    case weights(NaiveArray)
    case integers([Int])
    case absent

    var tensor: Tensor? {
        switch self {
        case .computed(let array), .weights(let array):
            (try? Shape(array.shape)).map { Tensor(shape: $0, floats: array.values) }
        case .integers(let list): Tensor(list: list)
        case .absent: nil
        }
    }

    var operand: Operand? {
        guard let tensor else { return nil }
        if case .computed = self { return .computed(tensor.shape) }
        return .constant(tensor)
    }
}

/// The largest difference relative to the size of the numbers; infinite where shapes differ.
func difference(_ left: NaiveArray, _ right: NaiveArray) -> Float {
    guard left.shape == right.shape else { return .infinity }
    return zip(left.values, right.values).reduce(0) { largest, pair in
        let gap = abs(pair.0 - pair.1) / max(1, abs(pair.1))
        return gap.isNaN ? .infinity : max(largest, gap)
    }
}
