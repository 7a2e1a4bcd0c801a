import Kernels
import Testing

@Suite struct MaxPoolTests {
    @Test("Random windows find the largest value", arguments: InstructionSet.available)
    func randomWindows(set: InstructionSet) {
        var random = Numbers(seed: 11)
        for _ in 0..<150 {
            let kernel = [1, 2, 3, 5, 9, 13][random.integer(0...5)]
            let stride = random.integer(1...3)
            let shape = ConvolutionShape(
                inputChannels: random.integer(1...4),
                outputChannels: 1,
                kernelHeight: kernel,
                kernelWidth: kernel,
                strideY: stride,
                strideX: stride,
                padTop: random.integer(0...kernel / 2),
                padLeft: random.integer(0...kernel / 2),
                padBottom: random.integer(0...kernel / 2),
                padRight: random.integer(0...kernel / 2)
            )
            check(
                shape,
                kernel + random.integer(0...20),
                kernel + random.integer(0...40),
                set,
                &random
            )
        }
    }

    @Test(
        "Windows larger than the plane find its largest value",
        arguments: InstructionSet.available
    )
    func pyramid(set: InstructionSet) {
        var random = Numbers(seed: 12)
        for kernel in [5, 9, 13] {
            let shape = ConvolutionShape(
                inputChannels: 8,
                outputChannels: 8,
                kernelHeight: kernel,
                kernelWidth: kernel,
                padTop: kernel / 2,
                padLeft: kernel / 2,
                padBottom: kernel / 2,
                padRight: kernel / 2
            )
            check(shape, 5, 5, set, &random)
            check(shape, 90, 130, set, &random)
        }
    }

    private func check(
        _ shape: ConvolutionShape,
        _ height: Int,
        _ width: Int,
        _ set: InstructionSet,
        _ random: inout Numbers
    ) {
        let pool = MaxPool(shape: shape, instructionSet: set)
        let size = pool.outputSize(height: height, width: width)
        let input = random.floats(shape.inputChannels * height * width, -9...(-1))
        let result = guarded(
            count: shape.inputChannels * size.height * size.width,
            scratchBytes: pool.scratchBytes(height: height, width: width)
        ) { output, scratch in
            pool.run(input, height: height, width: width, output: output, scratch: scratch)
        }
        var expected: [Float] = []
        for channel in 0..<shape.inputChannels {
            for y in 0..<size.height {
                for x in 0..<size.width {
                    var most = -Float.infinity
                    let (top, left) = (
                        y * shape.strideY - shape.padTop, x * shape.strideX - shape.padLeft
                    )
                    for row in max(top, 0)..<min(top + shape.kernelHeight, height) {
                        for column in max(left, 0)..<min(left + shape.kernelWidth, width) {
                            most = max(most, input[(channel * height + row) * width + column])
                        }
                    }
                    expected.append(most)
                }
            }
        }
        #expect(result.output == expected, "\(set) \(shape) \(height)x\(width)")
        #expect(result.isContained, "\(set) wrote where it may not: \(shape) \(height)x\(width)")
    }
}
