/// The layers of a network that are not convolutions, on float planes.
///
/// Where input and output are of the same size, they may be the same memory.
public struct VectorKernels: Sendable {
    /// What the kernels were compiled for.
    public let instructionSet: InstructionSet
    private let table: KernelTable

    /// Chooses the kernels of one of `InstructionSet.available`.
    public init(_ instructionSet: InstructionSet = .best) {
        self.instructionSet = instructionSet
        table = KernelTable.of(instructionSet)
    }

    /// Adds two arrays.
    public func add(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        table.add(left, right, output, count)
    }

    /// Multiplies two arrays.
    public func multiply(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        table.multiply(left, right, output, count)
    }

    /// Applies an activation to each element.
    public func apply(
        _ activation: Activation,
        _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        let (kind, low, high) = activation.parts
        table.activate(input, output, count, kind, low, high)
    }

    /// The mean of each plane of `plane` elements.
    public func averages(
        _ input: UnsafePointer<Float>,
        channels: Int,
        plane: Int,
        output: UnsafeMutablePointer<Float>
    ) {
        table.averages(input, channels, plane, output)
    }

    /// Doubles height and width by repeating each element.
    public func doubleSize(
        _ input: UnsafePointer<Float>,
        channels: Int,
        height: Int,
        width: Int,
        output: UnsafeMutablePointer<Float>
    ) {
        table.doubleSize(input, channels * height, width, output)
    }
}
