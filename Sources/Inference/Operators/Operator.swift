/// One operator with the attributes of one node, before shapes are known.
protocol Operator: Sendable {
    /// Reads the attributes.
    ///
    /// - Parameter attributes: Those of the node; each that is understood is taken out.
    /// - Throws: `invalidData` for wrong types and values, `unsupported` for what is not built.
    init(_ attributes: inout Attributes) throws(InferenceError)

    /// Says what is to be done for inputs of given shapes.
    ///
    /// - Parameter operands: The node's inputs.
    /// - Returns: A constant, the same elements in another shape, or a computation.
    /// - Throws: `invalidData` where shapes do not go together, `unsupported` where something
    ///   must be constant and is not.
    func specialised(for operands: Operands) throws(InferenceError) -> Specialised
}

/// What a node turns into once the shapes of its inputs are known.
enum Specialised {
    /// The outputs do not depend on anything that is known only in a run.
    case constant(Tensor)
    /// The output is the first input with other dimensions: nothing is to be done.
    case alias(Shape)
    /// Something is to be computed.
    case computation(any Computation)
}

/// A step of a plan before it has memory.
protocol Computation: Sendable {
    /// Which of the node's inputs are read in a run; the others have been used already.
    var operandPositions: [Int] { get }
    var outputShapes: [Shape] { get }
    /// Multiplications that are summed up; 0 where they do not matter.
    var multiplyAdds: Int { get }
    /// Weights that it holds by itself, in bytes.
    var weightBytes: Int { get }
    /// Working memory of a run.
    func scratchBytes(_ kernels: KernelChoice) -> Int
    /// Makes the step that computes in given memory and allocates nothing.
    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step
    /// Whether elements are moved and not changed, so that integers can be moved as well.
    var movesOnly: Bool { get }
    /// Whether the output may lie where the first input lies, when nobody reads that later.
    var worksInPlace: Bool { get }
    /// The same on integers, or nil where it is not defined for them.
    func integers(_ operands: [[Int64]]) throws(InferenceError) -> [Int64]?
}

extension Computation {
    var multiplyAdds: Int { 0 }
    var weightBytes: Int { 0 }
    var movesOnly: Bool { false }
    var worksInPlace: Bool { false }
    func scratchBytes(_ kernels: KernelChoice) -> Int { 0 }
    func integers(_ operands: [[Int64]]) throws(InferenceError) -> [Int64]? { nil }
}

/// A step of a plan with memory: called once a run.
typealias Step = () -> Void

/// Where a step reads and writes; the pointers live as long as the session that owns them.
struct StepMemory {
    let inputs: [UnsafePointer<Float>]
    let outputs: [UnsafeMutablePointer<Float>]
    let scratch: UnsafeMutableRawPointer
}
