import Kernels

/// Numbers that are the same in every run (SplitMix64).
struct Numbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    mutating func floats(_ count: Int, _ range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }

    mutating func activation() -> Activation {
        let all: [Activation] = [
            .none, .relu, .leakyRelu(0.1), .sigmoid, .silu, .hardSwish, .clip(-0.5, 0.75),
        ]
        return all[integer(0...all.count - 1)]
    }

    /// A shape: 0 one pixel, 1 depthwise, 2 dense, 3 in groups.
    mutating func shape(kind: Int) -> ConvolutionShape {
        var shape = ConvolutionShape(inputChannels: integer(1...40), outputChannels: 1)
        if kind > 0 {
            (shape.kernelHeight, shape.kernelWidth) = (integer(1...5), integer(1...5))
            (shape.strideY, shape.strideX) = (integer(1...3), integer(1...3))
            (shape.dilationY, shape.dilationX) = (integer(1...3), integer(1...3))
            (shape.padTop, shape.padLeft) = (integer(0...4), integer(0...4))
            (shape.padBottom, shape.padRight) = (integer(0...4), integer(0...4))
        }
        switch kind {
        case 1:
            shape.groups = shape.inputChannels
            shape.outputChannels = shape.groups * integer(1...2)
        case 3:
            shape.groups = integer(2...4)
            shape.inputChannels = shape.groups * integer(1...5)
            shape.outputChannels = shape.groups * integer(1...5)
        default: shape.outputChannels = integer(1...50)
        }
        return shape
    }
}
