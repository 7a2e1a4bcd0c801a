internal import Foundation

/// ONNX Softmax: along one dimension since opset 13, over all from one on before.
struct Softmax: Operator {
    private let axis: Int
    private let opset: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        opset = attributes.opset
        axis = try attributes.integer("axis") ?? (opset < 13 ? 1 : -1)
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        let axis = try shape.axis(axis)
        let length = opset < 13 ? shape.dimensions[axis...].reduce(1, *) : shape[axis]
        let inner = opset < 13 ? 1 : shape.dimensions[(axis + 1)...].reduce(1, *)
        return .computation(SoftmaxComputation(shape: shape, length: length, inner: inner))
    }
}

private struct SoftmaxComputation: Computation {
    let shape: Shape
    /// Elements that make up one distribution, and how far they are apart.
    let length: Int
    let inner: Int
    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [shape] }
    var worksInPlace: Bool { true }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (input, output) = (memory.inputs[0], memory.outputs[0])
        let (length, inner) = (length, inner)
        let blocks = shape.count / max(length * inner, 1)
        return {
            for block in 0..<blocks {
                for start in block * length * inner..<block * length * inner + inner {
                    Self.run(input + start, output + start, length, inner)
                }
            }
        }
    }

    private static func run(
        _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>,
        _ count: Int,
        _ stride: Int
    ) {
        var most = -Float.infinity
        for index in 0..<count {
            most = max(most, input[index * stride])
        }
        var sum: Float = 0
        for index in 0..<count {
            let value = exp(input[index * stride] - most)
            output[index * stride] = value
            sum += value
        }
        for index in 0..<count {
            output[index * stride] /= sum
        }
    }
}
