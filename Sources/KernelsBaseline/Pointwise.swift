public import KernelWork

/// Convolves with filters of one pixel, stride 1 and no pads: a product of matrices.
///
/// `offsets` are those of whole planes, `panelOffsets` those of a panel of two vectors of columns.
/// `source` has room for a panel, `sums` for the highest block of one panel.
public func pointwise(_ work: UnsafePointer<SlidingWork>) {
    let columns = work.pointee.height &* work.pointee.width
    let panel = lanes &* 2
    // A panel that many blocks read is copied once: rows that lie a plane apart fight for the
    // cache.
    let isReused = work.pointee.outputChannels > 24
    var column = 0
    while column < columns {
        let count = min(panel, columns &- column)
        if isReused || count < panel {
            packPanel(work, column, count)
            pointwisePanel(
                work,
                UnsafePointer(work.pointee.source),
                work.pointee.panelOffsets,
                column,
                count
            )
        } else {
            pointwisePanel(
                work,
                work.pointee.input + column,
                work.pointee.offsets,
                column,
                count
            )
        }
        column &+= panel
    }
}

/// Copies columns of all input channels side by side; missing columns become zero.
@inline(__always)
func packPanel(_ work: UnsafePointer<SlidingWork>, _ column: Int, _ count: Int) {
    let plane = work.pointee.height &* work.pointee.width
    var from = work.pointee.input + column
    var to = work.pointee.source
    let panel = lanes &* 2
    if count == panel {
        for _ in 0..<work.pointee.inputChannels {
            store(load(from), load(from + lanes), to)
            from += plane
            to += panel
        }
    } else {
        for _ in 0..<work.pointee.inputChannels {
            store(.zero, .zero, to)
            copy(from, to, count)
            from += plane
            to += panel
        }
    }
}

/// All output channels of one panel.
func pointwisePanel(
    _ work: UnsafePointer<SlidingWork>,
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ column: Int,
    _ count: Int
) {
    let plane = work.pointee.height &* work.pointee.width
    let terms = work.pointee.inputChannels
    let isWide = count > lanes
    let computed = isWide ? lanes &* 2 : lanes
    let sums = work.pointee.sums
    var (weights, bias) = (work.pointee.weights, work.pointee.bias)
    var output = work.pointee.output + column
    var remaining = work.pointee.outputChannels
    while remaining > 0 {
        let height = blockHeight(remaining)
        let rows = min(height, remaining)
        if count == computed && rows == height {
            sumBlock(
                height: height,
                isWide: isWide,
                base,
                offsets,
                terms,
                weights,
                bias,
                output,
                plane
            )
            activateTile(output, rows: rows, stride: plane, columns: computed, work)
        } else {
            sumBlock(
                height: height,
                isWide: isWide,
                base,
                offsets,
                terms,
                weights,
                bias,
                sums,
                computed
            )
            activateTile(sums, rows: rows, stride: computed, columns: computed, work)
            for row in 0..<rows {
                copy(sums + row &* computed, output + row &* plane, count)
            }
        }
        weights += height &* terms
        bias += height
        output += height &* plane
        remaining &-= height
    }
}
