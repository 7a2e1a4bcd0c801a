internal import KernelWork

/// The largest value under a window that slides over each plane; pads never win.
public struct MaxPool: Sendable {
    /// Windows, strides and pads; the output has as many channels as the input, without groups and
    /// dilation.
    public let shape: ConvolutionShape
    /// What the kernels were compiled for.
    public let instructionSet: InstructionSet
    private let table: KernelTable

    /// Creates a pool.
    ///
    /// - Parameters:
    ///   - shape: Windows (`kernelHeight`, `kernelWidth`), strides, pads smaller than the window,
    ///     and `inputChannels`.
    ///   - instructionSet: One of `InstructionSet.available`.
    public init(shape: ConvolutionShape, instructionSet: InstructionSet = .best) {
        var plain = shape
        (plain.outputChannels, plain.groups) = (shape.inputChannels, 1)
        (plain.dilationY, plain.dilationX) = (1, 1)
        self.shape = plain
        table = KernelTable.of(instructionSet)
        self.instructionSet = instructionSet
    }

    /// The size of the output for an input of this size, rounded down.
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

    /// Pools; allocates nothing.
    ///
    /// - Parameters:
    ///   - input: `inputChannels` planes.
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    ///   - output: As many planes of `outputSize`; overlaps neither input nor scratch.
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
        for column in 0..<shape.kernelWidth {
            memory.offsets[column] = layout.tapOffset(shape, row: 0, column: column)
        }
        for row in 0..<shape.kernelHeight {
            memory.offsets[shape.kernelWidth + row] =
                row % shape.strideY * layout.planeLength + row / shape.strideY * layout.rowLength
        }
        var work = SlidingWork(
            input: input,
            output: output,
            source: memory.source,
            sums: memory.sums,
            offsets: UnsafePointer(memory.offsets)
        )
        work.setWindow(shape, layout, height: height, width: width)
        work.padValue = -.infinity
        work.inputChannels = shape.inputChannels
        work.outputChannels = shape.inputChannels
        work.inputEnd = input + shape.inputChannels * height * width
        work.outputEnd = output + shape.inputChannels * work.outputHeight * work.outputWidth
        withUnsafePointer(to: &work) { table.maxPool($0) }
    }

    private func layout(height: Int, width: Int) -> SlidingLayout {
        SlidingLayout(kind: .maxPool, shape: shape, height: height, width: width, channels: 1)
    }
}
