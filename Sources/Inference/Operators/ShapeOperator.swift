/// ONNX Shape: the sizes of the input's dimensions, known when a plan is made.
struct ShapeOperator: Operator {
    private let start: Int
    private let end: Int?

    init(_ attributes: inout Attributes) throws(InferenceError) {
        start = try attributes.integer("start") ?? 0
        end = try attributes.integer("end")
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let first = position(start, shape.rank)
        let last = position(end ?? shape.rank, shape.rank)
        return .constant(Tensor(list: Array(shape.dimensions[first..<max(first, last)])))
    }

    private func position(_ index: Int, _ rank: Int) -> Int {
        let clamped = min(max(index, -rank), rank)
        return clamped < 0 ? clamped + rank : clamped
    }
}
