/// A node whose shapes are known.
struct PlannedNode: Sendable {
    /// What messages call it.
    let place: String
    let name: String
    /// The operator, and those that were fused into it.
    var operators: [String]
    var computation: any Computation
    /// What is read in a run, in the order of the computation.
    let inputs: [Graph.ValueID]
    var outputs: [Graph.ValueID]
}

/// A graph for one size of input.
struct SpecialisedGraph: Sendable {
    var nodes: [PlannedNode] = []
    var constants: [Graph.ValueID: Tensor]
    /// Values that are others with other dimensions.
    var aliases: [Graph.ValueID: Graph.ValueID] = [:]
    /// Of everything that is not constant.
    var shapes: [Graph.ValueID: Shape] = [:]

    /// The value whose elements a value has.
    func root(_ value: Graph.ValueID) -> Graph.ValueID {
        aliases[value] ?? value
    }

    func operand(_ value: Graph.ValueID) -> Operand? {
        if let tensor = constants[value] { return .constant(tensor) }
        return shapes[value].map(Operand.computed)
    }

    /// The shape of any value.
    func shape(_ value: Graph.ValueID) -> Shape? {
        operand(value)?.shape
    }
}
