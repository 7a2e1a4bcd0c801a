public import KernelWork

/// Convolves each input channel with filters of its own, any size, stride, dilation and pads.
///
/// `weights` are `[output channel][tap]`, `offsets` has an entry for each tap; output channel `c`
/// reads input channel `c * inputChannels / outputChannels`.
public func depthwise(_ work: UnsafePointer<SlidingWork>) {
    let filters = work.pointee.outputChannels / work.pointee.inputChannels
    let plane = work.pointee.height &* work.pointee.width
    let outputPlane = work.pointee.outputHeight &* work.pointee.outputWidth
    var (output, pending) = (work.pointee.output, work.pointee.output)
    for channel in 0..<work.pointee.outputChannels {
        let input = work.pointee.input + channel / filters &* plane
        var row = 0
        while row < work.pointee.outputHeight {
            let rows = min(work.pointee.bandRows, work.pointee.outputHeight &- row)
            depthwiseBand(
                work,
                channel,
                input,
                output + row &* work.pointee.outputWidth,
                row,
                rows
            )
            row &+= rows
        }
        output += outputPlane
        if output - pending >= 4_096 || channel &+ 1 == work.pointee.outputChannels {
            activatePending(work, pending, output)
            pending = output
        }
    }
}

/// Rows of one output channel, without activation.
@inline(__always)
func depthwiseBand(
    _ work: UnsafePointer<SlidingWork>,
    _ channel: Int,
    _ input: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ row: Int,
    _ rows: Int
) {
    let taps = work.pointee.kernelHeight &* work.pointee.kernelWidth
    let columns = rows &* work.pointee.rowLength
    let whole = (columns &+ lanes &- 1) / lanes &* lanes
    spreadPhases(work, input, work.pointee.source, row)
    sumTaps(
        UnsafePointer(work.pointee.source),
        work.pointee.offsets,
        taps,
        work.pointee.weights + channel &* taps,
        work.pointee.bias[channel],
        work.pointee.sums,
        whole
    )
    compact(work, UnsafePointer(work.pointee.sums), output, rows, end: work.pointee.outputEnd)
}

/// Applies the activation to results that lie one after the other.
@inline(__always)
func activatePending(
    _ work: UnsafePointer<SlidingWork>,
    _ start: UnsafeMutablePointer<Float>,
    _ end: UnsafeMutablePointer<Float>
) {
    guard work.pointee.activation != .none else { return }
    activate(
        start,
        start,
        end - start,
        work.pointee.activation,
        work.pointee.low,
        work.pointee.high
    )
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
