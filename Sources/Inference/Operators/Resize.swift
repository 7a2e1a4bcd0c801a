/// ONNX Resize of pictures: nearest and linear, by constant scales or sizes.
struct Resize: Operator {
    private enum Mode: String, CaseIterable {
        case nearest
        case linear
    }

    private let mode: Mode
    private let coordinates: ResizeAxis.Coordinates
    private let rounding: ResizeAxis.Rounding

    init(_ attributes: inout Attributes) throws(InferenceError) {
        mode = try attributes.choice("mode", default: .nearest)
        coordinates = try attributes.choice(
            "coordinate_transformation_mode",
            default: .halfPixel
        )
        rounding = try attributes.choice("nearest_mode", default: .preferFloor)
        // They belong to modes that are not supported.
        attributes.ignore("cubic_coeff_a", "extrapolation_value")
        guard try !attributes.flag("exclude_outside") else {
            throw .unsupported("exclude_outside")
        }
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let input = try operands.shape(0)
        guard input.rank == 4, input.count > 0 else {
            throw .unsupported(
                "input of shape \(input), only pictures (4 dimensions) are supported"
            )
        }
        let (sizes, scales) = try target(operands, input)
        guard sizes[0] == input[0], sizes[1] == input[1] else {
            throw .unsupported("\(input) becomes \(sizes), only rows and columns can be resized")
        }
        guard sizes.allSatisfy({ $0 > 0 }) else {
            throw .invalid("\(input) becomes \(sizes)")
        }
        // Each row and column gets an entry in a table.
        guard sizes[2] <= 1 << 16, sizes[3] <= 1 << 16 else {
            throw .exhausted("\(input) becomes \(sizes)")
        }
        let output = try Shape(sizes)
        let axes = (2...3).map { axis in
            ResizeAxis(
                input: input[axis],
                output: output[axis],
                scale: scales[axis],
                coordinates: coordinates,
                rounding: mode == .nearest ? rounding : nil
            )
        }
        return .computation(
            Resizing(input: input, output: output, rows: axes[0], columns: axes[1])
        )
    }

    /// Sizes of the output and the scales that lead there.
    private func target(
        _ operands: Operands,
        _ input: Shape
    ) throws(InferenceError)
        -> (sizes: [Int], scales: [Float])
    {
        if let scales = try operands.optionalConstant(2, "scales")?.floats(for: "scales"),
            !scales.isEmpty
        {
            guard scales.count == 4, scales.allSatisfy({ $0 > 0 && $0 < 4096 }) else {
                throw .invalid("scales \(scales) for \(input)")
            }
            let sizes = zip(input.dimensions, scales).map { size, scale in
                Int((Float(size) * scale).rounded(.down))
            }
            return (sizes, scales)
        }
        var sizes = try operands.constant(3, "sizes").integers(for: "sizes")
        guard sizes.count == 4, sizes.allSatisfy({ 1...Shape.maximumCount ~= $0 }) else {
            throw .invalid("sizes \(sizes) for \(input)")
        }
        if let exported = operands.exportedShape(0), exported != input, exported.rank == 4,
            exported.count > 0
        {
            // Constant sizes were written for another input: the ratio is what was meant.
            for axis in sizes.indices {
                let product = sizes[axis] * input[axis]
                guard product % exported[axis] == 0 else {
                    throw InferenceError(
                        code: .invalidInput,
                        message: "the model is made for another size of input: sizes \(sizes)"
                    )
                }
                sizes[axis] = product / exported[axis]
            }
        }
        return (sizes, zip(sizes, input.dimensions).map { Float($0) / Float($1) })
    }
}
