public import KernelWork

/// Convolves each input channel with filters of its own, any size, stride, dilation and pads.
///
/// `weights` are `[output channel][tap]`, `offsets` has an entry for each tap; output channel `c`
/// reads input channel `c * inputChannels / outputChannels`.
public func depthwise(_ work: UnsafePointer<SlidingWork>) {
    let taps = work.pointee.kernelHeight &* work.pointee.kernelWidth
    let filters = work.pointee.outputChannels / work.pointee.inputChannels
    let plane = work.pointee.height &* work.pointee.width
    let outputPlane = work.pointee.outputHeight &* work.pointee.outputWidth
    var output = work.pointee.output
    var (weights, bias) = (work.pointee.weights, work.pointee.bias)
    for channel in 0..<work.pointee.inputChannels {
        let input = work.pointee.input + channel &* plane
        for _ in 0..<filters {
            var row = 0
            while row < work.pointee.outputHeight {
                let rows = min(work.pointee.bandRows, work.pointee.outputHeight &- row)
                spreadPhases(work, input, work.pointee.source, row)
                let columns = rows &* work.pointee.rowLength
                let whole = (columns &+ lanes &- 1) / lanes &* lanes
                sumTaps(
                    UnsafePointer(work.pointee.source),
                    work.pointee.offsets,
                    taps,
                    weights,
                    bias.pointee,
                    work.pointee.sums,
                    whole
                )
                activateTile(work.pointee.sums, rows: 1, stride: 0, columns: whole, work)
                compact(
                    work,
                    UnsafePointer(work.pointee.sums),
                    output + row &* work.pointee.outputWidth,
                    rows,
                    end: work.pointee.outputEnd
                )
                row &+= rows
            }
            weights += taps
            bias += 1
            output += outputPlane
        }
    }
}

/// `sums[i] = bias + sum over t of weights[t] * source[offsets[t] + i]` for whole vectors.
func sumTaps(
    _ source: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ taps: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: Float,
    _ sums: UnsafeMutablePointer<Float>,
    _ count: Int
) {
    let start = Vector(repeating: bias)
    var index = 0
    while index &+ 4 &* lanes <= count {
        var (a, b, c, d) = (start, start, start, start)
        for tap in 0..<taps {
            let from = source + index + offsets[tap]
            let weight = Vector(repeating: weights[tap])
            a = fused(a, weight, load(from))
            b = fused(b, weight, load(from + lanes))
            c = fused(c, weight, load(from + 2 &* lanes))
            d = fused(d, weight, load(from + 3 &* lanes))
        }
        store(a, b, sums + index)
        store(c, d, sums + index + 2 &* lanes)
        index &+= 4 &* lanes
    }
    while index < count {
        var a = start
        for tap in 0..<taps {
            a = fused(a, Vector(repeating: weights[tap]), load(source + index + offsets[tap]))
        }
        store(a, sums + index)
        index &+= lanes
    }
}
