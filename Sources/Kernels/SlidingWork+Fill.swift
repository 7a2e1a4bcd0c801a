internal import KernelWork

/// The parts of scratch memory, each on a cache line's start.
struct ScratchMemory {
    let offsets: UnsafeMutablePointer<Int>
    let source: UnsafeMutablePointer<Float>
    let sums: UnsafeMutablePointer<Float>

    init(_ scratch: UnsafeMutableRawPointer, _ layout: SlidingLayout) {
        let start = scratch.alignedUp(toMultipleOf: 64)
        let count = SlidingLayout.rounded(layout.offsetCount, 8)
        offsets = start.bindMemory(to: Int.self, capacity: count)
        let floats = start + count * MemoryLayout<Int>.stride
        source = floats.bindMemory(
            to: Float.self,
            capacity: layout.sourceCount + layout.sumsCount
        )
        sums = source + layout.sourceCount
    }
}

extension SlidingWork {
    /// Fills in all that shape and layout say, but the channels.
    mutating func setWindow(
        _ shape: ConvolutionShape,
        _ layout: SlidingLayout,
        height: Int,
        width: Int
    ) {
        let size = shape.outputSize(height: height, width: width)
        (self.height, self.width) = (height, width)
        (outputHeight, outputWidth) = size
        (kernelHeight, kernelWidth) = (shape.kernelHeight, shape.kernelWidth)
        (strideY, strideX) = (shape.strideY, shape.strideX)
        (dilationY, dilationX) = (shape.dilationY, shape.dilationX)
        (padTop, padLeft) = (shape.padTop, shape.padLeft)
        (rowLength, bandRows, sourceRows) = (layout.rowLength, layout.bandRows, layout.sourceRows)
        (planeLength, sumsLength) = (layout.planeLength, layout.sumsLength)
    }

    /// Fills in the activation.
    mutating func setActivation(_ activation: Activation) {
        (self.activation, low, high) = activation.parts
    }
}

extension Activation {
    /// The activation and its parameters apart.
    var parts: (kind: ActivationKind, low: Float, high: Float) {
        switch self {
        case .none: (.none, 0, 0)
        case .relu: (.relu, 0, 0)
        case .leakyRelu(let slope): (.leakyRelu, slope, 0)
        case .sigmoid: (.sigmoid, 0, 0)
        case .silu: (.silu, 0, 0)
        case .hardSwish: (.hardSwish, 0, 0)
        case .clip(let low, let high): (.clip, low, high)
        }
    }
}
