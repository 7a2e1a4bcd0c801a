internal import Foundation

/// The layers of a network that are not convolutions, on float planes.
///
/// Where input and output are of the same size, they may be the same memory.
public struct VectorKernels: Sendable {
    /// What the kernels were compiled for.
    public let instructionSet: InstructionSet

    /// Chooses the kernels of one of `InstructionSet.available`.
    public init(_ instructionSet: InstructionSet = .best) {
        self.instructionSet = instructionSet
    }

    /// Adds two arrays.
    public func add(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        for index in 0..<count {
            output[index] = left[index] + right[index]
        }
    }

    /// Multiplies two arrays.
    public func multiply(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        for index in 0..<count {
            output[index] = left[index] * right[index]
        }
    }

    /// Applies an activation to each element.
    public func apply(
        _ activation: Activation,
        _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        for index in 0..<count {
            let x = input[index]
            output[index] =
                switch activation {
                case .none: x
                case .relu: max(x, 0)
                case .leakyRelu(let slope): x < 0 ? slope * x : x
                case .sigmoid: 1 / (1 + exp(-x))
                case .silu: x / (1 + exp(-x))
                case .hardSwish: x * min(max(x + 3, 0), 6) / 6
                case .clip(let low, let high): min(max(x, low), high)
                }
        }
    }

    /// The mean of each plane.
    public func averages(
        _ input: UnsafePointer<Float>,
        channels: Int,
        plane: Int,
        output: UnsafeMutablePointer<Float>
    ) {
        for channel in 0..<channels {
            var sum: Float = 0
            for index in 0..<plane {
                sum += input[channel * plane + index]
            }
            output[channel] = sum / Float(plane)
        }
    }

    /// Doubles height and width by repeating each element.
    public func doubleSize(
        _ input: UnsafePointer<Float>,
        channels: Int,
        height: Int,
        width: Int,
        output: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<channels * height * 2 {
            for column in 0..<width * 2 {
                output[row * width * 2 + column] = input[row / 2 * width + column / 2]
            }
        }
    }
}
