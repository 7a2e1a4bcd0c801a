/// ONNX Mul: the product of two tensors, element by element, with broadcasting.
struct Mul: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try BinaryComputation.specialised(.multiply, operands)
    }
}
