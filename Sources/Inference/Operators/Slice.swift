/// ONNX Slice: some positions along some dimensions; starts, ends, axes and steps are constant.
struct Slice: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let starts = try operands.constant(1, "starts").integers(for: "starts")
        let ends = try operands.constant(2, "ends").integers(for: "ends")
        let axes =
            try operands.optionalConstant(3, "axes")?.integers(for: "axes")
            ?? Array(starts.indices)
        let steps =
            try operands.optionalConstant(4, "steps")?.integers(for: "steps")
            ?? starts.map { _ in 1 }
        guard starts.count == ends.count, starts.count == axes.count, starts.count == steps.count
        else {
            throw .invalid("starts, ends, axes and steps are not equally many")
        }
        var sizes = shape.dimensions
        var strides = shape.strides
        var position = 0
        for (index, axis) in axes.enumerated() {
            let axis = try shape.axis(axis)
            guard sizes[axis] == shape[axis], strides[axis] == shape.strides[axis] else {
                throw .invalid("axis \(axis) is sliced twice")
            }
            let range = try Self.range(
                from: starts[index],
                to: ends[index],
                step: steps[index],
                size: shape[axis]
            )
            position += range.count == 0 ? 0 : range.start * strides[axis]
            sizes[axis] = range.count
            strides[axis] *= range.step
        }
        let output = try Shape(sizes)
        if output == shape, strides == shape.strides { return .alias(output) }
        let walk = StridedWalk(output.dimensions, strides: [strides, output.strides])
        let part = Movement.Part(inputStart: position, walk: walk)
        return .computation(Movement(outputShapes: [output], parts: [part]))
    }

    /// The positions of one axis by ONNX's rules for ends beyond the tensor.
    private static func range(
        from start: Int,
        to end: Int,
        step: Int,
        size: Int
    ) throws(InferenceError) -> (start: Int, count: Int, step: Int) {
        guard step != 0 else { throw .invalid("a step is 0") }
        let bound = Shape.maximumCount
        // Clamped first, so that nothing below overflows.
        let step = min(max(step, -bound), bound)
        let from = min(max(start, -bound), bound)
        let to = min(max(end, -bound - 1), bound)
        var first = from < 0 ? from + size : from
        var last = to < 0 ? to + size : to
        if step > 0 {
            first = min(max(first, 0), size)
            last = min(max(last, 0), size)
            return (first, max((last - first + step - 1) / step, 0), step)
        }
        first = min(max(first, 0), size - 1)
        last = min(max(last, -1), size - 1)
        return (first, max((first - last - step - 1) / -step, 0), step)
    }
}
