/// Works out all shapes of a graph for given inputs, and everything that depends on constants only.
struct Specialiser {
    private let graph: Graph
    private let opset: Int
    private let limits: Limits
    /// Shapes of the same graph at the size for which it was exported, where that is another.
    private let exported: SpecialisedGraph?
    private let memory = ReshapeMemory()
    private var result: SpecialisedGraph
    private var foldedBytes = 0
    private var foldedMultiplyAdds = 0

    /// Specialises a model.
    ///
    /// - Parameters:
    ///   - model: As read.
    ///   - shapes: One for each of its inputs.
    ///   - limits: What may be used.
    ///   - exported: The same model for the shapes that it declares.
    /// - Returns: Nodes that are left to run, and what is known of every value.
    /// - Throws: `InferenceError`; its message names the node.
    static func specialised(
        _ model: Model,
        for shapes: [Shape],
        limits: Limits,
        exported: SpecialisedGraph? = nil
    ) throws(InferenceError) -> SpecialisedGraph {
        var specialiser = Self(model, limits, exported)
        for (port, shape) in zip(model.graph.inputs, shapes) {
            specialiser.result.shapes[port.value] = shape
        }
        for node in model.graph.nodes {
            do {
                try specialiser.add(node)
            } catch {
                throw error.at(node.place)
            }
        }
        return specialiser.result
    }

    private init(_ model: Model, _ limits: Limits, _ exported: SpecialisedGraph?) {
        graph = model.graph
        opset = model.opset
        self.limits = limits
        self.exported = exported
        result = SpecialisedGraph(constants: model.graph.constants)
    }

    private mutating func add(_ node: Graph.Node) throws(InferenceError) {
        var operands: [Operand?] = []
        for input in node.inputs {
            operands.append(input.flatMap(result.operand))
        }
        let specialised = try node.operation.specialised(
            for: Operands(
                operands,
                opset: opset,
                outputCount: node.outputs.count,
                exported: node.inputs.map { input in input.flatMap { exported?.shape($0) } },
                memory: memory
            )
        )
        switch specialised {
        case .constant(let tensor):
            try checkOutputs(node, 1)
            try addConstant(tensor, node.outputs[0])
        case .alias(let shape):
            try checkOutputs(node, 1)
            try addAlias(shape, node, operands)
        case .computation(let computation):
            try checkOutputs(node, computation.outputShapes.count)
            try addComputation(computation, node, operands)
        }
    }

    private func checkOutputs(_ node: Graph.Node, _ count: Int) throws(InferenceError) {
        guard node.outputs.count == count else {
            throw .unsupported("\(node.outputs.count) outputs instead of \(count)")
        }
    }

    private mutating func addConstant(
        _ tensor: Tensor,
        _ output: Graph.ValueID
    ) throws(InferenceError) {
        foldedBytes += tensor.bytes
        guard foldedBytes <= limits.constantBytes else {
            throw .exhausted("constants of more than \(limits.constantBytes) bytes")
        }
        result.constants[output] = tensor
    }

    private mutating func addAlias(
        _ shape: Shape,
        _ node: Graph.Node,
        _ operands: [Operand?]
    ) throws(InferenceError) {
        guard let operand = operands.first ?? nil, let input = node.inputs.first ?? nil else {
            throw .invalid("input 0 is missing")
        }
        if let tensor = operand.constant {
            // Shares its elements with the original.
            result.constants[node.outputs[0]] = tensor.reshaped(shape)
        } else {
            result.aliases[node.outputs[0]] = result.root(input)
            result.shapes[node.outputs[0]] = shape
        }
    }

    private mutating func addComputation(
        _ computation: any Computation,
        _ node: Graph.Node,
        _ operands: [Operand?]
    ) throws(InferenceError) {
        var inputs: [Graph.ValueID] = []
        var tensors: [Tensor] = []
        for position in computation.operandPositions {
            guard position < operands.count, let operand = operands[position],
                let input = node.inputs[position]
            else {
                throw .invalid("input \(position) is missing")
            }
            inputs.append(result.root(input))
            if let tensor = operand.constant { tensors.append(tensor) }
        }
        if tensors.count == inputs.count {
            return try fold(computation, tensors, node)
        }
        for tensor in tensors {
            _ = try tensor.floats(for: "constants that computed values meet")
        }
        for (output, shape) in zip(node.outputs, computation.outputShapes) {
            result.shapes[output] = shape
        }
        result.nodes.append(
            PlannedNode(
                place: node.place,
                name: node.name,
                operators: [node.operatorName],
                computation: computation,
                inputs: inputs,
                outputs: node.outputs
            )
        )
    }

    private mutating func fold(
        _ computation: any Computation,
        _ tensors: [Tensor],
        _ node: Graph.Node
    ) throws(InferenceError) {
        foldedMultiplyAdds += computation.multiplyAdds
        let bytes = computation.outputShapes.reduce(0) { $0 + $1.count * 8 }
        guard foldedMultiplyAdds <= limits.multiplyAdds,
            bytes <= limits.constantBytes - foldedBytes
        else {
            throw .exhausted("a constant that takes too much to compute")
        }
        let folded = try ConstantFolding.run(computation, tensors, limits)
        for (output, tensor) in zip(node.outputs, folded) {
            try addConstant(tensor, output)
        }
    }
}
