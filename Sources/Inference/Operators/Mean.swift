internal import Kernels

/// Means over some dimensions.
struct Mean: Computation {
    let input: Shape
    let output: Shape
    private let reduced: Set<Int>
    private let length: Int

    init(_ input: Shape, over axes: Set<Int>, keepsDimensions: Bool) throws(InferenceError) {
        self.input = input
        reduced = axes
        length = axes.map { input[$0] }.reduce(1, *)
        guard length > 0 else { throw .invalid("the mean of no elements of shape \(input)") }
        output = try Shape(
            input.dimensions.indices.compactMap { axis in
                axes.contains(axis) ? (keepsDimensions ? 1 : nil) : input[axis]
            }
        )
    }

    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [output] }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (source, target) = (memory.inputs[0], memory.outputs[0])
        let (count, length) = (output.count, length)
        if reduced == Set((input.rank - reduced.count)..<input.rank) {
            let vector = kernels.vector
            return { vector.averages(source, channels: count, plane: length, output: target) }
        }
        let walk = StridedWalk(input.dimensions, strides: [input.strides, outputStrides])
        let factor = 1 / Float(length)
        return {
            target.update(repeating: 0, count: count)
            walk.forEachRun { from, to, _ in
                for index in 0..<walk.runLength {
                    target[to + index * walk.runStrides[1]] +=
                        source[from + index * walk.runStrides[0]]
                }
            }
            for index in 0..<count {
                target[index] *= factor
            }
        }
    }

    /// Strides of the output in terms of the input's dimensions: 0 where they are summed up.
    private var outputStrides: [Int] {
        var strides = [Int](repeating: 0, count: input.rank)
        var next = 1
        for axis in (0..<input.rank).reversed() where !reduced.contains(axis) {
            strides[axis] = next
            next *= input[axis]
        }
        return strides
    }
}
