/// Measures how fast convolutions run on this machine, on one thread.
public struct KernelBench: Sendable {
    /// One convolution's figures.
    public struct Measurement: Sendable {
        /// What was run.
        public let shape: ConvolutionShape
        /// With what it was run.
        public let instructionSet: InstructionSet
        /// The time of one run: the lower quartile of all rounds.
        public let duration: Duration
        /// Billions of multiplications and additions, counted apart, in a second.
        public let gigaflops: Double
    }

    /// What the kernels were compiled for.
    public let instructionSet: InstructionSet
    /// Rounds of about `roundTime` each.
    public var rounds = 9
    /// How long a round lasts at least.
    public var roundTime = Duration.milliseconds(2)

    /// Creates a bench for one of `InstructionSet.available`.
    public init(instructionSet: InstructionSet = .best) {
        self.instructionSet = instructionSet
    }

    /// Runs a convolution on made-up numbers until its time is known.
    ///
    /// - Parameters:
    ///   - shape: What to run.
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    ///   - activation: What is done to each sum.
    /// - Returns: Its figures.
    public func measure(
        _ shape: ConvolutionShape,
        height: Int,
        width: Int,
        activation: Activation = .none
    ) -> Measurement {
        let convolution = Convolution(
            shape: shape,
            weights: Self.numbers(shape.weightCount),
            bias: [],
            activation: activation,
            instructionSet: instructionSet
        )
        let size = shape.outputSize(height: height, width: width)
        let input = Self.numbers(shape.inputChannels * height * width)
        var output = [Float](repeating: 0, count: shape.outputChannels * size.height * size.width)
        var scratch = [UInt64](
            repeating: 0,
            count: convolution.scratchBytes(height: height, width: width) / 8 + 1
        )
        var times: [Duration] = []
        input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                scratch.withUnsafeMutableBytes { scratch in
                    guard let input = input.baseAddress, let output = output.baseAddress,
                        let scratch = scratch.baseAddress
                    else { return }
                    times = measured {
                        convolution.run(
                            input,
                            height: height,
                            width: width,
                            output: output,
                            scratch: scratch
                        )
                    }
                }
            }
        }
        let duration = times.isEmpty ? .zero : times.sorted()[times.count / 4]
        let operations = Double(shape.operations(height: height, width: width))
        return Measurement(
            shape: shape,
            instructionSet: instructionSet,
            duration: duration,
            gigaflops: duration == .zero ? 0 : operations / (duration / .nanoseconds(1))
        )
    }

    /// The time of one call, once for each round.
    private func measured(_ body: () -> Void) -> [Duration] {
        let clock = ContinuousClock()
        body()
        return (0..<max(rounds, 1)).map { _ in
            let start = clock.now
            var (calls, elapsed) = (0, Duration.zero)
            repeat {
                body()
                calls += 1
                elapsed = clock.now - start
            } while elapsed < roundTime
            return elapsed / calls
        }
    }

    /// Numbers between -1 and 1, the same each time.
    private static func numbers(_ count: Int) -> [Float] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(Int32(bitPattern: state)) / 2_147_483_648
        }
    }
}
