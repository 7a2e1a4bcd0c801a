/// ONNX Conv: two-dimensional convolution with constant weights.
struct Conv: Operator {
    private let window: WindowAttributes
    private let groups: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        window = try WindowAttributes(&attributes)
        groups = try attributes.integer("group") ?? 1
        guard groups >= 1, !window.roundsUp else {
            throw .invalid("group is \(groups), must be 1 or more, and ceil_mode is not Conv's")
        }
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let input = try operands.shape(0)
        let weights = try operands.constant(1, "the weights")
        let filter = weights.shape
        guard input.rank == 4, filter.rank == 4 else {
            throw .unsupported(
                "input \(input) and weights \(filter): only two dimensions are supported"
            )
        }
        let kernel = [filter[2], filter[3]]
        guard window.kernel ?? kernel == kernel, kernel.allSatisfy((1...1024).contains) else {
            throw .invalid("weights \(filter) and kernel_shape \(window.kernel ?? kernel)")
        }
        let outputs = filter[0]
        guard outputs > 0, filter[1] > 0, input[1] % groups == 0, outputs % groups == 0,
            filter[1] == input[1] / groups
        else {
            throw .invalid("weights \(filter) in \(groups) groups do not fit input \(input)")
        }
        let bias = try operands.optionalConstant(2, "the bias")?.floats(for: "the bias") ?? []
        guard bias.isEmpty || bias.count == outputs else {
            throw .invalid("\(bias.count) biases for \(outputs) channels")
        }
        let (shape, output) = try window.window(
            over: input,
            kernel: kernel,
            outputChannels: outputs,
            groups: groups
        )
        return .computation(
            ConvolutionComputation(
                shape: shape,
                input: input,
                output: output,
                weights: try weights.floats(for: "the weights"),
                bias: bias
            )
        )
    }
}
