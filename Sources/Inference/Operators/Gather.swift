/// ONNX Gather: chosen positions along one dimension; the indices are constant.
struct Gather: Operator {
    private let axis: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        axis = try attributes.integer("axis") ?? 0
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let axis = try shape.axis(axis)
        let indices = try operands.constant(1, "indices")
        guard case .integers(let wanted) = indices.elements else {
            throw .invalid("indices must be integers")
        }
        var positions: [Int] = []
        for index in wanted.map(Int.init) {
            guard index >= -shape[axis], index < shape[axis] else {
                throw .invalid("index \(index) of \(shape[axis])")
            }
            positions.append(index < 0 ? index + shape[axis] : index)
        }
        let output = try Shape(
            Array(shape.dimensions[..<axis]) + indices.shape.dimensions
                + Array(shape.dimensions[(axis + 1)...])
        )
        return .computation(
            Gathering(
                output: output,
                positions: positions,
                outer: shape.dimensions[..<axis].reduce(1, *),
                extent: shape[axis],
                inner: shape.dimensions[(axis + 1)...].reduce(1, *)
            )
        )
    }
}

private struct Gathering: Computation {
    let output: Shape
    let positions: [Int]
    let outer: Int
    let extent: Int
    let inner: Int
    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [output] }
    var movesOnly: Bool { true }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (input, output) = (memory.inputs[0], memory.outputs[0])
        return { [positions, outer, extent, inner] in
            var target = output
            for block in 0..<outer {
                for position in positions {
                    let source = input + (block * extent + position) * inner
                    target.update(from: source, count: inner)
                    target += inner
                }
            }
        }
    }
}
