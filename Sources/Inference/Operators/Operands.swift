/// What is known of a value when a plan is made.
enum Operand: Sendable {
    case constant(Tensor)
    /// Floats that are known in a run only.
    case computed(Shape)

    var shape: Shape {
        switch self {
        case .constant(let tensor): tensor.shape
        case .computed(let shape): shape
        }
    }

    var constant: Tensor? {
        if case .constant(let tensor) = self { tensor } else { nil }
    }
}

/// The inputs of one node when a plan is made.
struct Operands {
    let opset: Int
    /// How many outputs the node has.
    let outputCount: Int
    private let operands: [Operand?]
    /// The shapes of the same inputs at the size for which the model was exported.
    private let exported: [Shape?]
    /// What is remembered from node to node of one plan.
    let memory: ReshapeMemory

    init(
        _ operands: [Operand?],
        opset: Int,
        outputCount: Int,
        exported: [Shape?],
        memory: ReshapeMemory
    ) {
        self.operands = operands
        self.opset = opset
        self.outputCount = outputCount
        self.exported = exported
        self.memory = memory
    }

    var count: Int { operands.count }

    /// An input that must be there.
    subscript(index: Int) -> Operand {
        get throws(InferenceError) {
            guard let operand = optional(index) else {
                throw .invalid("input \(index) is missing")
            }
            return operand
        }
    }

    func optional(_ index: Int) -> Operand? {
        index < operands.count ? operands[index] : nil
    }

    func shape(_ index: Int) throws(InferenceError) -> Shape {
        try self[index].shape
    }

    /// An input that must be there and known before the run.
    func constant(_ index: Int, _ purpose: String) throws(InferenceError) -> Tensor {
        guard let tensor = try self[index].constant else {
            throw .unsupported("\(purpose) (input \(index)) must be constant")
        }
        return tensor
    }

    /// An optional input that must be known before the run.
    func optionalConstant(_ index: Int, _ purpose: String) throws(InferenceError) -> Tensor? {
        optional(index) == nil ? nil : try constant(index, purpose)
    }

    /// The shape of an input at the size for which the model was exported, where that is known.
    func exportedShape(_ index: Int) -> Shape? {
        index < exported.count ? exported[index] : nil
    }
}
