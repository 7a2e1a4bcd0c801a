public import KernelWork

/// Convolves with dense filters of any size, stride, dilation and pads, one group.
///
/// `offsets` has an entry for each input channel and tap. `source` has room for the phase planes of
/// all input channels, `sums` for `sumsLength` floats of each output channel of the packed blocks.
public func dense(_ work: UnsafePointer<SlidingWork>) {
    let planes = work.pointee.strideY &* work.pointee.strideX &* work.pointee.planeLength
    var row = 0
    while row < work.pointee.outputHeight {
        let rows = min(work.pointee.bandRows, work.pointee.outputHeight &- row)
        for channel in 0..<work.pointee.inputChannels {
            let plane = work.pointee.height &* work.pointee.width
            spreadPhases(
                work,
                work.pointee.input + channel &* plane,
                work.pointee.source + channel &* planes,
                row
            )
        }
        denseBand(work, columns: rows &* work.pointee.rowLength)
        for channel in 0..<work.pointee.outputChannels {
            let plane = work.pointee.outputHeight &* work.pointee.outputWidth
            let output = work.pointee.output + channel &* plane
            compact(
                work,
                UnsafePointer(work.pointee.sums) + channel &* work.pointee.sumsLength,
                output + row &* work.pointee.outputWidth,
                rows,
                end: output + plane
            )
        }
        row &+= rows
    }
}

/// Sums and activations of a band in flat form.
func denseBand(_ work: UnsafePointer<SlidingWork>, columns: Int) {
    let taps = work.pointee.kernelHeight &* work.pointee.kernelWidth
    let terms = work.pointee.inputChannels &* taps
    let stride = work.pointee.sumsLength
    var column = 0
    while column < columns {
        let isWide = columns &- column > lanes
        let base = UnsafePointer(work.pointee.source + column)
        var (weights, bias) = (work.pointee.weights, work.pointee.bias)
        var sums = work.pointee.sums + column
        var remaining = work.pointee.outputChannels
        while remaining > 0 {
            let height = blockHeight(remaining)
            sumBlock(
                height: height,
                isWide: isWide,
                base,
                work.pointee.offsets,
                terms,
                weights,
                bias,
                sums,
                stride
            )
            activateTile(
                sums,
                rows: height,
                stride: stride,
                columns: isWide ? lanes &* 2 : lanes,
                work
            )
            weights += height &* terms
            bias += height
            sums += height &* stride
            remaining &-= height
        }
        column &+= lanes &* 2
    }
}
