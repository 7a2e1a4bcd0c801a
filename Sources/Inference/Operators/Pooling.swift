internal import Kernels

/// What MaxPool and AveragePool share: one function of the elements under each window.
struct Pooling: Computation {
    enum Function: Sendable {
        case maximum
        /// The mean; pads count as zeros where asked for.
        case average(countsPads: Bool)
    }

    let function: Function
    let window: ConvolutionShape
    let input: Shape
    let output: Shape
    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [output] }

    static func specialised(
        _ function: Function,
        _ window: WindowAttributes,
        _ operands: Operands
    ) throws(InferenceError) -> Specialised {
        let input = try operands.shape(0)
        guard let kernel = window.kernel else {
            throw .invalid("attribute kernel_shape is missing")
        }
        guard operands.outputCount == 1 else {
            throw .unsupported("the second output, positions of maxima")
        }
        guard input.rank == 4 else {
            throw .unsupported(
                "input of shape \(input), only pictures (4 dimensions) are supported"
            )
        }
        let (shape, output) = try window.window(
            over: input,
            kernel: kernel,
            outputChannels: input[1]
        )
        guard max(shape.padTop, shape.padBottom) < shape.kernelHeight,
            max(shape.padLeft, shape.padRight) < shape.kernelWidth
        else {
            throw .invalid("pads are not smaller than the window \(kernel)")
        }
        return .computation(
            Self(function: function, window: shape, input: input, output: output)
        )
    }

    func scratchBytes(_ kernels: KernelChoice) -> Int {
        fastPool(kernels)?.scratchBytes(height: input[2], width: input[3]) ?? 0
    }

    /// The kernel for pools without dilation whose output is rounded down.
    private func fastPool(_ kernels: KernelChoice) -> MaxPool? {
        let size = window.outputSize(height: input[2], width: input[3])
        guard case .maximum = function, window.dilationY == 1, window.dilationX == 1,
            size.height == output[2], size.width == output[3]
        else { return nil }
        return MaxPool(shape: window, instructionSet: kernels.instructionSet)
    }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (source, target, scratch) = (memory.inputs[0], memory.outputs[0], memory.scratch)
        let (inputPlane, outputPlane) = (input[2] * input[3], output[2] * output[3])
        if let pool = fastPool(kernels) {
            let (pictures, channels) = (input[0], input[1])
            let (height, width) = (input[2], input[3])
            return {
                for picture in 0..<pictures {
                    pool.run(
                        source + picture * channels * inputPlane,
                        height: height,
                        width: width,
                        output: target + picture * channels * outputPlane,
                        scratch: scratch
                    )
                }
            }
        }
        let planes = input[0] * input[1]
        return {
            for plane in 0..<planes {
                pool(source + plane * inputPlane, target + plane * outputPlane)
            }
        }
    }

    private func pool(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        var target = target
        for row in 0..<output[2] {
            let rows = Line(window.padTop, window.padBottom, window.dilationY, input[2])
                .taps(row * window.strideY - window.padTop, window.kernelHeight)
            for column in 0..<output[3] {
                let columns = Line(window.padLeft, window.padRight, window.dilationX, input[3])
                    .taps(column * window.strideX - window.padLeft, window.kernelWidth)
                target.pointee = value(source, rows, columns)
                target += 1
            }
        }
    }

    private func value(_ source: UnsafePointer<Float>, _ rows: Taps, _ columns: Taps) -> Float {
        var most = -Float.infinity
        var sum: Float = 0
        for row in stride(from: rows.first, to: rows.end, by: window.dilationY) {
            for column in stride(from: columns.first, to: columns.end, by: window.dilationX) {
                let element = source[row * input[3] + column]
                most = max(most, element)
                sum += element
            }
        }
        switch function {
        case .maximum: return most
        case .average(let countsPads):
            let count =
                countsPads ? rows.withPads * columns.withPads : rows.inside * columns.inside
            return sum / Float(max(count, 1))
        }
    }
}

extension Pooling {
    /// Rows or columns of the input under one window.
    private struct Taps {
        let first: Int
        let end: Int
        /// How many lie in the input, and how many in the input or its pads.
        let inside: Int
        let withPads: Int
    }

    /// One direction of the input.
    private struct Line {
        let padBefore: Int
        let padAfter: Int
        let step: Int
        let size: Int

        init(_ padBefore: Int, _ padAfter: Int, _ step: Int, _ size: Int) {
            (self.padBefore, self.padAfter, self.step, self.size) = (
                padBefore, padAfter, step, size
            )
        }

        /// The taps of a window that begins at `start`.
        func taps(_ start: Int, _ count: Int) -> Taps {
            let skipped = start < 0 ? (-start + step - 1) / step : 0
            let first = start + skipped * step
            let end = min(start + count * step, size)
            let last = min(start + count * step, size + padAfter)
            return Taps(
                first: first,
                end: max(end, first),
                inside: max((end - first + step - 1) / step, 0),
                withPads: max((last - start + step - 1) / step, 0)
            )
        }
    }
}
