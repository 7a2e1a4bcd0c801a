/// ONNX ReduceMean: the mean over some dimensions.
struct ReduceMean: Operator {
    private let axes: [Int]?
    private let keepsDimensions: Bool

    init(_ attributes: inout Attributes) throws(InferenceError) {
        axes = try attributes.integers("axes")
        keepsDimensions = try attributes.flag("keepdims", default: true)
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        var reduced: Set<Int> = axes == nil ? Set(0..<shape.rank) : []
        for axis in axes ?? [] {
            reduced.insert(try shape.axis(axis))
        }
        return .computation(
            try Mean(shape, over: reduced, keepsDimensions: keepsDimensions)
        )
    }
}
