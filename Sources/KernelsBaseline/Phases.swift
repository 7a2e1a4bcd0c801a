internal import KernelWork

/// Copies the rows of one input plane that a band of output rows needs into its phase planes.
///
/// - Parameters:
///   - work: The window.
///   - plane: The input plane.
///   - target: `strideY * strideX` phase planes of `planeLength`.
///   - firstRow: The first output row of the band.
func spreadPhases(
    _ work: UnsafePointer<SlidingWork>,
    _ plane: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>,
    _ firstRow: Int
) {
    let (strideY, strideX) = (work.pointee.strideY, work.pointee.strideX)
    var phase = target
    for phaseY in 0..<strideY {
        for phaseX in 0..<strideX {
            spreadPhase(work, plane, phase, firstRow, phaseY, phaseX)
            phase += work.pointee.planeLength
        }
    }
}

/// One phase plane: every `strideY`-th row and `strideX`-th column, pads as values.
func spreadPhase(
    _ work: UnsafePointer<SlidingWork>,
    _ plane: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>,
    _ firstRow: Int,
    _ phaseY: Int,
    _ phaseX: Int
) {
    let (strideY, strideX) = (work.pointee.strideY, work.pointee.strideX)
    let (width, height) = (work.pointee.width, work.pointee.height)
    let (rowLength, padValue) = (work.pointee.rowLength, work.pointee.padValue)
    let before = work.pointee.padLeft &- phaseX
    let leading = before <= 0 ? 0 : (before &+ strideX &- 1) / strideX
    let pads = min(leading, rowLength)
    let firstColumn = phaseX &+ leading &* strideX &- work.pointee.padLeft
    let left = width &- firstColumn
    let count = min(
        left <= 0 ? 0 : (left &+ strideX &- 1) / strideX,
        rowLength &- pads
    )
    let trailing = rowLength &- pads &- count

    // Whole vectors are written also where a row ends: the next row is written afterwards.
    let pad = Vector(repeating: padValue)
    var row = target
    var y = firstRow &* strideY &+ phaseY &- work.pointee.padTop
    for _ in 0..<work.pointee.sourceRows {
        if y < 0 || y >= height || count <= 0 {
            fillOver(row, rowLength, pad)
        } else {
            fillOver(row, pads, pad)
            let from = plane + (y &* width &+ firstColumn)
            spreadRow(from, row + pads, count, strideX, work.pointee.inputEnd)
            fillOver(row + pads + count, trailing, pad)
        }
        row += rowLength
        y &+= strideY
    }
    // What lies behind the last row is read, though only for results that are thrown away.
    fillOver(row, work.pointee.planeLength &- work.pointee.sourceRows &* rowLength &- lanes, pad)
}

/// Writes at least `count` floats, in whole vectors.
@inline(__always)
func fillOver(_ to: UnsafeMutablePointer<Float>, _ count: Int, _ pad: Vector) {
    var index = 0
    while index < count {
        store(pad, to + index)
        index &+= lanes
    }
}

/// Copies every `step`-th float; may write up to a vector more, which later rows overwrite.
@inline(__always)
func spreadRow(
    _ from: UnsafePointer<Float>,
    _ to: UnsafeMutablePointer<Float>,
    _ count: Int,
    _ step: Int,
    _ end: UnsafePointer<Float>
) {
    var index = 0
    if step == 1 {
        while index < count && from + (index &+ lanes) <= end {
            store(load(from + index), to + index)
            index &+= lanes
        }
    } else if step == 2 {
        while index < count && from + 2 &* (index &+ lanes) <= end {
            store(evens(from + 2 &* index), to + index)
            index &+= lanes
        }
    }
    while index < count {
        to[index] = from[index &* step]
        index &+= 1
    }
}

/// The first, third, fifth, ... of twice as many floats as a vector has.
///
/// Lane by lane: the compiler makes shuffles of it, while the standard library's `evenHalf` would be
/// a function of its own that is merged between the sets.
@inline(__always)
func evens(_ from: UnsafePointer<Float>) -> Vector {
    let (a, b) = (load(from), load(from + lanes))
    #if LANES16
    return Vector(
        a[0],
        a[2],
        a[4],
        a[6],
        a[8],
        a[10],
        a[12],
        a[14],
        b[0],
        b[2],
        b[4],
        b[6],
        b[8],
        b[10],
        b[12],
        b[14]
    )
    #elseif LANES8
    return Vector(a[0], a[2], a[4], a[6], b[0], b[2], b[4], b[6])
    #else
    return Vector(a[0], a[2], b[0], b[2])
    #endif
}

/// Copies rows of results in flat form to an output plane, first row first.
///
/// Whole vectors are written also where the row ends: what is too much lies where the next row,
/// or the next plane, is written afterwards. Only before `end` each float is counted.
@inline(__always)
func compact(
    _ work: UnsafePointer<SlidingWork>,
    _ sums: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ rows: Int,
    end: UnsafeMutablePointer<Float>
) {
    let (width, rowLength) = (work.pointee.outputWidth, work.pointee.rowLength)
    let step = work.pointee.outputStep
    var (from, to) = (sums, output)
    for _ in 0..<rows {
        var index = 0
        if step == 1 {
            while index < width && to + (index &+ lanes) <= end {
                store(load(from + index), to + index)
                index &+= lanes
            }
        } else if step == 2 {
            while index < width && to + (index &+ lanes) <= end {
                store(evens(from + 2 &* index), to + index)
                index &+= lanes
            }
        }
        while index < width {
            to[index] = from[index &* step]
            index &+= 1
        }
        from += rowLength
        to += width
    }
}
