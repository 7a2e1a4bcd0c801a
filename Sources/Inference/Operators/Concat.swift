/// ONNX Concat: tensors behind each other along one dimension.
struct Concat: Operator {
    private let axis: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        guard let axis = try attributes.integer("axis") else {
            throw .invalid("attribute axis is missing")
        }
        self.axis = axis
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let first = try operands.shape(0)
        let axis = try first.axis(axis)
        var shapes: [Shape] = []
        var size = 0
        for index in 0..<operands.count {
            let shape = try operands.shape(index)
            let fits =
                shape.rank == first.rank
                && shape.dimensions.indices.allSatisfy { $0 == axis || shape[$0] == first[$0] }
            guard fits else {
                throw .invalid("shapes \(first) and \(shape) differ in more than axis \(axis)")
            }
            size += shape[axis]
            shapes.append(shape)
        }
        var dimensions = first.dimensions
        dimensions[axis] = size
        let output = try Shape(dimensions)
        var start = 0
        let parts = shapes.enumerated().map { index, shape in
            defer { start += shape[axis] }
            return Movement.Part(
                input: index,
                outputStart: start * output.strides[axis],
                walk: StridedWalk(shape.dimensions, strides: [shape.strides, output.strides])
            )
        }
        return .computation(
            Movement(
                operandPositions: Array(shapes.indices),
                outputShapes: [output],
                parts: parts
            )
        )
    }
}
