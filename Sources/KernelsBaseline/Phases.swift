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

    var row = target
    var y = firstRow &* strideY &+ phaseY &- work.pointee.padTop
    for _ in 0..<work.pointee.sourceRows {
        if y < 0 || y >= height || count <= 0 {
            fill(row, rowLength, padValue)
        } else {
            fillFew(row, pads, padValue)
            let from = plane + (y &* width &+ firstColumn)
            spreadRow(from, row + pads, count, strideX, work.pointee.inputEnd)
            fillFew(row + pads + count, trailing, padValue)
        }
        row += rowLength
        y &+= strideY
    }
    fill(row, work.pointee.planeLength &- work.pointee.sourceRows &* rowLength, padValue)
}

@inline(__always)
func fillFew(_ to: UnsafeMutablePointer<Float>, _ count: Int, _ value: Float) {
    var index = 0
    while index < count {
        to[index] = value
        index &+= 1
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
    #if LANES16
    Vector(
        from[0],
        from[2],
        from[4],
        from[6],
        from[8],
        from[10],
        from[12],
        from[14],
        from[16],
        from[18],
        from[20],
        from[22],
        from[24],
        from[26],
        from[28],
        from[30]
    )
    #elseif LANES8
    Vector(from[0], from[2], from[4], from[6], from[8], from[10], from[12], from[14])
    #else
    Vector(from[0], from[2], from[4], from[6])
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
    var (from, to) = (sums, output)
    for _ in 0..<rows {
        var index = 0
        while index < width && to + (index &+ lanes) <= end {
            store(load(from + index), to + index)
            index &+= lanes
        }
        while index < width {
            to[index] = from[index]
            index &+= 1
        }
        from += rowLength
        to += width
    }
}
