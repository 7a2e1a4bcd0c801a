/// Copies boxes of the inputs to boxes of the outputs: what Transpose, Slice, Split, Concat and Pad
/// are made of.
struct Movement: Computation {
    /// One box: from where in which input to where in which output.
    struct Part: Sendable {
        /// The position of the input among those of the computation.
        var input = 0
        var inputStart = 0
        var output = 0
        var outputStart = 0
        var walk: StridedWalk
    }

    var operandPositions = [0]
    let outputShapes: [Shape]
    /// What is written before the boxes, where they do not cover the outputs.
    var fill: Float?
    let parts: [Part]

    var movesOnly: Bool { fill == nil }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (inputs, outputs, fill, parts) = (memory.inputs, memory.outputs, fill, parts)
        let counts = outputShapes.map(\.count)
        return {
            if let fill {
                for index in outputs.indices {
                    outputs[index].update(repeating: fill, count: counts[index])
                }
            }
            for part in parts {
                part.walk.copy(
                    inputs[part.input] + part.inputStart,
                    outputs[part.output] + part.outputStart
                )
            }
        }
    }
}
