public import Kernels

/// What a session runs and what it needs, for people to read.
public struct SessionSummary: Hashable, Sendable {
    /// One step of a run.
    public struct Node: Hashable, Sendable {
        /// The name in the model.
        public let name: String
        /// The operator and those that were fused into it, as ONNX calls them.
        public let operators: [String]
        /// Shapes of what it reads.
        public let inputShapes: [[Int]]
        /// Shapes of what it writes.
        public let outputShapes: [[Int]]
        /// Multiplications that are summed up.
        public let multiplyAdds: Int
        /// Bytes of its weights.
        public let weightBytes: Int
    }

    /// In the order in which they run.
    public let nodes: [Node]
    /// Bytes of inputs, outputs and everything between them.
    public let arenaBytes: Int
    /// Bytes of weights and other constants.
    public let weightBytes: Int
    /// Multiplications that are summed up in one run.
    public let multiplyAdds: Int
    /// Which kernels are used.
    public let instructionSet: InstructionSet

    init(_ plan: Plan, arenaBytes: Int) {
        nodes = plan.graph.nodes.map { node in
            Node(
                name: node.name,
                operators: node.operators,
                inputShapes: node.inputs.map { plan.graph.shape($0)?.dimensions ?? [] },
                outputShapes: node.computation.outputShapes.map(\.dimensions),
                multiplyAdds: node.computation.multiplyAdds,
                weightBytes: node.computation.weightBytes
            )
        }
        self.arenaBytes = arenaBytes
        weightBytes = nodes.reduce(plan.constantBytes) { $0 + $1.weightBytes }
        multiplyAdds = plan.multiplyAdds
        instructionSet = plan.kernels.instructionSet
    }
}
