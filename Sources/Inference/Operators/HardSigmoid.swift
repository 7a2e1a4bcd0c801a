/// ONNX HardSigmoid: `min(max(alpha * x + beta, 0), 1)`.
struct HardSigmoid: Operator {
    private let slope: Float
    private let offset: Float

    init(_ attributes: inout Attributes) throws(InferenceError) {
        slope = try attributes.float("alpha") ?? 0.2
        offset = try attributes.float("beta") ?? 0.5
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try UnaryComputation.specialised(.hardSigmoid(slope: slope, offset: offset), operands)
    }
}
