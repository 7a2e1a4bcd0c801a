/// What kernels of every instruction set read through one pointer: a window that slides over
/// planes.
///
/// The flat form: an input plane is copied to scratch with its pads, taken apart into `strideY`
/// times `strideX` phase planes so that neighbouring outputs read neighbouring inputs. All phase
/// planes have rows of `rowLength`, and pads between two rows are stored once. Output `(y, x)` of a
/// band of rows is then element `y * rowLength + x` of one long array, and each tap of the window
/// is one offset from there. Elements between `outputWidth` and `rowLength` are computed and thrown
/// away.
public struct SlidingWork {
    /// Planes of the input, of this group alone.
    public var input: UnsafePointer<Float>
    /// The end of all of the input, which nothing may be read behind.
    public var inputEnd: UnsafePointer<Float>
    /// Planes of the output, of this group alone.
    public var output: UnsafeMutablePointer<Float>
    /// The end of this group's output, which nothing may be written behind.
    public var outputEnd: UnsafeMutablePointer<Float>
    /// Packed weights: blocks of `blockHeight` output channels, in each `[tap][channel]`.
    public var weights: UnsafePointer<Float>
    /// One for each output channel, padded with zeros as the weights are.
    public var bias: UnsafePointer<Float>
    /// Where each tap, or each pair of input channel and tap, lies from an output's place.
    public var offsets: UnsafePointer<Int>
    /// The same for a packed panel of columns.
    public var panelOffsets: UnsafePointer<Int>
    /// Room for phase planes, or for a packed panel.
    public var source: UnsafeMutablePointer<Float>
    /// Room for a band of results in flat form, or for one tile.
    public var sums: UnsafeMutablePointer<Float>
    /// Planes of the input.
    public var inputChannels: Int
    /// Planes of the output.
    public var outputChannels: Int
    /// Rows of an input plane.
    public var height: Int
    /// Columns of an input plane.
    public var width: Int
    /// Rows of an output plane.
    public var outputHeight: Int
    /// Columns of an output plane.
    public var outputWidth: Int
    /// Rows of the window.
    public var kernelHeight: Int
    /// Columns of the window.
    public var kernelWidth: Int
    /// Input rows from one output row to the next.
    public var strideY: Int
    /// Input columns from one output column to the next.
    public var strideX: Int
    /// Input rows from one row of the window to the next.
    public var dilationY: Int
    /// Input columns from one column of the window to the next.
    public var dilationX: Int
    /// Rows of pads above.
    public var padTop: Int
    /// Columns of pads on the left.
    public var padLeft: Int
    /// What pads hold: zero, or minus infinity where the largest is looked for.
    public var padValue: Float
    /// Floats from one row of a phase plane to the next.
    public var rowLength: Int
    /// Output rows in a band.
    public var bandRows: Int
    /// Rows of a phase plane of a band.
    public var sourceRows: Int
    /// Floats from one phase plane to the next.
    public var planeLength: Int
    /// Floats from one channel's sums to the next.
    public var sumsLength: Int
    /// Results in flat form from one output column to the next: more than 1 where it is cheaper to
    /// compute columns in between than to take the input apart.
    public var outputStep: Int
    /// What is done to each sum.
    public var activation: ActivationKind
    /// The slope of a leaky activation, the lower bound of a clip.
    public var low: Float
    /// The upper bound of a clip.
    public var high: Float

    /// Creates work on memory; the counts are to be filled in.
    public init(
        input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>,
        source: UnsafeMutablePointer<Float>,
        sums: UnsafeMutablePointer<Float>,
        offsets: UnsafePointer<Int>
    ) {
        self.input = input
        inputEnd = input
        self.output = output
        outputEnd = output
        weights = input
        bias = input
        self.offsets = offsets
        panelOffsets = offsets
        self.source = source
        self.sums = sums
        (inputChannels, outputChannels, height, width) = (0, 0, 0, 0)
        (outputHeight, outputWidth, kernelHeight, kernelWidth) = (0, 0, 1, 1)
        (strideY, strideX, dilationY, dilationX) = (1, 1, 1, 1)
        (padTop, padLeft, padValue) = (0, 0, 0)
        (rowLength, bandRows, sourceRows, planeLength, sumsLength) = (0, 0, 0, 0, 0)
        outputStep = 1
        (activation, low, high) = (.none, 0, 0)
    }
}

/// The activations without their parameters.
public enum ActivationKind: Int, Sendable {
    /// The sum as it is.
    case none
    /// Negative sums become zero.
    case relu
    /// Negative sums are multiplied by `low`.
    case leakyRelu
    /// The logistic function.
    case sigmoid
    /// The sum times its logistic function.
    case silu
    /// The sum times a ramp from -3 to 3.
    case hardSwish
    /// Between `low` and `high`.
    case clip
}
