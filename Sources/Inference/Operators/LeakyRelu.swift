internal import Kernels

/// ONNX LeakyRelu: `x` where it is positive, `alpha * x` elsewhere.
struct LeakyRelu: Operator {
    private let slope: Float

    init(_ attributes: inout Attributes) throws(InferenceError) {
        slope = try attributes.float("alpha") ?? 0.01
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try UnaryComputation.specialised(.activation(.leakyRelu(slope)), operands)
    }
}
