/// Goes through the elements of up to three tensors of the same sizes but different strides.
///
/// Dimensions that lie in memory like one are merged, so that the innermost run is long.
struct StridedWalk: Sendable {
    private static let maximumDimensions = Shape.maximumRank

    /// Elements of a run, and from one to the next in each tensor.
    let runLength: Int
    let runStrides: [Int]
    private let extents: [Int]
    private let strides: [[Int]]
    private let isEmpty: Bool

    /// Plans a walk.
    ///
    /// - Parameters:
    ///   - extents: The sizes, outermost first.
    ///   - strides: For each tensor one stride for each size; 0 repeats, negative goes back.
    init(_ extents: [Int], strides: [[Int]]) {
        var sizes: [Int] = []
        var merged = [[Int]](repeating: [], count: strides.count)
        for (dimension, size) in extents.enumerated() where size != 1 {
            let joins =
                !sizes.isEmpty
                && strides.indices.allSatisfy { tensor in
                    merged[tensor].last == strides[tensor][dimension] * size
                }
            if joins {
                sizes[sizes.count - 1] *= size
            } else {
                sizes.append(size)
            }
            for tensor in strides.indices {
                if joins { merged[tensor].removeLast() }
                merged[tensor].append(strides[tensor][dimension])
            }
        }
        isEmpty = extents.contains(0)
        runLength = sizes.last ?? 1
        runStrides = merged.map { $0.last ?? 1 }
        self.extents = sizes.dropLast()
        self.strides = merged.map { $0.dropLast() }
    }

    /// Calls the body with the position of each run in each tensor, 0 for those not there.
    @inline(__always)
    func forEachRun(_ body: (Int, Int, Int) -> Void) {
        if isEmpty { return }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.maximumDimensions) { counters in
            counters.initialize(repeating: 0)
            var positions = (0, 0, 0)
            while true {
                body(positions.0, positions.1, positions.2)
                var dimension = extents.count - 1
                while dimension >= 0 {
                    counters[dimension] += 1
                    let isDone = counters[dimension] == extents[dimension]
                    let steps = isDone ? 1 - extents[dimension] : 1
                    positions.0 += steps * strides[0][dimension]
                    positions.1 += strides.count > 1 ? steps * strides[1][dimension] : 0
                    positions.2 += strides.count > 2 ? steps * strides[2][dimension] : 0
                    if !isDone { break }
                    counters[dimension] = 0
                    dimension -= 1
                }
                if dimension < 0 { return }
            }
        }
    }

    /// Copies from the first tensor to the second.
    func copy(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        let sourceStride = runStrides[0]
        let targetStride = runStrides[1]
        if sourceStride == 1, targetStride == 1 {
            return forEachRun { from, to, _ in
                (target + to).update(from: source + from, count: runLength)
            }
        }
        forEachRun { from, to, _ in
            let from = source + from
            let to = target + to
            for index in 0..<runLength {
                to[index * targetStride] = from[index * sourceStride]
            }
        }
    }
}
