/// ONNX ConstantOfShape: one number repeated.
struct ConstantOfShape: Operator {
    private let value: Tensor

    init(_ attributes: inout Attributes) throws(InferenceError) {
        value = try attributes.tensor("value") ?? Tensor(shape: Shape(vector: 1), floats: [0])
        guard value.shape.count == 1 else {
            throw .invalid("attribute value has \(value.shape.count) elements, must have 1")
        }
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let sizes = try operands.constant(0, "the shape").integers(for: "the shape")
        let shape = try Shape(sizes)
        guard shape.count <= 1 << 24 else {
            throw .exhausted("a constant of shape \(shape)")
        }
        return switch value.elements {
        case .floats(let floats):
            .constant(
                Tensor(shape: shape, floats: Array(repeating: floats[0], count: shape.count))
            )
        case .integers(let integers):
            .constant(
                Tensor(shape: shape, integers: Array(repeating: integers[0], count: shape.count))
            )
        }
    }
}
