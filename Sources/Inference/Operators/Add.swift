/// ONNX Add: the sum of two tensors, with broadcasting.
struct Add: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try BinaryComputation.specialised(.add, operands)
    }
}
