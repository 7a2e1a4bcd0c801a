/// Products of row-major matrices: `[rows, depth] * [depth, columns]`, and what Gemm adds to it.
struct MatrixProduct: Computation {
    let output: Shape
    let rows: Int
    let columns: Int
    let depth: Int
    /// Positions of matrices in both factors and the output, counted in matrices.
    var stack = StridedWalk([], strides: [[], [], []])
    var stackCount = 1
    /// Whether the factors are stored with rows and columns swapped.
    var leftIsSwapped = false
    var rightIsSwapped = false
    var factor: Float = 1
    /// What is added before the product: the strides of rows and columns of a third operand.
    var summand: (rowStride: Int, columnStride: Int, factor: Float)?

    init(output: Shape, rows: Int, columns: Int, depth: Int) {
        self.output = output
        self.rows = rows
        self.columns = columns
        self.depth = depth
    }

    var operandPositions: [Int] { summand == nil ? [0, 1] : [0, 1, 2] }
    var outputShapes: [Shape] { [output] }
    var multiplyAdds: Int { stackCount * rows * columns * depth }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (left, right, target) = (memory.inputs[0], memory.inputs[1], memory.outputs[0])
        let third = summand == nil ? nil : memory.inputs[2]
        return {
            stack.forEachRun { leftStart, rightStart, outputStart in
                for index in 0..<stack.runLength {
                    let a = leftStart + index * stack.runStrides[0]
                    let b = rightStart + index * stack.runStrides[1]
                    let c = outputStart + index * stack.runStrides[2]
                    multiply(
                        left + a * rows * depth,
                        right + b * depth * columns,
                        third,
                        target + c * rows * columns
                    )
                }
            }
        }
    }

    private func multiply(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        _ third: UnsafePointer<Float>?,
        _ target: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let sums = target + row * columns
            begin(row, third, sums)
            for step in 0..<depth {
                let weight = factor * left[leftIsSwapped ? step * rows + row : row * depth + step]
                if rightIsSwapped {
                    for column in 0..<columns {
                        sums[column] += weight * right[column * depth + step]
                    }
                } else {
                    let line = right + step * columns
                    for column in 0..<columns {
                        sums[column] += weight * line[column]
                    }
                }
            }
        }
    }

    /// Writes what the sums of one row begin with.
    private func begin(
        _ row: Int,
        _ third: UnsafePointer<Float>?,
        _ sums: UnsafeMutablePointer<Float>
    ) {
        guard let third, let summand else {
            return sums.update(repeating: 0, count: columns)
        }
        for column in 0..<columns {
            let position = row * summand.rowStride + column * summand.columnStride
            sums[column] = summand.factor * third[position]
        }
    }
}
