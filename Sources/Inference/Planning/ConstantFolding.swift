internal import Kernels

/// Runs a computation on constants while a plan is made.
enum ConstantFolding {
    /// Computes constants from constants.
    ///
    /// - Parameters:
    ///   - computation: What to compute.
    ///   - operands: One tensor for each of its inputs.
    ///   - limits: Bounds the working memory.
    /// - Returns: One tensor for each of its outputs.
    /// - Throws: `unsupported` for integers where only floats can be computed, `exhausted`.
    static func run(
        _ computation: any Computation,
        _ operands: [Tensor],
        _ limits: Limits
    ) throws(InferenceError) -> [Tensor] {
        var floats: [[Float]] = []
        var integers: [[Int64]] = []
        for operand in operands {
            switch operand.elements {
            case .floats(let elements): floats.append(elements)
            case .integers(let elements): integers.append(elements)
            }
        }
        if floats.count == operands.count {
            let results = try run(computation, floats, limits)
            return zip(computation.outputShapes, results).map(Tensor.init(shape:floats:))
        }
        guard integers.count == operands.count else {
            throw .invalid("integers meet floating-point numbers")
        }
        let results = try run(computation, integers, limits)
        return zip(computation.outputShapes, results).map(Tensor.init(shape:integers:))
    }

    /// Integers are computed where the operator says how.
    ///
    /// Where it only moves elements, it moves their positions, exact as floats up to 2^24.
    private static func run(
        _ computation: any Computation,
        _ operands: [[Int64]],
        _ limits: Limits
    ) throws(InferenceError) -> [[Int64]] {
        if let result = try computation.integers(operands) {
            return [result]
        }
        let all = operands.flatMap { $0 }
        guard computation.movesOnly, all.count < 1 << 24 else {
            throw .unsupported("integers as input")
        }
        var next = 0
        let positions = operands.map { operand in
            defer { next += operand.count }
            return (next..<next + operand.count).map { Float($0) }
        }
        return try run(computation, positions, limits).map { moved in
            moved.map { all[Int($0)] }
        }
    }

    private static func run(
        _ computation: any Computation,
        _ operands: [[Float]],
        _ limits: Limits
    ) throws(InferenceError) -> [[Float]] {
        let kernels = KernelChoice(.best)
        let scratchBytes = computation.scratchBytes(kernels)
        guard scratchBytes <= limits.arenaBytes else {
            throw .exhausted("a constant that takes too much memory to compute")
        }
        let inputs = operands.map { operand in
            let memory = AlignedMemory(floats: operand.count)
            memory.floats.update(from: operand, count: operand.count)
            return memory
        }
        let outputs = computation.outputShapes.map { AlignedMemory(floats: $0.count) }
        let scratch = AlignedMemory(bytes: scratchBytes)
        let step = computation.bind(
            to: StepMemory(
                inputs: inputs.map { UnsafePointer($0.floats) },
                outputs: outputs.map(\.floats),
                scratch: scratch.start
            ),
            kernels
        )
        return withExtendedLifetime((inputs, outputs, scratch)) {
            step()
            return zip(outputs, computation.outputShapes).map { memory, shape in
                Array(UnsafeBufferPointer(start: memory.floats, count: shape.count))
            }
        }
    }
}
