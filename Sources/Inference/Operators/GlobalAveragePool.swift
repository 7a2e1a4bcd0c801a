/// ONNX GlobalAveragePool: the mean of each plane.
struct GlobalAveragePool: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        guard shape.rank > 2 else { throw .invalid("input of shape \(shape) has no planes") }
        return .computation(
            try Mean(shape, over: Set(2..<shape.rank), keepsDimensions: true)
        )
    }
}
