import Foundation
import Kernels
import Testing

/// The formula of the activation in double precision.
func activated(_ x: Double, _ activation: Activation) -> Double {
    switch activation {
    case .none: x
    case .relu: max(x, 0)
    case .leakyRelu(let slope): x < 0 ? Double(slope) * x : x
    case .sigmoid: 1 / (1 + exp(-x))
    case .silu: x / (1 + exp(-x))
    case .hardSwish: x * min(max(x + 3, 0), 6) / 6
    case .clip(let low, let high): min(max(x, Double(low)), Double(high))
    }
}

/// What a kernel did with guarded memory.
struct Convolved {
    let output: [Float]
    let isContained: Bool
}

/// Runs with input, output and scratch of the exact size, followed by guards that must survive.
func convolve(
    _ convolution: Convolution,
    _ input: [Float],
    _ height: Int,
    _ width: Int
)
    -> Convolved
{
    let size = convolution.outputSize(height: height, width: width)
    let count = convolution.shape.outputChannels * size.height * size.width
    let bytes = convolution.scratchBytes(height: height, width: width)
    return guarded(count: count, scratchBytes: bytes) { output, scratch in
        input.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            convolution.run(start, height: height, width: width, output: output, scratch: scratch)
        }
    }
}

/// Lends output and scratch that are full of values that no result may depend on.
func guarded(
    count: Int,
    scratchBytes: Int,
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutableRawPointer) -> Void
) -> Convolved {
    let mark: Float = 1.5e33
    let guards = 64
    var output = [Float](repeating: mark, count: count + guards)
    var scratch = [UInt8](repeating: 0xff, count: scratchBytes + guards)
    output.withUnsafeMutableBufferPointer { output in
        scratch.withUnsafeMutableBytes { scratch in
            guard let output = output.baseAddress, let scratch = scratch.baseAddress else { return }
            body(output, scratch)
        }
    }
    return Convolved(
        output: Array(output.prefix(count)),
        isContained: output.suffix(guards).allSatisfy { $0 == mark }
            && scratch.suffix(guards).allSatisfy { $0 == 0xff }
    )
}

/// Compares a convolution with the formula; the error is measured by the sum of magnitudes.
func check(
    _ shape: ConvolutionShape,
    _ height: Int,
    _ width: Int,
    _ activation: Activation,
    _ set: InstructionSet,
    _ random: inout Numbers
) {
    let input = random.floats(shape.inputChannels * height * width)
    let weights = random.floats(shape.weightCount)
    let bias = random.floats(shape.outputChannels)
    let convolution = Convolution(
        shape: shape,
        weights: weights,
        bias: bias,
        activation: activation,
        instructionSet: set
    )
    let result = convolve(convolution, input, height, width)
    #expect(result.isContained, "\(set) wrote where it may not: \(shape) \(height)x\(width)")
    var worst = 0.0
    var index = 0
    let size = shape.outputSize(height: height, width: width)
    for channel in 0..<shape.outputChannels {
        for place in 0..<size.height * size.width {
            let (sum, magnitude) = windowSum(
                shape,
                input,
                weights,
                height,
                width,
                channel,
                place / size.width,
                place % size.width
            )
            let expected = activated(sum + Double(bias[channel]), activation)
            let error = abs(Double(result.output[index]) - expected) / (magnitude + 1)
            worst = error.isNaN ? .infinity : max(worst, error)
            index += 1
        }
    }
    #expect(worst < 1e-6, "\(set) \(activation) \(shape) \(height)x\(width)")
}

/// One sum of products and the sum of their magnitudes.
private func windowSum(
    _ shape: ConvolutionShape,
    _ input: [Float],
    _ weights: [Float],
    _ height: Int,
    _ width: Int,
    _ channel: Int,
    _ y: Int,
    _ x: Int
) -> (sum: Double, magnitude: Double) {
    let (sources, outputs) = (
        shape.inputChannels / shape.groups, shape.outputChannels / shape.groups
    )
    let first = channel / outputs * sources
    var (sum, magnitude) = (0.0, 0.0)
    var weight = channel * sources * shape.kernelHeight * shape.kernelWidth
    for source in first..<first + sources {
        for row in 0..<shape.kernelHeight {
            let sourceY = y * shape.strideY + row * shape.dilationY - shape.padTop
            for column in 0..<shape.kernelWidth {
                let sourceX = x * shape.strideX + column * shape.dilationX - shape.padLeft
                if sourceY >= 0, sourceY < height, sourceX >= 0, sourceX < width {
                    let value = input[(source * height + sourceY) * width + sourceX]
                    sum += Double(weights[weight]) * Double(value)
                    magnitude += abs(Double(weights[weight]) * Double(value))
                }
                weight += 1
            }
        }
    }
    return (sum, magnitude)
}
