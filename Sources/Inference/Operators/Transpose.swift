/// ONNX Transpose: dimensions in another order.
struct Transpose: Operator {
    private let order: [Int]?

    init(_ attributes: inout Attributes) throws(InferenceError) {
        order = try attributes.integers("perm")
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let order = order ?? Array((0..<shape.rank).reversed())
        guard order.sorted() == Array(0..<shape.rank) else {
            throw .invalid("perm \(order) is no order of \(shape.rank) dimensions")
        }
        let output = try Shape(order.map { shape[$0] })
        // What only moves dimensions of size 1 leaves all elements where they are.
        if order.filter({ shape[$0] != 1 }) == order.filter({ shape[$0] != 1 }).sorted() {
            return .alias(output)
        }
        let strides = shape.strides
        let walk = StridedWalk(
            output.dimensions,
            strides: [order.map { strides[$0] }, output.strides]
        )
        return .computation(Movement(outputShapes: [output], parts: [.init(walk: walk)]))
    }
}
