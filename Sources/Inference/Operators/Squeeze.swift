/// ONNX Squeeze: without dimensions of size 1, given by an attribute (before opset 13) or an input.
struct Squeeze: Operator {
    private let axes: [Int]?
    private let opset: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        opset = attributes.opset
        axes = opset < 13 ? try attributes.integers("axes") : nil
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let given =
            try opset < 13 ? axes : operands.optionalConstant(1, "axes")?.integers(for: "axes")
        var dropped: Set<Int> = []
        for axis in given ?? shape.dimensions.indices.filter({ shape[$0] == 1 }) {
            dropped.insert(try shape.axis(axis))
        }
        guard dropped.allSatisfy({ shape[$0] == 1 }) else {
            throw .invalid("axes \(dropped.sorted()) of \(shape) are not all of size 1")
        }
        let kept = shape.dimensions.indices.filter { !dropped.contains($0) }
        return .alias(try Shape(kept.map { shape[$0] }))
    }
}
