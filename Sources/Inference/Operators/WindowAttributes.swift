internal import Kernels

/// How a window slides over planes: the attributes that convolution and pooling share.
struct WindowAttributes: Sendable {
    private enum AutomaticPads: String, CaseIterable {
        case none = "NOTSET"
        case valid = "VALID"
        case sameUpper = "SAME_UPPER"
        case sameLower = "SAME_LOWER"
    }

    /// Rows and columns of the window, where the node says it.
    let kernel: [Int]?
    let roundsUp: Bool
    private let strides: [Int]
    private let dilations: [Int]
    private let pads: [Int]
    private let automatic: AutomaticPads

    init(_ attributes: inout Attributes) throws(InferenceError) {
        kernel = try Self.read(&attributes, "kernel_shape", 2, 1...1024)
        strides = try Self.read(&attributes, "strides", 2, 1...4096) ?? [1, 1]
        dilations = try Self.read(&attributes, "dilations", 2, 1...256) ?? [1, 1]
        pads = try Self.read(&attributes, "pads", 4, 0...4096) ?? [0, 0, 0, 0]
        automatic = try attributes.choice("auto_pad", default: .none)
        roundsUp = try attributes.flag("ceil_mode")
    }

    private static func read(
        _ attributes: inout Attributes,
        _ name: String,
        _ count: Int,
        _ range: ClosedRange<Int>
    ) throws(InferenceError) -> [Int]? {
        guard let values = try attributes.integers(name) else { return nil }
        guard values.count == count else {
            throw .unsupported("\(name) \(values): only windows of two dimensions are supported")
        }
        guard values.allSatisfy(range.contains) else {
            throw .unsupported("\(name) \(values), supported are \(range)")
        }
        return values
    }

    /// The window over planes of one size.
    ///
    /// - Parameters:
    ///   - input: `[pictures, channels, rows, columns]`.
    ///   - kernel: Rows and columns of the window.
    ///   - outputChannels: Planes of the output.
    ///   - groups: Parts that do not see each other.
    /// - Returns: The window with its pads worked out, and the shape of the output.
    /// - Throws: `invalidData` where the window does not fit, `unsupported` for no pictures.
    func window(
        over input: Shape,
        kernel: [Int],
        outputChannels: Int,
        groups: Int = 1
    ) throws(InferenceError) -> (shape: ConvolutionShape, output: Shape) {
        guard input.rank == 4 else {
            throw .unsupported(
                "input of shape \(input), only pictures (4 dimensions) are supported"
            )
        }
        var before = [pads[0], pads[1]]
        var after = [pads[2], pads[3]]
        var sizes: [Int] = []
        for axis in 0..<2 {
            let size = input[axis + 2]
            let extent = dilations[axis] * (kernel[axis] - 1) + 1
            if automatic == .sameUpper || automatic == .sameLower {
                let steps = (size + strides[axis] - 1) / strides[axis]
                let total = max((steps - 1) * strides[axis] + extent - size, 0)
                before[axis] = automatic == .sameUpper ? total / 2 : total - total / 2
                after[axis] = total - before[axis]
            } else if automatic == .valid {
                before[axis] = 0
                after[axis] = 0
            }
            let free = size + before[axis] + after[axis] - extent
            guard free >= 0, size > 0 else {
                throw .invalid("a window of \(kernel) with its dilation does not fit \(input)")
            }
            var count = free / strides[axis] + 1
            // A window must not begin in the pads behind the input.
            if roundsUp, free % strides[axis] != 0, count * strides[axis] < size + before[axis] {
                count += 1
            }
            sizes.append(count)
        }
        let output = try Shape([input[0], outputChannels] + sizes)
        let shape = ConvolutionShape(
            inputChannels: input[1],
            outputChannels: outputChannels,
            groups: groups,
            kernelHeight: kernel[0],
            kernelWidth: kernel[1],
            strideY: strides[0],
            strideX: strides[1],
            padTop: before[0],
            padLeft: before[1],
            padBottom: after[0],
            padRight: after[1],
            dilationY: dilations[0],
            dilationX: dilations[1]
        )
        return (shape, output)
    }
}
