internal import Kernels

/// ONNX Sigmoid: `1 / (1 + exp(-x))`.
struct Sigmoid: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try UnaryComputation.specialised(.activation(.sigmoid), operands)
    }
}
