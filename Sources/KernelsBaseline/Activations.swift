internal import KernelWork

/// Applies an activation to `count` floats; input and output may be the same.
public func activate(
    _ input: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ count: Int,
    _ kind: Int,
    _ low: Float,
    _ high: Float
) {
    let whole = count &- count % lanes
    activateVectors(input, output, whole, kind, low, high)
    guard whole < count else { return }
    var tail = Vector.zero
    withUnsafeMutablePointer(to: &tail) { pointer in
        UnsafeMutableRawPointer(pointer).withMemoryRebound(to: Float.self, capacity: lanes) {
            copy(input + whole, $0, count &- whole)
            activateVectors($0, $0, lanes, kind, low, high)
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
    let kind = work.pointee.activation
    guard kind != .none else { return }
    var row = tile
    for _ in 0..<rows {
        activateVectors(row, row, columns, kind.rawValue, work.pointee.low, work.pointee.high)
        row += stride
    }
}

/// Applies an activation to `count` floats, a multiple of `lanes`.
func activateVectors(
    _ input: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ count: Int,
    _ kind: Int,
    _ low: Float,
    _ high: Float
) {
    let (lowest, highest) = (Vector(repeating: low), Vector(repeating: high))
    var index = 0
    switch ActivationKind(rawValue: kind) {
    case .relu:
        while index < count {
            store(larger(load(input + index), .zero), output + index)
            index &+= lanes
        }
    case .leakyRelu:
        while index < count {
            let x = load(input + index)
            store(x.replacing(with: x * lowest, where: x .< .zero), output + index)
            index &+= lanes
        }
    case .sigmoid:
        while index < count {
            store(logistic(load(input + index)), output + index)
            index &+= lanes
        }
    case .silu:
        while index < count {
            let x = load(input + index)
            store(x * logistic(x), output + index)
            index &+= lanes
        }
    case .hardSwish:
        let six = Vector(repeating: 6)
        while index < count {
            let x = load(input + index)
            let ramp = smaller(larger(x + Vector(repeating: 3), .zero), six)
            store(x * ramp * Vector(repeating: 1 / 6), output + index)
            index &+= lanes
        }
    case .clip:
        while index < count {
            store(smaller(larger(load(input + index), lowest), highest), output + index)
            index &+= lanes
        }
    case .some(.none), nil:
        guard input != UnsafePointer(output) else { return }
        copy(input, output, count)
    }
}
