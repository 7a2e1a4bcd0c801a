internal import Kernels

/// The same function on every element.
struct UnaryComputation: Computation {
    enum Function: Hashable, Sendable {
        /// One that convolutions can do as well.
        case activation(Activation)
        case absolute
        /// `min(max(slope * x + offset, 0), 1)`.
        case hardSigmoid(slope: Float, offset: Float)
    }

    let function: Function
    let shape: Shape
    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [shape] }
    var worksInPlace: Bool { true }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (input, output, count) = (memory.inputs[0], memory.outputs[0], shape.count)
        switch function {
        case .activation(let activation):
            let vector = kernels.vector
            return { vector.apply(activation, input, output, count: count) }
        case .absolute:
            return {
                for index in 0..<count {
                    output[index] = input[index].magnitude
                }
            }
        case .hardSigmoid(let slope, let offset):
            return {
                for index in 0..<count {
                    output[index] = min(max(slope * input[index] + offset, 0), 1)
                }
            }
        }
    }
}

extension UnaryComputation {
    /// What operators of one input and one function become.
    static func specialised(
        _ function: Function,
        _ operands: Operands
    ) throws(InferenceError)
        -> Specialised
    {
        .computation(Self(function: function, shape: try operands.shape(0)))
    }
}
