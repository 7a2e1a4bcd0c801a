import Foundation
import Kernels
import Testing

@Suite struct VectorKernelsTests {
    @Test(
        "Sigmoid and SiLU are exact to a millionth from -79 to 79",
        arguments: InstructionSet.available
    )
    func exactness(set: InstructionSet) {
        let input = stride(from: Float(-79), to: 79, by: 0.0037).map { $0 }
        for activation in [Activation.sigmoid, .silu] {
            let output = apply(activation, input, set)
            var worst = 0.0
            for (x, y) in zip(input, output) where x != 0 {
                let expected = activated(Double(x), activation)
                worst = max(worst, abs(Double(y) - expected) / abs(expected))
            }
            #expect(worst < 1e-6)
        }
    }

    @Test("Sigmoid and SiLU stay finite and tell NaN", arguments: InstructionSet.available)
    func extremes(set: InstructionSet) {
        let input: [Float] = [-.greatestFiniteMagnitude, -1e4, -90, 90, 1e4, .infinity, .nan, -0.0]
        let sigmoid = apply(.sigmoid, input, set)
        #expect(sigmoid[0...2].allSatisfy { $0 >= 0 && $0 < 1e-30 })
        #expect(sigmoid[3...5].allSatisfy { abs($0 - 1) < 1e-6 })
        #expect(sigmoid[6].isNaN)
        #expect(abs(sigmoid[7] - 0.5) < 1e-6)
        let silu = apply(.silu, input, set)
        #expect(silu[1...2].allSatisfy { abs($0) < 1e-28 })
        #expect(abs(silu[4] - 1e4) < 0.01)
        #expect(silu[6].isNaN)
    }

    @Test(
        "Every activation of any count agrees with its formula",
        arguments: InstructionSet.available
    )
    func activations(set: InstructionSet) {
        var random = Numbers(seed: 3)
        for count in [0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 100] {
            for activation: Activation in [
                .none, .relu, .leakyRelu(0.2), .sigmoid, .silu, .hardSwish, .clip(-1, 2),
            ] {
                let input = random.floats(count, -6...6)
                let output = apply(activation, input, set)
                #expect(output.count == count)
                for (x, y) in zip(input, output) {
                    #expect(abs(Double(y) - activated(Double(x), activation)) < 2e-6)
                }
            }
        }
    }

    @Test("Sums and products of any count are exact", arguments: InstructionSet.available)
    func arithmetic(set: InstructionSet) {
        var random = Numbers(seed: 4)
        let kernels = VectorKernels(set)
        for count in [1, 5, 16, 37, 128] {
            let (left, right) = (random.floats(count), random.floats(count))
            let sums = guarded(count: count, scratchBytes: 0) { output, _ in
                kernels.add(left, right, output, count: count)
            }
            let products = guarded(count: count, scratchBytes: 0) { output, _ in
                kernels.multiply(left, right, output, count: count)
            }
            #expect(sums.isContained && products.isContained)
            #expect(sums.output == zip(left, right).map { $0 + $1 })
            #expect(products.output == zip(left, right).map { $0 * $1 })
        }
    }

    @Test("The average of each plane is its mean", arguments: InstructionSet.available)
    func averages(set: InstructionSet) {
        var random = Numbers(seed: 5)
        for plane in [1, 7, 25, 100, 441] {
            let input = random.floats(3 * plane)
            let result = guarded(count: 3, scratchBytes: 0) { output, _ in
                VectorKernels(set).averages(input, channels: 3, plane: plane, output: output)
            }
            for channel in 0..<3 {
                let values = input[channel * plane..<(channel + 1) * plane].map(Double.init)
                let mean = values.reduce(0, +) / Double(plane)
                #expect(abs(Double(result.output[channel]) - mean) < 1e-6)
            }
            #expect(result.isContained)
        }
    }

    @Test(
        "Doubling repeats each element twice across and down",
        arguments: InstructionSet.available
    )
    func doubling(set: InstructionSet) {
        var random = Numbers(seed: 6)
        for (height, width) in [(1, 1), (5, 5), (3, 10), (2, 33)] {
            let input = random.floats(2 * height * width)
            let result = guarded(count: 4 * input.count, scratchBytes: 0) { output, _ in
                VectorKernels(set).doubleSize(
                    input,
                    channels: 2,
                    height: height,
                    width: width,
                    output: output
                )
            }
            let expected = (0..<4 * input.count).map { index in
                input[index / (2 * width) / 2 * width + index % (2 * width) / 2]
            }
            #expect(result.output == expected && result.isContained)
        }
    }

    private func apply(_ activation: Activation, _ input: [Float], _ set: InstructionSet) -> [Float]
    {
        let result = guarded(count: input.count, scratchBytes: 0) { output, _ in
            VectorKernels(set).apply(activation, input, output, count: input.count)
        }
        #expect(result.isContained)
        return result.output
    }
}
