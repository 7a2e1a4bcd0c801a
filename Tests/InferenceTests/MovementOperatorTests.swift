import Testing

@testable import Inference

@Suite struct MovementOperatorTests {
    @Test("Transposed elements are found at swapped indices", arguments: 0..<30)
    func transpose(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let input = random.array(random.sizes(random.size(1...5), 1...5))
        let order = Array(input.shape.indices).shuffled(using: &random)
        let result = try apply("Transpose", ["perm": .integers(order)], to: [.computed(input)])
        let expected = NaiveArray(shape: order.map { input.shape[$0] }) { index in
            var original = index
            for (position, dimension) in order.enumerated() {
                original[dimension] = index[position]
            }
            return input[original]
        }
        #expect(result == [expected])
    }

    @Test("Slices take every n-th element from start to end", arguments: 0..<40)
    func slice(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let input = random.array(random.sizes(3, 2...9))
        let axis = random.size(0...2)
        let size = input.shape[axis]
        let step = [-3, -2, -1, 1, 2, 3][random.size(0...5)]
        let (start, end) = (random.size(-size - 2...size + 2), random.size(-size - 2...size + 2))
        // As a list would be sliced in Python.
        let low = step > 0 ? 0 : -1
        let high = step > 0 ? size : size - 1
        let from = min(max(start < 0 ? start + size : start, low), high)
        let to = min(max(end < 0 ? end + size : end, low), high)
        let taken = Array(stride(from: from, to: to, by: step))
        let result = try apply(
            "Slice",
            to: [.computed(input), .integers([start]), .integers([end]), .integers([axis - 3])]
                + [.integers([step])]
        )
        var shape = input.shape
        shape[axis] = taken.count
        let expected = NaiveArray(shape: shape) { index in
            var original = index
            original[axis] = taken[index[axis]]
            return input[original]
        }
        #expect(result == [expected])
    }

    @Test("What is split is whole again when it is concatenated", arguments: 0..<20)
    func splitAndConcat(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let sizes = random.sizes(random.size(1...4), 0...4)
        var shape = random.sizes(3, 1...5)
        let axis = random.size(0...2)
        shape[axis] = sizes.reduce(0, +)
        let input = random.array(shape)
        let parts = try apply(
            "Split",
            ["axis": .integer(axis)],
            to: [.computed(input), .integers(sizes)],
            outputs: sizes.count
        )
        var start = 0
        for (part, size) in zip(parts, sizes) {
            var shape = shape
            shape[axis] = size
            let expected = NaiveArray(shape: shape) { index in
                var original = index
                original[axis] += start
                return input[original]
            }
            #expect(part == expected)
            start += size
        }
        let whole = try apply(
            "Concat",
            ["axis": .integer(axis)],
            to: parts.map(OperatorInput.computed)
        )
        #expect(whole == [input])
    }

    @Test("Pads surround a tensor, negative ones cut it", arguments: 0..<20)
    func pad(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let input = random.array(random.sizes(3, 3...6))
        let pads = random.sizes(6, -1...3)
        let value = NaiveArray(shape: [], values: [0.5])
        let result = try apply(
            "Pad",
            ["mode": .string("constant")],
            to: [.computed(input), .integers(pads), .weights(value)]
        )
        let shape = (0..<3).map { input.shape[$0] + pads[$0] + pads[$0 + 3] }
        let expected = NaiveArray(shape: shape) { index in
            input.element((0..<3).map { index[$0] - pads[$0] }, or: 0.5)
        }
        #expect(result == [expected])
    }

    @Test("Gathered elements are those of the indices", arguments: 0..<20)
    func gather(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let input = random.array(random.sizes(3, 1...6))
        let axis = random.size(0...2)
        let size = input.shape[axis]
        let wanted = random.sizes(random.size(1...5), -size...size - 1)
        let result = try apply(
            "Gather",
            ["axis": .integer(axis)],
            to: [.computed(input), .integers(wanted)]
        )
        var shape = input.shape
        shape[axis] = wanted.count
        let expected = NaiveArray(shape: shape) { index in
            var original = index
            original[axis] = (wanted[index[axis]] + size) % size
            return input[original]
        }
        #expect(result == [expected])
    }

    @Test("Shapes change and elements stay")
    func aliases() throws {
        var random = SeededRandom(3)
        let input = random.array([2, 1, 3, 4])
        func shape(
            _ kind: String,
            _ attributes: [String: Attributes.Value] = [:],
            _ list: [Int]? = nil
        )
            throws -> [Int]
        {
            let more = list.map { [OperatorInput.integers($0)] } ?? []
            let result = try apply(kind, attributes, to: [.computed(input)] + more)
            #expect(result[0].values == input.values)
            return result[0].shape
        }
        #expect(try shape("Reshape", [:], [0, -1, 6]) == [2, 2, 6])
        #expect(try shape("Flatten", ["axis": .integer(-1)]) == [6, 4])
        #expect(try shape("Squeeze", [:], [1]) == [2, 3, 4])
        #expect(try shape("Squeeze") == [2, 3, 4])
        #expect(try shape("Unsqueeze", [:], [0, -1]) == [1, 2, 1, 3, 4, 1])
        #expect(try shape("Cast", ["to": .integer(1)]) == [2, 1, 3, 4])
        #expect(try shape("Identity") == [2, 1, 3, 4])
    }

    @Test("Constants are what the attributes say")
    func constants() throws {
        let tensor = Tensor(shape: Shape(vector: 1), integers: [4])
        #expect(
            try apply("Constant", ["value_ints": .integers([3, 4])], to: [])[0].values == [3, 4]
        )
        #expect(try apply("Constant", ["value_float": .float(2)], to: [])[0].shape == [])
        #expect(
            try apply("ConstantOfShape", ["value": .tensor(tensor)], to: [.integers([2, 2])])[0]
                == NaiveArray(shape: [2, 2], values: [4, 4, 4, 4])
        )
        let input = NaiveArray(shape: [2, 1, 3], values: [1, 2, 3, 4, 5, 6])
        #expect(try apply("Shape", to: [.computed(input)])[0].values == [2, 1, 3])
        #expect(
            try apply("Shape", ["start": .integer(-1)], to: [.computed(input)], opset: 15)[0].values
                == [3]
        )
        #expect(
            try apply("Cast", ["to": .integer(7)], to: [.weights(input)])[0].values == input.values
        )
    }
}
