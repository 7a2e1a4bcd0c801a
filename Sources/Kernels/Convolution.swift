/// A convolution of float planes with bias and activation fused, its weights packed once.
///
/// Planes are rows of contiguous floats, top to bottom, one plane after the other: NCHW of one picture.
public final class Convolution: Sendable {
    /// What is convolved.
    public let shape: ConvolutionShape
    /// What is done to each sum.
    public let activation: Activation
    /// What the kernels were compiled for.
    public let instructionSet: InstructionSet

    private let weights: [Float]
    private let bias: [Float]

    /// Packs weights for the kernels of one instruction set.
    ///
    /// - Parameters:
    ///   - shape: Channels, filter, strides, pads.
    ///   - weights: `[output channel][input channel in its group][row][column]`.
    ///   - bias: One for each output channel, or empty for zeros.
    ///   - activation: What is done to each sum.
    ///   - instructionSet: One of `InstructionSet.available`.
    public init(
        shape: ConvolutionShape,
        weights: [Float],
        bias: [Float],
        activation: Activation,
        instructionSet: InstructionSet = .best
    ) {
        precondition(weights.count == shape.weightCount, "weights do not match the shape")
        self.shape = shape
        self.activation = activation
        self.instructionSet = instructionSet
        self.weights = weights
        self.bias = bias.isEmpty ? Array(repeating: 0, count: shape.outputChannels) : bias
    }

    /// The size of the output for an input of this size.
    ///
    /// - Parameters:
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    /// - Returns: Rows and columns of the output.
    public func outputSize(height: Int, width: Int) -> (height: Int, width: Int) {
        shape.outputSize(height: height, width: width)
    }

    /// How much working memory a run on an input of this size needs.
    ///
    /// - Parameters:
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    /// - Returns: Bytes.
    public func scratchBytes(height: Int, width: Int) -> Int {
        64
    }

    /// Convolves; allocates nothing.
    ///
    /// - Parameters:
    ///   - input: `inputChannels` planes.
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    ///   - output: `outputChannels` planes of `outputSize`; overlaps neither input nor scratch.
    ///   - scratch: `scratchBytes` bytes, whatever they hold.
    public func run(
        _ input: UnsafePointer<Float>,
        height: Int,
        width: Int,
        output: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutableRawPointer
    ) {
        let size = outputSize(height: height, width: width)
        let inGroup = shape.inputChannels / shape.groups
        let outGroup = shape.outputChannels / shape.groups
        var target = output
        for channel in 0..<shape.outputChannels {
            let first = channel / outGroup * inGroup
            for y in 0..<size.height {
                for x in 0..<size.width {
                    var sum = bias[channel]
                    for source in 0..<inGroup {
                        for row in 0..<shape.kernelHeight {
                            let sy = y * shape.strideY + row * shape.dilationY - shape.padTop
                            guard sy >= 0, sy < height else { continue }
                            for column in 0..<shape.kernelWidth {
                                let sx =
                                    x * shape.strideX + column * shape.dilationX
                                    - shape.padLeft
                                guard sx >= 0, sx < width else { continue }
                                let weight =
                                    ((channel * inGroup + source) * shape.kernelHeight
                                        + row) * shape.kernelWidth + column
                                sum +=
                                    weights[weight]
                                    * input[((first + source) * height + sy) * width + sx]
                            }
                        }
                    }
                    target.pointee = sum
                    target += 1
                }
            }
        }
        VectorKernels(instructionSet).apply(
            activation,
            UnsafePointer(output),
            output,
            count: shape.outputChannels * size.height * size.width
        )
    }
}
