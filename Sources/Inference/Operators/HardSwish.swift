internal import Kernels

/// ONNX HardSwish: `x * min(max(x + 3, 0), 6) / 6`.
struct HardSwish: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try UnaryComputation.specialised(.activation(.hardSwish), operands)
    }
}
