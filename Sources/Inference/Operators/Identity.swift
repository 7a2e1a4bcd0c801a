/// ONNX Identity: the input as it is.
struct Identity: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        .alias(try operands.shape(0))
    }
}
