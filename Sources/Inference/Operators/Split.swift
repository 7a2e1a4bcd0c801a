/// ONNX Split: parts of one dimension, given by an attribute (before opset 13) or an input.
struct Split: Operator {
    private let axis: Int
    private let sizes: [Int]?
    private let opset: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        opset = attributes.opset
        axis = try attributes.integer("axis") ?? 0
        sizes = opset < 13 ? try attributes.integers("split") : nil
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let axis = try shape.axis(axis)
        let given =
            try opset < 13
            ? sizes : operands.optionalConstant(1, "split")?.integers(for: "split")
        let count = operands.outputCount
        let sizes = given ?? Array(repeating: shape[axis] / count, count: count)
        guard sizes.count == count, sizes.allSatisfy({ (0...shape[axis]).contains($0) }),
            sizes.reduce(0, +) == shape[axis]
        else {
            throw .invalid("parts \(sizes) of \(count) outputs do not make up \(shape[axis])")
        }
        var shapes: [Shape] = []
        var parts: [Movement.Part] = []
        var start = 0
        for (index, size) in sizes.enumerated() {
            var dimensions = shape.dimensions
            dimensions[axis] = size
            let output = try Shape(dimensions)
            shapes.append(output)
            let walk = StridedWalk(dimensions, strides: [shape.strides, output.strides])
            parts.append(
                .init(inputStart: start * shape.strides[axis], output: index, walk: walk)
            )
            start += size
        }
        return .computation(Movement(outputShapes: shapes, parts: parts))
    }
}
