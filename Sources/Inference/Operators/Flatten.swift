/// ONNX Flatten: a matrix of the dimensions before and after one.
struct Flatten: Operator {
    private let axis: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        axis = try attributes.integer("axis") ?? 1
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let axis = axis == shape.rank ? axis : try shape.axis(axis)
        return .alias(
            try Shape([
                shape.dimensions[..<axis].reduce(1, *), shape.dimensions[axis...].reduce(1, *),
            ])
        )
    }
}
