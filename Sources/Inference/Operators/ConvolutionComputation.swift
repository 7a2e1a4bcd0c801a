internal import Kernels

/// A convolution with what was fused into it.
struct ConvolutionComputation: Computation {
    let shape: ConvolutionShape
    let input: Shape
    let output: Shape
    /// `[output channel][input channel in its group][row][column]`.
    private(set) var weights: [Float]
    /// One for each output channel, or none.
    private(set) var bias: [Float]
    var activation = Activation.none

    init(
        shape: ConvolutionShape,
        input: Shape,
        output: Shape,
        weights: [Float],
        bias: [Float]
    ) {
        self.shape = shape
        self.input = input
        self.output = output
        self.weights = weights
        self.bias = bias
    }

    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [output] }
    var weightBytes: Int { (weights.count + bias.count) * MemoryLayout<Float>.size }

    var multiplyAdds: Int {
        output.count * (weights.count / shape.outputChannels)
    }

    /// The same followed by `scale * x + offset` on each output channel.
    func scaled(by scale: [Float], offset: [Float]) -> Self {
        var result = self
        let each = weights.count / shape.outputChannels
        for channel in 0..<shape.outputChannels {
            for index in channel * each..<(channel + 1) * each {
                result.weights[index] *= scale[channel]
            }
        }
        let old = bias.isEmpty ? [Float](repeating: 0, count: scale.count) : bias
        result.bias = old.indices.map { old[$0] * scale[$0] + offset[$0] }
        return result
    }

    func scratchBytes(_ kernels: KernelChoice) -> Int {
        convolution(kernels).scratchBytes(height: input[2], width: input[3])
    }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let convolution = convolution(kernels)
        let (source, target, scratch) = (memory.inputs[0], memory.outputs[0], memory.scratch)
        let (pictures, height, width) = (input[0], input[2], input[3])
        let inputLength = input.dimensions[1...].reduce(1, *)
        let outputLength = output.dimensions[1...].reduce(1, *)
        return {
            for picture in 0..<pictures {
                convolution.run(
                    source + picture * inputLength,
                    height: height,
                    width: width,
                    output: target + picture * outputLength,
                    scratch: scratch
                )
            }
        }
    }

    private func convolution(_ kernels: KernelChoice) -> Convolution {
        Convolution(
            shape: shape,
            weights: weights,
            bias: bias,
            activation: activation,
            instructionSet: kernels.instructionSet
        )
    }
}
