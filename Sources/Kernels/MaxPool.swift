/// The largest value under a window that slides over each plane; pads never win.
public struct MaxPool: Hashable, Sendable {
    /// Windows, strides and pads; channels are equal, groups and dilations are ignored.
    public let shape: ConvolutionShape
    /// What the kernels were compiled for.
    public let instructionSet: InstructionSet

    /// Creates a pool.
    ///
    /// - Parameters:
    ///   - shape: Windows (`kernelHeight`, `kernelWidth`), strides, pads smaller than the window, and
    ///     `inputChannels`.
    ///   - instructionSet: One of `InstructionSet.available`.
    public init(shape: ConvolutionShape, instructionSet: InstructionSet = .best) {
        self.shape = shape
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
        64
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
        let size = outputSize(height: height, width: width)
        var target = output
        for channel in 0..<shape.inputChannels {
            let plane = input + channel * height * width
            for y in 0..<size.height {
                for x in 0..<size.width {
                    var most = -Float.infinity
                    let top = y * shape.strideY - shape.padTop
                    let left = x * shape.strideX - shape.padLeft
                    for sy in max(top, 0)..<max(min(top + shape.kernelHeight, height), 0, top) {
                        for sx in max(left, 0)..<max(min(left + shape.kernelWidth, width), 0, left)
                        {
                            most = max(most, plane[sy * width + sx])
                        }
                    }
                    target.pointee = most
                    target += 1
                }
            }
        }
    }
}
