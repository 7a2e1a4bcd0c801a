/// ONNX Reshape: the same elements with other dimensions, which are constant.
struct Reshape: Operator {
    private let allowsZero: Bool

    init(_ attributes: inout Attributes) throws(InferenceError) {
        allowsZero = try attributes.flag("allowzero")
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let input = try operands.shape(0)
        let wanted = try operands.constant(1, "the shape").integers(for: "the shape")
        if let exported = operands.exportedShape(0), exported != input {
            let target = try resolve(wanted, for: exported)
            return .alias(
                try Self.carried(target, from: exported, to: input, operands.memory)
            )
        }
        return .alias(try resolve(wanted, for: input))
    }

    /// Fills in 0 (as the input has it) and -1 (what is left).
    private func resolve(_ wanted: [Int], for input: Shape) throws(InferenceError) -> Shape {
        var sizes = wanted
        for (index, size) in wanted.enumerated() where size == 0 && !allowsZero {
            guard index < input.rank else {
                throw .invalid("shape \(wanted) takes dimension \(index) of \(input)")
            }
            sizes[index] = input[index]
        }
        let free = sizes.indices.filter { sizes[$0] == -1 }
        guard free.count <= 1 else { throw .invalid("shape \(wanted) has more than one -1") }
        if let free = free.first {
            sizes[free] = 1
            let rest = try Shape(sizes).count
            guard rest > 0, input.count % rest == 0 else {
                throw .invalid("\(input) cannot become \(wanted)")
            }
            sizes[free] = input.count / rest
        }
        let output = try Shape(sizes)
        guard output.count == input.count else {
            throw .invalid("\(input) cannot become \(wanted): \(input.count) elements")
        }
        return output
    }

    /// The target for an input of another size than the one for which it was written.
    ///
    /// Input and target are cut into the shortest pieces of equal products; a piece whose input is
    /// as exported stays, one that is a single dimension takes the new product.
    private static func carried(
        _ target: Shape,
        from exported: Shape,
        to actual: Shape,
        _ memory: ReshapeMemory
    ) throws(InferenceError) -> Shape {
        let problem = InferenceError(
            code: .invalidInput,
            message: "the model is made for another size of input: \(exported) becomes \(target), "
                + "but what \(actual) becomes cannot be told; export the model for this size"
        )
        guard exported.rank == actual.rank, exported.count > 0, actual.count > 0 else {
            throw problem
        }
        var sizes: [Int] = []
        for piece in pieces(exported.dimensions, target.dimensions) {
            let old = Array(exported.dimensions[piece.input])
            let new = Array(actual.dimensions[piece.input])
            let written = Array(target.dimensions[piece.target])
            let product = new.reduce(1, *)
            if old == new {
                sizes += written
            } else if written.count == 1 {
                memory.merge(old, new)
                sizes.append(product)
            } else if written.filter({ $0 != 1 }).count == 1 {
                sizes += written.map { $0 == 1 ? 1 : product }
            } else if let known = memory.split(written, product: product) {
                sizes += known
            } else {
                throw problem
            }
        }
        let output = try Shape(sizes)
        guard output.count == actual.count else { throw problem }
        return output
    }

    /// Cuts two lists of sizes with equal products into pieces with equal products.
    private static func pieces(
        _ input: [Int],
        _ target: [Int]
    )
        -> [(input: Range<Int>, target: Range<Int>)]
    {
        var result: [(input: Range<Int>, target: Range<Int>)] = []
        var (i, t) = (0, 0)
        while i < input.count || t < target.count {
            let (firstInput, firstTarget) = (i, t)
            // A dimension of 1 meets another as a piece of its own; alone it joins nothing.
            var left = i < input.count ? input[i] : 1
            var right = t < target.count ? target[t] : 1
            if i < input.count, t == target.count || left == 1 && right != 1 {
                i += 1
            } else if t < target.count, i == input.count || right == 1 && left != 1 {
                t += 1
            } else {
                (i, t) = (i + 1, t + 1)
                while left != right {
                    if left < right, i < input.count {
                        left *= input[i]
                        i += 1
                    } else if t < target.count {
                        right *= target[t]
                        t += 1
                    } else {
                        break
                    }
                }
            }
            result.append((firstInput..<i, firstTarget..<t))
        }
        return result
    }
}
