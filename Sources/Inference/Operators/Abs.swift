/// ONNX Abs: `|x|`.
struct Abs: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try UnaryComputation.specialised(.absolute, operands)
    }
}
