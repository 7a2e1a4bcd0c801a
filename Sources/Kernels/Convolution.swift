internal import KernelWork

/// A convolution of float planes with bias and activation fused, its weights packed once.
///
/// Planes are rows of contiguous floats, top to bottom, one plane after the other: NCHW of one
/// picture. The caller keeps sizes sane: products of sizes and channels must fit an `Int`.
public final class Convolution: Sendable {
    /// What is convolved.
    public let shape: ConvolutionShape
    /// What is done to each sum.
    public let activation: Activation
    /// What the kernels were compiled for.
    public let instructionSet: InstructionSet

    private let table: KernelTable
    private let weights: PackedWeights

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
        precondition(
            bias.isEmpty || bias.count == shape.outputChannels,
            "one bias for each output channel"
        )
        self.shape = shape
        self.activation = activation
        self.instructionSet = instructionSet
        table = KernelTable.of(instructionSet)
        self.weights = PackedWeights(
            shape: shape,
            weights: weights,
            bias: bias,
            blockHeight: table.blockHeight
        )
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
        layout(height: height, width: width).bytes
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
        let layout = layout(height: height, width: width)
        let memory = ScratchMemory(scratch, layout)
        writeOffsets(layout, plane: height * width, to: memory.offsets)
        var work = SlidingWork(
            input: input,
            output: output,
            source: memory.source,
            sums: memory.sums,
            offsets: UnsafePointer(memory.offsets)
        )
        work.setWindow(shape, layout, height: height, width: width)
        work.setActivation(activation)
        work.inputEnd = input + shape.inputChannels * height * width
        let plane = work.outputHeight * work.outputWidth
        if layout.kind == .depthwise {
            work.inputChannels = shape.inputChannels
            work.outputChannels = shape.outputChannels
            (work.strideX, work.outputStep) = (1, shape.strideX)
            work.outputEnd = output + shape.outputChannels * plane
            work.weights = weights.weights(group: 0)
            work.bias = weights.bias(group: 0)
            return withUnsafePointer(to: &work) { table.depthwise($0) }
        }
        work.inputChannels = shape.inputChannels / shape.groups
        work.outputChannels = shape.outputChannels / shape.groups
        work.panelOffsets = work.offsets + work.inputChannels
        for group in 0..<shape.groups {
            work.input = input + group * work.inputChannels * height * width
            work.output = output + group * work.outputChannels * plane
            work.outputEnd = work.output + work.outputChannels * plane
            work.weights = weights.weights(group: group)
            work.bias = weights.bias(group: group)
            withUnsafePointer(to: &work) {
                layout.kind == .pointwise ? table.pointwise($0) : table.dense($0)
            }
        }
    }
}

extension Convolution {
    private func layout(height: Int, width: Int) -> SlidingLayout {
        if shape.isPointwise {
            return SlidingLayout(pointwise: shape, lanes: table.lanes)
        }
        return SlidingLayout(
            kind: shape.isDepthwise ? .depthwise : .dense,
            shape: shape.flat,
            height: height,
            width: width,
            channels: shape.isDepthwise ? 1 : weights.rows
        )
    }

    private func writeOffsets(
        _ layout: SlidingLayout,
        plane: Int,
        to offsets: UnsafeMutablePointer<Int>
    ) {
        let channels = shape.inputChannels / shape.groups
        if layout.kind == .pointwise {
            for channel in 0..<channels {
                offsets[channel] = channel * plane
                offsets[channels + channel] = channel * 2 * table.lanes
            }
            return
        }
        let planes = shape.strideY * shape.strideX * layout.planeLength
        var next = offsets
        for channel in 0..<(layout.kind == .depthwise ? 1 : channels) {
            for row in 0..<shape.kernelHeight {
                for column in 0..<shape.kernelWidth {
                    next.pointee =
                        channel * planes + layout.tapOffset(shape.flat, row: row, column: column)
                    next += 1
                }
            }
        }
    }
}

extension ConvolutionShape {
    /// Whether all input channels of a group at one place make all outputs there.
    var isPointwise: Bool {
        !isDepthwise && kernelHeight == 1 && kernelWidth == 1 && strideY == 1 && strideX == 1
            && padTop == 0 && padLeft == 0 && padBottom == 0 && padRight == 0
    }

    /// The shape in which results are computed in flat form.
    ///
    /// Depthwise: all columns, of which every `strideX`-th is kept. Computing them costs less than
    /// taking rows apart.
    var flat: Self {
        var shape = self
        shape.strideX = isDepthwise ? 1 : strideX
        return shape
    }

    /// Whether each output channel reads one input channel.
    var isDepthwise: Bool {
        inputChannels == groups && groups > 1
    }
}
