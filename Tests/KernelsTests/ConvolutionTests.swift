import Kernels
import Testing

@Suite struct ConvolutionTests {
    @Test(
        "Random shapes agree with the formula on every instruction set",
        arguments: InstructionSet.available
    )
    func randomShapes(set: InstructionSet) {
        var random = Numbers(seed: 7)
        for round in 0..<400 {
            let shape = random.shape(kind: round % 4)
            let height = random.integer(1...23) + shape.kernelHeight * shape.dilationY
            let width = random.integer(1...45) + shape.kernelWidth * shape.dilationX
            check(shape, height, width, random.activation(), set, &random)
        }
    }

    @Test(
        "Layers of a real detector agree with the formula",
        arguments: InstructionSet.available
    )
    func realLayers(set: InstructionSet) {
        var random = Numbers(seed: 8)
        for (channels, outputs, kernel, stride, groups, size) in [
            (12, 16, 3, 1, 1, 80), (64, 64, 1, 1, 1, 20), (64, 80, 1, 1, 1, 10),
            (256, 128, 1, 1, 1, 5), (64, 64, 3, 1, 64, 20), (16, 16, 3, 2, 16, 80),
            (128, 128, 3, 2, 128, 10), (32, 32, 5, 1, 32, 40), (64, 64, 3, 2, 1, 32),
            (64, 1, 1, 1, 1, 20), (64, 4, 1, 1, 1, 5), (16, 24, 1, 1, 1, 64),
        ] {
            let shape = ConvolutionShape(
                inputChannels: channels,
                outputChannels: outputs,
                groups: groups,
                kernelHeight: kernel,
                kernelWidth: kernel,
                strideY: stride,
                strideX: stride,
                padTop: kernel / 2,
                padLeft: kernel / 2,
                padBottom: kernel / 2,
                padRight: kernel / 2
            )
            check(shape, size, size, .silu, set, &random)
        }
    }

    @Test(
        "Planes wider and taller than one band agree with the formula",
        arguments: InstructionSet.available
    )
    func largePlanes(set: InstructionSet) {
        var random = Numbers(seed: 9)
        for (groups, stride) in [(1, 1), (1, 2), (3, 1), (3, 2)] {
            let shape = ConvolutionShape(
                inputChannels: 3,
                outputChannels: 6,
                groups: groups,
                kernelHeight: 3,
                kernelWidth: 5,
                strideY: stride,
                strideX: stride,
                padTop: 1,
                padLeft: 0,
                padBottom: 0,
                padRight: 2
            )
            check(shape, 173, 217, .leakyRelu(0.1), set, &random)
            check(shape, 9, 4_500, .none, set, &random)
        }
    }

    @Test("A filter that does not fit makes no output", arguments: InstructionSet.available)
    func tooSmall(set: InstructionSet) {
        var random = Numbers(seed: 10)
        let shape = ConvolutionShape(
            inputChannels: 2,
            outputChannels: 3,
            kernelHeight: 5,
            kernelWidth: 5
        )
        #expect(shape.outputSize(height: 4, width: 9) == (0, 5))
        check(shape, 4, 9, .none, set, &random)
        check(shape, 9, 4, .none, set, &random)
    }

    @Test("Sizes and operations follow from the shape")
    func sizes() {
        let shape = ConvolutionShape(
            inputChannels: 4,
            outputChannels: 8,
            groups: 2,
            kernelHeight: 3,
            kernelWidth: 3,
            strideY: 2,
            strideX: 1,
            padTop: 1,
            padLeft: 1,
            padBottom: 1,
            padRight: 1
        )
        #expect(shape.outputSize(height: 9, width: 10) == (5, 10))
        #expect(shape.weightCount == 8 * 2 * 9)
        #expect(shape.operations(height: 9, width: 10) == 2 * 8 * 2 * 9 * 50)
    }
}
