/// ONNX Sub: the difference of two tensors, with broadcasting.
struct Sub: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try BinaryComputation.specialised(.subtract, operands)
    }
}
