import Kernels
import Testing

@Suite struct InstructionSetTests {
    @Test("The baseline is always available, and each set includes those before it")
    func available() {
        #expect(
            InstructionSet.available
                == Array(InstructionSet.allCases.prefix(InstructionSet.available.count))
        )
        #expect(InstructionSet.available.first == .sse2)
        #expect(InstructionSet.available.contains(.best))
        #expect(InstructionSet.sse2 < .avx2 && InstructionSet.avx2 < .avx512)
    }
}
