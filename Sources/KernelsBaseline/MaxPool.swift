public import KernelWork

/// The largest value under a window: first along rows, then down columns.
///
/// `offsets` holds those of the window's columns, then those of its rows; the latter count phase
/// planes of columns' results, one for each row phase. `sums` has room for these and one result.
public func maxPool(_ work: UnsafePointer<SlidingWork>) {
    let plane = work.pointee.height &* work.pointee.width
    let outputPlane = work.pointee.outputHeight &* work.pointee.outputWidth
    let (strideY, strideX) = (work.pointee.strideY, work.pointee.strideX)
    let (across, length) = (work.pointee.sums, work.pointee.planeLength)
    let down = across + strideY &* length
    for channel in 0..<work.pointee.inputChannels {
        var row = 0
        while row < work.pointee.outputHeight {
            let rows = min(work.pointee.bandRows, work.pointee.outputHeight &- row)
            spreadPhases(
                work,
                work.pointee.input + channel &* plane,
                work.pointee.source,
                row
            )
            for phase in 0..<strideY {
                largestTaps(
                    UnsafePointer(work.pointee.source + phase &* strideX &* length),
                    work.pointee.offsets,
                    work.pointee.kernelWidth,
                    across + phase &* length,
                    work.pointee.sourceRows &* work.pointee.rowLength
                )
            }
            largestTaps(
                UnsafePointer(across),
                work.pointee.offsets + work.pointee.kernelWidth,
                work.pointee.kernelHeight,
                down,
                rows &* work.pointee.rowLength
            )
            let output = work.pointee.output + channel &* outputPlane
            compact(
                work,
                UnsafePointer(down),
                output + row &* work.pointee.outputWidth,
                rows,
                end: work.pointee.outputEnd
            )
            row &+= rows
        }
    }
}

/// `output[i] = max over t of source[offsets[t] + i]`, up to the end of the last vector.
func largestTaps(
    _ source: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ taps: Int,
    _ output: UnsafeMutablePointer<Float>,
    _ count: Int
) {
    var index = 0
    while index < count {
        var most = load(source + index + offsets[0])
        for tap in 1..<taps {
            most = larger(most, load(source + index + offsets[tap]))
        }
        store(most, output + index)
        index &+= lanes
    }
}
