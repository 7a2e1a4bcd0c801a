/// ONNX Pad in mode constant: elements added around a tensor, or cut off where pads are negative.
struct Pad: Operator {
    private enum Mode: String, CaseIterable {
        case constant
    }

    init(_ attributes: inout Attributes) throws(InferenceError) {
        _ = try attributes.choice("mode", default: Mode.constant)
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let pads = try operands.constant(1, "pads").integers(for: "pads")
        let value = try operands.optionalConstant(2, "the value")?.scalar(for: "the value") ?? 0
        let bound = Shape.maximumCount
        guard pads.count == 2 * shape.rank, pads.allSatisfy({ abs(Double($0)) < Double(bound) })
        else {
            throw .invalid("pads \(pads) do not go with shape \(shape)")
        }
        var sizes: [Int] = []
        var kept: [Int] = []
        var from = 0
        for (axis, size) in shape.dimensions.enumerated() {
            let (before, after) = (pads[axis], pads[axis + shape.rank])
            sizes.append(size + before + after)
            kept.append(max(size + min(before, 0) + min(after, 0), 0))
            from += max(-before, 0) * shape.strides[axis]
        }
        let output = try Shape(sizes)
        if pads.allSatisfy({ $0 == 0 }) { return .alias(output) }
        let to = zip(pads, output.strides).map { max($0, 0) * $1 }.reduce(0, +)
        let walk = StridedWalk(kept, strides: [shape.strides, output.strides])
        let part = Movement.Part(inputStart: from, outputStart: to, walk: walk)
        return .computation(
            Movement(outputShapes: [output], fill: value, parts: [part])
        )
    }
}
