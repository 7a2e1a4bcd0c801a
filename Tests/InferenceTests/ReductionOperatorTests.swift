import Foundation
import Testing

@testable import Inference

@Suite struct ReductionOperatorTests {
    @Test("Means over random axes are sums divided by their number", arguments: 0..<24)
    func mean(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let input = random.array(random.sizes(4, 1...5))
        let axes = (0..<4).filter { _ in Bool.random(using: &random) }
        let shape = (0..<4).map { axes.contains($0) ? 1 : input.shape[$0] }
        let result = try apply("ReduceMean", ["axes": .integers(axes)], to: [.computed(input)])
        var sums = [Double](repeating: 0, count: shape.reduce(1, *))
        _ = NaiveArray(shape: input.shape) { index in
            let target = (0..<4).reduce(0) { position, dimension in
                position * shape[dimension] + (axes.contains(dimension) ? 0 : index[dimension])
            }
            sums[target] += Double(input[index])
            return 0
        }
        let count = Double(input.values.count / sums.count)
        let expected = NaiveArray(shape: shape, values: sums.map { Float($0 / count) })
        #expect(difference(result[0], expected) < 1e-5)
        if axes == [2, 3] {
            #expect(try apply("GlobalAveragePool", to: [.computed(input)]) == result)
        }
    }

    @Test("The mean of planes is the mean over rows and columns")
    func planes() throws {
        var random = SeededRandom(1)
        let input = random.array([2, 3, 7, 5])
        let pooled = try apply("GlobalAveragePool", to: [.computed(input)])
        let expected = NaiveArray(shape: [2, 3, 1, 1]) { index in
            let first = (index[0] * 3 + index[1]) * 35
            return input.values[first..<first + 35].reduce(0, +) / 35
        }
        #expect(difference(pooled[0], expected) < 1e-5)
    }

    @Test("Softmax along any axis sums up to 1 in the ratios of exponentials", arguments: 0..<12)
    func softmax(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let input = random.array(random.sizes(3, 1...6))
        let axis = random.size(0...2)
        let result = try apply("Softmax", ["axis": .integer(axis - 3)], to: [.computed(input)])
        let expected = NaiveArray(shape: input.shape) { index in
            let all = (0..<input.shape[axis]).map { position in
                var other = index
                other[axis] = position
                return exp(Double(input[other]))
            }
            return Float(exp(Double(input[index])) / all.reduce(0, +))
        }
        #expect(difference(result[0], expected) < 1e-5)
    }

    @Test("Batch normalisation centres and scales each channel")
    func batchNormalization() throws {
        var random = SeededRandom(2)
        for shape in [[3, 4], [2, 4, 5], [1, 4, 3, 6]] {
            let input = random.array(shape)
            var four = (0..<4).map { _ in random.array([4]) }
            four[3].values = four[3].values.map { abs($0) + 0.1 }
            let result = try apply(
                "BatchNormalization",
                ["epsilon": .float(0.01)],
                to: [.computed(input)] + four.map(OperatorInput.weights)
            )
            let expected = NaiveArray(shape: shape) { index in
                let channel = [index[1]]
                let centred = (input[index] - four[2][channel]) / sqrt(four[3][channel] + 0.01)
                return centred * four[0][channel] + four[1][channel]
            }
            #expect(difference(result[0], expected) < 1e-5)
        }
    }

    @Test("Products of stacks of matrices are sums over the inner size", arguments: 0..<20)
    func matMul(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let (rows, depth, columns) = (random.size(1...6), random.size(1...9), random.size(1...6))
        let stack = random.sizes(2, 1...3)
        let left = random.array([seed % 2 == 0 ? 1 : stack[0], stack[1], rows, depth])
        let right = random.array(
            (seed % 3 == 0 ? [] : [stack[0], seed % 3 == 1 ? 1 : stack[1]]) + [depth, columns]
        )
        let result = try apply("MatMul", to: [.computed(left), .computed(right)])
        let leading = right.shape.count == 2 ? left.shape[0] : stack[0]
        let expected = NaiveArray(shape: [leading, stack[1], rows, columns]) { index in
            (0..<depth).reduce(0) { sum, step in
                let a = left.broadcast([index[0], index[1], index[2], step])
                let b = right.broadcast([index[0], index[1], step, index[3]])
                return sum + a * b
            }
        }
        #expect(difference(result[0], expected) < 1e-5)
    }

    @Test("Gemm scales, swaps and adds", arguments: 0..<16)
    func gemm(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let (rows, depth, columns) = (random.size(1...6), random.size(1...9), random.size(1...6))
        let (swapsLeft, swapsRight) = (seed & 1 == 1, seed & 2 == 2)
        let left = random.array(swapsLeft ? [depth, rows] : [rows, depth])
        let right = random.array(swapsRight ? [columns, depth] : [depth, columns])
        let third = random.array([[columns], [rows, 1], [1], [rows, columns]][Int(seed / 4)])
        let result = try apply(
            "Gemm",
            [
                "transA": .integer(swapsLeft ? 1 : 0), "transB": .integer(swapsRight ? 1 : 0),
                "alpha": .float(0.5), "beta": .float(-2),
            ],
            to: [.computed(left), .weights(right), .weights(third)]
        )
        let expected = NaiveArray(shape: [rows, columns]) { index in
            let sum: Float = (0..<depth).reduce(0) { sum, step in
                let a = left[swapsLeft ? [step, index[0]] : [index[0], step]]
                let b = right[swapsRight ? [index[1], step] : [step, index[1]]]
                return sum + a * b
            }
            return 0.5 * sum - 2 * third.broadcast(index)
        }
        #expect(difference(result[0], expected) < 1e-5)
    }
}
