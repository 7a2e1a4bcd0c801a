public import Kernels

/// A model planned for one size of input, with its memory.
///
/// One thread at a time may use it. All memory is allocated when it is made: a run allocates none.
public final class Session {
    /// Bytes of the block in which inputs, outputs and everything between them lie.
    public var arenaBytes: Int
    /// Multiplications that are summed up in one run.
    public var multiplyAdds: Int
    /// What is run, node by node.
    public let summary: SessionSummary

    private let arena: AlignedMemory
    private let constants: AlignedMemory
    private let steps: [Step]
    private var inputs: [String: UnsafeMutableBufferPointer<Float>] = [:]
    private var outputs: [String: (values: UnsafeBufferPointer<Float>, shape: [Int])] = [:]

    /// Plans a model.
    ///
    /// - Parameters:
    ///   - model: As read.
    ///   - inputShapes: A shape for each input with free sizes; others may be given other sizes
    ///     than they declare, which works for networks without a fixed size in them.
    ///   - instructionSet: Which kernels to use, one of `InstructionSet.available`.
    /// - Throws: `invalidInput` where shapes do not fit the model, `unsupported`, `invalidData` and
    ///   `exhausted` as `Model`; messages name the node.
    public convenience init(
        _ model: Model,
        inputShapes: [String: [Int]],
        instructionSet: InstructionSet = .best
    ) throws(InferenceError) {
        try self.init(
            model,
            inputShapes: inputShapes,
            instructionSet: instructionSet,
            limits: Limits()
        )
    }

    init(
        _ model: Model,
        inputShapes: [String: [Int]],
        instructionSet: InstructionSet,
        limits: Limits
    ) throws(InferenceError) {
        let plan = try Plan(
            model,
            inputShapes: inputShapes,
            kernels: KernelChoice(instructionSet),
            limits: limits
        )
        arena = AlignedMemory(bytes: plan.layout.bytes)
        constants = Self.filledConstants(plan)
        arenaBytes = arena.bytes
        multiplyAdds = plan.multiplyAdds
        summary = SessionSummary(plan, arenaBytes: arena.bytes)
        let binding = Binding(plan: plan, arena: arena, constants: constants)
        steps = binding.steps()
        for (port, shape) in zip(model.graph.inputs, plan.inputShapes) {
            inputs[port.info.name] = UnsafeMutableBufferPointer(
                start: binding.place(port.value),
                count: shape.count
            )
        }
        for port in model.graph.outputs {
            let shape = plan.graph.shape(port.value) ?? .scalar
            let start = UnsafePointer(binding.place(port.value))
            outputs[port.info.name] = (
                UnsafeBufferPointer(start: start, count: shape.count), shape.dimensions
            )
        }
    }

    /// Lends the memory of an input, to be filled before a run; it keeps what is in it.
    ///
    /// - Parameters:
    ///   - name: One of the model's inputs.
    ///   - body: Writes all elements, the innermost dimension first.
    public func withInput(
        _ name: String,
        _ body: (UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        guard let memory = inputs[name] else {
            preconditionFailure("the model has no input '\(name)'")
        }
        withExtendedLifetime(self) { body(memory) }
    }

    /// Computes the outputs from the inputs; allocates nothing.
    public func run() {
        for step in steps {
            step()
        }
    }

    /// Lends an output of the last run.
    ///
    /// - Parameters:
    ///   - name: One of the model's outputs.
    ///   - body: Gets all elements, the innermost dimension first, and the shape.
    /// - Returns: What the body returns.
    public func withOutput<Result>(
        _ name: String,
        _ body: (UnsafeBufferPointer<Float>, [Int]) throws -> Result
    ) rethrows -> Result {
        guard let output = outputs[name] else {
            preconditionFailure("the model has no output '\(name)'")
        }
        return try withExtendedLifetime(self) { try body(output.values, output.shape) }
    }

    private static func filledConstants(_ plan: Plan) -> AlignedMemory {
        let memory = AlignedMemory(bytes: plan.constantBytes)
        for (value, offset) in plan.constantOffsets {
            if case .floats(let floats) = plan.graph.constants[value]?.elements {
                memory.floats(at: offset).update(from: floats, count: floats.count)
            }
        }
        return memory
    }
}

/// A plan and the memory in which it runs.
private struct Binding {
    let plan: Plan
    let arena: AlignedMemory
    let constants: AlignedMemory

    /// Where a value lies.
    func place(_ value: Graph.ValueID) -> UnsafeMutablePointer<Float> {
        if let offset = plan.constantOffsets[value] {
            return constants.floats(at: offset)
        }
        guard let offset = plan.layout.offsets[plan.graph.root(value)] else {
            preconditionFailure("every value of a plan has a place")
        }
        return arena.floats(at: offset)
    }

    func steps() -> [Step] {
        plan.graph.nodes.enumerated().map { index, node in
            node.computation.bind(
                to: StepMemory(
                    inputs: node.inputs.map { UnsafePointer(place($0)) },
                    outputs: node.outputs.map(place),
                    scratch: arena.start + plan.layout.scratchOffsets[index]
                ),
                plan.kernels
            )
        }
    }
}
