public import KernelWork

/// Applies an activation to `count` floats; input and output may be the same.
public func activate(
    _ input: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ count: Int,
    _ kind: ActivationKind,
    _ low: Float,
    _ high: Float
) {
    let whole = count &- count % lanes
    activateRows(input, output, 1, 0, whole, kind, low, high)
    guard whole < count else { return }
    var tail = Vector.zero
    withUnsafeMutablePointer(to: &tail) { pointer in
        UnsafeMutableRawPointer(pointer).withMemoryRebound(to: Float.self, capacity: lanes) {
            copy(input + whole, $0, count &- whole)
            activateRows($0, $0, 1, 0, lanes, kind, low, high)
            copy($0, output + whole, count &- whole)
        }
    }
}

/// Applies an activation to rows of a tile in place; `columns` is a multiple of `lanes`.
@inline(__always)
func activateTile(
    _ tile: UnsafeMutablePointer<Float>,
    rows: Int,
    stride: Int,
    columns: Int,
    _ work: UnsafePointer<SlidingWork>
) {
    guard work.pointee.activation != .none else { return }
    activateRows(
        tile,
        tile,
        rows,
        stride,
        columns,
        work.pointee.activation,
        work.pointee.low,
        work.pointee.high
    )
}

/// Applies an activation to rows that lie `stride` apart; `columns` is a multiple of `lanes`.
// Long because each activation has loops of its own, with its constants in registers.
func activateRows(
    _ input: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ rows: Int,
    _ stride: Int,
    _ columns: Int,
    _ kind: ActivationKind,
    _ low: Float,
    _ high: Float
) {
    let (lowest, highest) = (Vector(repeating: low), Vector(repeating: high))
    var (from, to, row) = (input, output, 0)
    switch kind {
    case .relu:
        while row < rows {
            var index = 0
            while index < columns {
                store(larger(load(from + index), .zero), to + index)
                index &+= lanes
            }
            (from, to, row) = (from + stride, to + stride, row &+ 1)
        }
    case .leakyRelu:
        while row < rows {
            var index = 0
            while index < columns {
                let x = load(from + index)
                store(x.replacing(with: x * lowest, where: x .< .zero), to + index)
                index &+= lanes
            }
            (from, to, row) = (from + stride, to + stride, row &+ 1)
        }
    case .sigmoid:
        while row < rows {
            var index = 0
            while index < columns {
                store(logistic(load(from + index)), to + index)
                index &+= lanes
            }
            (from, to, row) = (from + stride, to + stride, row &+ 1)
        }
    case .silu:
        while row < rows {
            var index = 0
            while index < columns {
                let x = load(from + index)
                store(x * logistic(x), to + index)
                index &+= lanes
            }
            (from, to, row) = (from + stride, to + stride, row &+ 1)
        }
    case .hardSwish:
        while row < rows {
            var index = 0
            while index < columns {
                let x = load(from + index)
                let ramp = larger(x + Vector(repeating: 3), .zero)
                let gain = smaller(ramp, Vector(repeating: 6)) * Vector(repeating: 1 / 6)
                store(x * gain, to + index)
                index &+= lanes
            }
            (from, to, row) = (from + stride, to + stride, row &+ 1)
        }
    case .clip:
        while row < rows {
            var index = 0
            while index < columns {
                store(smaller(larger(load(from + index), lowest), highest), to + index)
                index &+= lanes
            }
            (from, to, row) = (from + stride, to + stride, row &+ 1)
        }
    case .none:
        while row < rows && from != UnsafePointer(to) {
            copy(from, to, columns)
            (from, to, row) = (from + stride, to + stride, row &+ 1)
        }
    }
}
