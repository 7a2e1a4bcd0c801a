internal import Kernels

/// Pictures with other numbers of rows and columns.
struct Resizing: Computation {
    let input: Shape
    let output: Shape
    let rows: ResizeAxis
    let columns: ResizeAxis
    var operandPositions: [Int] { [0] }
    var outputShapes: [Shape] { [output] }
    var weightBytes: Int { (output[2] + output[3]) * 3 * MemoryLayout<Int>.size }

    func bind(to memory: StepMemory, _ kernels: KernelChoice) -> Step {
        let (source, target) = (memory.inputs[0], memory.outputs[0])
        let planes = input[0] * input[1]
        let (height, width) = (input[2], input[3])
        if doubles {
            let vector = kernels.vector
            return {
                vector.doubleSize(
                    source,
                    channels: planes,
                    height: height,
                    width: width,
                    output: target
                )
            }
        }
        let outputPlane = output[2] * output[3]
        let isNearest = rows.weight.allSatisfy { $0 == 0 } && columns.weight.allSatisfy { $0 == 0 }
        return {
            for plane in 0..<planes {
                let from = source + plane * height * width
                let to = target + plane * outputPlane
                if isNearest {
                    nearest(from, to)
                } else {
                    linear(from, to)
                }
            }
        }
    }

    /// Whether each element becomes a square of four.
    private var doubles: Bool {
        rows.first == (0..<input[2] * 2).map { $0 / 2 }
            && columns.first == (0..<input[3] * 2).map { $0 / 2 }
            && rows.weight.allSatisfy { $0 == 0 } && columns.weight.allSatisfy { $0 == 0 }
    }

    private func nearest(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        columns.first.withUnsafeBufferPointer { columns in
            for row in 0..<output[2] {
                let from = source + rows.first[row] * input[3]
                let to = target + row * columns.count
                for column in 0..<columns.count {
                    to[column] = from[columns[column]]
                }
            }
        }
    }

    private func linear(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        for row in 0..<output[2] {
            let upper = source + rows.first[row] * input[3]
            let lower = source + rows.second[row] * input[3]
            let down = rows.weight[row]
            let to = target + row * output[3]
            for column in 0..<output[3] {
                let (left, right) = (columns.first[column], columns.second[column])
                let aside = columns.weight[column]
                let above = upper[left] + (upper[right] - upper[left]) * aside
                let below = lower[left] + (lower[right] - lower[left]) * aside
                to[column] = above + (below - above) * down
            }
        }
    }
}
