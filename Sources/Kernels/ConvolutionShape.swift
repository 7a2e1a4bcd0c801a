/// Everything of a two-dimensional convolution but its weights and the size of its input.
///
/// All counts and strides are at least 1, all pads at least 0; `groups` divides both channel
/// counts.
public struct ConvolutionShape: Hashable, Sendable {
    /// Planes of the input.
    public var inputChannels: Int
    /// Planes of the output.
    public var outputChannels: Int
    /// Parts that are convolved apart from each other; as many as channels: depthwise.
    public var groups: Int
    /// Rows of a filter.
    public var kernelHeight: Int
    /// Columns of a filter.
    public var kernelWidth: Int
    /// Input rows from one output row to the next.
    public var strideY: Int
    /// Input columns from one output column to the next.
    public var strideX: Int
    /// Rows of zeros above the input.
    public var padTop: Int
    /// Columns of zeros left of the input.
    public var padLeft: Int
    /// Rows of zeros below the input.
    public var padBottom: Int
    /// Columns of zeros right of the input.
    public var padRight: Int
    /// Input rows from one row of the filter to the next.
    public var dilationY: Int
    /// Input columns from one column of the filter to the next.
    public var dilationX: Int

    /// Creates a shape; what is left out is a dense filter of one pixel, stride 1, without padding.
    public init(
        inputChannels: Int,
        outputChannels: Int,
        groups: Int = 1,
        kernelHeight: Int = 1,
        kernelWidth: Int = 1,
        strideY: Int = 1,
        strideX: Int = 1,
        padTop: Int = 0,
        padLeft: Int = 0,
        padBottom: Int = 0,
        padRight: Int = 0,
        dilationY: Int = 1,
        dilationX: Int = 1
    ) {
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.groups = groups
        self.kernelHeight = kernelHeight
        self.kernelWidth = kernelWidth
        self.strideY = strideY
        self.strideX = strideX
        self.padTop = padTop
        self.padLeft = padLeft
        self.padBottom = padBottom
        self.padRight = padRight
        self.dilationY = dilationY
        self.dilationX = dilationX
    }

    /// The size of the output for an input of this size; zero where the filter does not fit.
    ///
    /// - Parameters:
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    /// - Returns: Rows and columns of the output.
    public func outputSize(height: Int, width: Int) -> (height: Int, width: Int) {
        let freeY = height + padTop + padBottom - dilationY * (kernelHeight - 1) - 1
        let freeX = width + padLeft + padRight - dilationX * (kernelWidth - 1) - 1
        return (
            freeY < 0 ? 0 : freeY / strideY + 1,
            freeX < 0 ? 0 : freeX / strideX + 1
        )
    }

    /// How many weights a convolution of this shape has.
    public var weightCount: Int {
        outputChannels * (inputChannels / groups) * kernelHeight * kernelWidth
    }

    /// Multiplications and additions of one run, counted apart, bias and activation left out.
    ///
    /// - Parameters:
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    /// - Returns: The number of operations.
    public func operations(height: Int, width: Int) -> Int {
        let size = outputSize(height: height, width: width)
        return 2 * weightCount * size.height * size.width
    }
}
