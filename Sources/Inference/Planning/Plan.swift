/// Everything of a model for one size of input that can be worked out before memory is there.
struct Plan: Sendable {
    let model: Model
    let inputShapes: [Shape]
    let graph: SpecialisedGraph
    let layout: ArenaLayout
    let kernels: KernelChoice
    /// Constants that are read in a run, and where they lie in a block of their own.
    let constantOffsets: [Graph.ValueID: Int]
    let constantBytes: Int
    let multiplyAdds: Int

    init(
        _ model: Model,
        inputShapes given: [String: [Int]],
        kernels: KernelChoice,
        limits: Limits
    ) throws(InferenceError) {
        let declared = try InputShapes(model.inputs, given: given)
        let exported =
            declared.exported == declared.actual
            ? nil
            // A model that does not work at its own size may work at another.
            : try? Specialiser.specialised(model, for: declared.exported, limits: limits)
        let specialised = try Specialiser.specialised(
            model,
            for: declared.actual,
            limits: limits,
            exported: exported
        )
        let outputs = model.graph.outputs.map(\.value)
        let graph = Fusion.fused(specialised, outputs: outputs)
        self.graph = graph
        for port in model.graph.outputs {
            if let tensor = graph.constants[port.value] {
                _ = try tensor.floats(for: "output '\(port.info.name)'")
            }
        }
        self.model = model
        self.kernels = kernels
        inputShapes = declared.actual
        (constantOffsets, constantBytes) = Self.constants(graph, outputs)
        // Packed weights may take twice the room.
        let weights = graph.nodes.reduce(0) { $0 + 2 * $1.computation.weightBytes }
        guard constantBytes + weights <= limits.constantBytes else {
            throw .exhausted("\(constantBytes + weights) bytes of constants")
        }
        multiplyAdds = try Self.checked(
            graph.nodes.map(\.computation.multiplyAdds),
            limits.multiplyAdds,
            "multiplications"
        )
        layout = ArenaLayout(
            graph,
            inputs: model.graph.inputs.map(\.value),
            outputs: outputs.filter { graph.constants[$0] == nil },
            scratch: graph.nodes.map { $0.computation.scratchBytes(kernels) }
        )
        guard layout.bytes <= limits.arenaBytes else {
            throw .exhausted("\(layout.bytes) bytes of memory for a run")
        }
    }

    private static func checked(
        _ amounts: [Int],
        _ limit: Int,
        _ unit: String
    ) throws(InferenceError) -> Int {
        var total = 0
        for amount in amounts {
            guard amount <= limit - total else { throw .exhausted("more than \(limit) \(unit)") }
            total += amount
        }
        return total
    }

    private static func constants(
        _ graph: SpecialisedGraph,
        _ outputs: [Graph.ValueID]
    ) -> (offsets: [Graph.ValueID: Int], bytes: Int) {
        var offsets: [Graph.ValueID: Int] = [:]
        var bytes = 0
        for value in graph.nodes.flatMap(\.inputs) + outputs where offsets[value] == nil {
            guard let tensor = graph.constants[value] else { continue }
            offsets[value] = bytes
            bytes += AlignedMemory.rounded(max(tensor.shape.count, 1) * MemoryLayout<Float>.size)
        }
        return (offsets, bytes)
    }
}
