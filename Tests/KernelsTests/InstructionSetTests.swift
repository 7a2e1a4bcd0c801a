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

@Suite struct KernelBenchTests {
    @Test("The bench gives operations per time", arguments: InstructionSet.available)
    func figures(set: InstructionSet) {
        var bench = KernelBench(instructionSet: set)
        bench.rounds = 2
        let shape = ConvolutionShape(inputChannels: 16, outputChannels: 16)
        let figures = bench.measure(shape, height: 8, width: 8, activation: .silu)
        let operations = Double(shape.operations(height: 8, width: 8))
        let seconds = figures.duration / .seconds(1)
        #expect(seconds > 0)
        #expect(abs(figures.gigaflops * seconds * 1e9 / operations - 1) < 1e-6)
    }
}
