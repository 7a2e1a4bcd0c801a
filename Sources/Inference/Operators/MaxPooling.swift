/// ONNX MaxPool: the largest element under each window of two dimensions.
struct MaxPooling: Operator {
    private let window: WindowAttributes

    init(_ attributes: inout Attributes) throws(InferenceError) {
        window = try WindowAttributes(&attributes)
        // The order of positions in the second output, which is not supported.
        attributes.ignore("storage_order")
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try Pooling.specialised(.maximum, window, operands)
    }
}
