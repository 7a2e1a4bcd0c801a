/// ONNX Cast: constants to another type; of what is computed, floats to floats only.
struct Cast: Operator {
    private let target: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        guard let target = try attributes.integer("to") else {
            throw .invalid("attribute to is missing")
        }
        // TensorProto.DataType: float, int32, int64.
        guard [1, 6, 7].contains(target) else {
            throw .unsupported("cast to element type \(target)")
        }
        self.target = target
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let operand = try operands[0]
        guard let tensor = operand.constant else {
            guard target == 1 else { throw .unsupported("cast of computed values to integers") }
            return .alias(operand.shape)
        }
        switch (tensor.elements, target == 1) {
        case (.floats, true), (.integers, false):
            return .alias(tensor.shape)
        case (.integers(let integers), true):
            return .constant(Tensor(shape: tensor.shape, floats: integers.map { Float($0) }))
        case (.floats(let floats), false):
            guard floats.allSatisfy({ $0.magnitude < 0x1p31 }) else {
                throw .invalid("a number is too large for an integer")
            }
            return .constant(Tensor(shape: tensor.shape, integers: floats.map { Int64($0) }))
        }
    }
}
