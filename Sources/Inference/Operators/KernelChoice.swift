internal import Kernels

/// The kernels that a session uses.
struct KernelChoice: Sendable {
    let instructionSet: InstructionSet
    let vector: VectorKernels

    init(_ instructionSet: InstructionSet) {
        self.instructionSet = instructionSet
        vector = VectorKernels(instructionSet)
    }
}
