/// ONNX Div: the quotient of two tensors; of integers, towards zero, with broadcasting.
struct Div: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try BinaryComputation.specialised(.divide, operands)
    }
}
