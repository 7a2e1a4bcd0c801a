/// A network as it stands in the file: values by number, nodes in an order in which they can run.
struct Graph: Sendable {
    /// The number of a value: a constant, an input, or what a node makes.
    typealias ValueID = Int

    struct Node: Sendable {
        /// Name and operator, for messages: `'Conv_3' (Conv)`.
        let place: String
        let name: String
        let operatorName: String
        let operation: any Operator
        /// nil where an optional input is left out.
        let inputs: [ValueID?]
        let outputs: [ValueID]
    }

    struct Port: Sendable {
        let info: TensorInfo
        let value: ValueID
    }

    var inputs: [Port] = []
    var outputs: [Port] = []
    var nodes: [Node] = []
    var constants: [ValueID: Tensor] = [:]
    var valueCount = 0
}
