internal import Kernels

/// ONNX Relu: `max(x, 0)`.
struct Relu: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try UnaryComputation.specialised(.activation(.relu), operands)
    }
}
