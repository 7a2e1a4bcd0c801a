internal import Kernels

/// A function of two elements, with shapes broadcast to each other.
struct BinaryComputation: Computation {
    enum Function: Sendable {
        case add, subtract, multiply, divide
    }

    let function: Function
    let left: Shape
    let right: Shape
    let output: Shape
    var operandPositions: [Int] { [0, 1] }
    var outputShapes: [Shape] { [output] }
    var worksInPlace: Bool { left == output }

    init(_ function: Function, _ left: Shape, _ right: Shape) throws(InferenceError) {
        self.function = function
        self.left = left
        self.right = right
        output = try left.broadcast(with: right)
    }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (left, right, output) = (memory.inputs[0], memory.inputs[1], memory.outputs[0])
        let vector = kernels.vector
        let count = self.output.count
        if self.left == self.right, function == .add {
            return { vector.add(left, right, output, count: count) }
        }
        if self.left == self.right, function == .multiply {
            return { vector.multiply(left, right, output, count: count) }
        }
        let walk = StridedWalk(
            self.output.dimensions,
            strides: [
                self.left.strides(broadcastTo: self.output),
                self.right.strides(broadcastTo: self.output), self.output.strides,
            ]
        )
        let function = function
        return {
            walk.forEachRun { leftStart, rightStart, outputStart in
                Self.run(
                    function,
                    (left + leftStart, walk.runStrides[0]),
                    (right + rightStart, walk.runStrides[1]),
                    output + outputStart,
                    walk.runLength
                )
            }
        }
    }

    /// One run; strides are 0 or more, the output's is 1.
    private static func run(
        _ function: Function,
        _ left: (start: UnsafePointer<Float>, stride: Int),
        _ right: (start: UnsafePointer<Float>, stride: Int),
        _ output: UnsafeMutablePointer<Float>,
        _ count: Int
    ) {
        switch function {
        case .add: apply(left, right, output, count) { $0 + $1 }
        case .subtract: apply(left, right, output, count) { $0 - $1 }
        case .multiply: apply(left, right, output, count) { $0 * $1 }
        case .divide: apply(left, right, output, count) { $0 / $1 }
        }
    }

    @inline(__always)
    private static func apply(
        _ left: (start: UnsafePointer<Float>, stride: Int),
        _ right: (start: UnsafePointer<Float>, stride: Int),
        _ output: UnsafeMutablePointer<Float>,
        _ count: Int,
        _ function: (Float, Float) -> Float
    ) {
        // Loops of their own for the usual strides, which the compiler turns into vectors.
        if left.stride == 1, right.stride == 1 {
            for index in 0..<count {
                output[index] = function(left.start[index], right.start[index])
            }
        } else if left.stride == 1, right.stride == 0 {
            let other = right.start[0]
            for index in 0..<count {
                output[index] = function(left.start[index], other)
            }
        } else {
            for index in 0..<count {
                output[index] = function(
                    left.start[index * left.stride],
                    right.start[index * right.stride]
                )
            }
        }
    }
}

extension BinaryComputation {
    /// What operators of two inputs become.
    static func specialised(
        _ function: Function,
        _ operands: Operands
    ) throws(InferenceError)
        -> Specialised
    {
        .computation(try Self(function, operands.shape(0), operands.shape(1)))
    }

    func integers(_ operands: [[Int64]]) throws(InferenceError) -> [Int64]? {
        let walk = StridedWalk(
            output.dimensions,
            strides: [
                left.strides(broadcastTo: output), right.strides(broadcastTo: output),
                output.strides,
            ]
        )
        var result = [Int64](repeating: 0, count: output.count)
        var overflows = false
        walk.forEachRun { leftStart, rightStart, outputStart in
            for index in 0..<walk.runLength {
                let left = operands[0][leftStart + index * walk.runStrides[0]]
                let right = operands[1][rightStart + index * walk.runStrides[1]]
                let (value, overflow) =
                    switch function {
                    case .add: left.addingReportingOverflow(right)
                    case .subtract: left.subtractingReportingOverflow(right)
                    case .multiply: left.multipliedReportingOverflow(by: right)
                    case .divide: left.dividedReportingOverflow(by: right)
                    }
                result[outputStart + index * walk.runStrides[2]] = value
                overflows = overflows || overflow
            }
        }
        if overflows { throw .invalid("integers overflow or are divided by zero") }
        return result
    }
}
