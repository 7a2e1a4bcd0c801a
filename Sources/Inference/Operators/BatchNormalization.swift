/// ONNX BatchNormalization with constant statistics: a factor and an offset for each channel.
struct BatchNormalization: Operator {
    private let epsilon: Float

    init(_ attributes: inout Attributes) throws(InferenceError) {
        epsilon = try attributes.float("epsilon") ?? 1e-5
        attributes.ignore("momentum")
        guard try !attributes.flag("training_mode") else {
            throw .unsupported("training_mode; export the model for inference")
        }
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        guard shape.rank >= 2 else { throw .invalid("input of shape \(shape) has no channels") }
        guard operands.outputCount == 1 else {
            throw .unsupported("outputs with statistics; export the model for inference")
        }
        var values: [[Float]] = []
        for (index, name) in ["scale", "bias", "mean", "variance"].enumerated() {
            let floats = try operands.constant(index + 1, name).floats(for: name)
            guard floats.count == shape[1] else {
                throw .invalid("\(floats.count) values of \(name) for \(shape[1]) channels")
            }
            values.append(floats)
        }
        let scale = values[0].indices.map { channel in
            values[0][channel] / (values[3][channel] + epsilon).squareRoot()
        }
        let offset = scale.indices.map { values[1][$0] - values[2][$0] * scale[$0] }
        return .computation(ChannelScaling(shape: shape, scale: scale, offset: offset))
    }
}

/// `scale * x + offset` with one of each for every channel.
struct ChannelScaling: Computation {
    let shape: Shape
    let scale: [Float]
    let offset: [Float]
    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [shape] }
    var worksInPlace: Bool { true }
    var weightBytes: Int { 2 * scale.count * MemoryLayout<Float>.size }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (input, output) = (memory.inputs[0], memory.outputs[0])
        let (pictures, channels) = (shape[0], shape[1])
        let plane = shape.dimensions[2...].reduce(1, *)
        return {
            for index in 0..<pictures * channels {
                let (factor, summand) = (scale[index % channels], offset[index % channels])
                for position in index * plane..<(index + 1) * plane {
                    output[position] = input[position] * factor + summand
                }
            }
        }
    }
}
