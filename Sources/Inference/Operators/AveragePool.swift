/// ONNX AveragePool: the mean of the elements under each window of two dimensions.
struct AveragePool: Operator {
    private let window: WindowAttributes
    private let countsPads: Bool

    init(_ attributes: inout Attributes) throws(InferenceError) {
        window = try WindowAttributes(&attributes)
        countsPads = try attributes.flag("count_include_pad")
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        try Pooling.specialised(.average(countsPads: countsPads), window, operands)
    }
}
