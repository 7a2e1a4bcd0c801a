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
    let leading = quotient(before, strideX)
    let pads = min(leading, rowLength)
    let firstColumn = phaseX &+ leading &* strideX &- work.pointee.padLeft
    let count = min(quotient(width &- firstColumn, strideX), rowLength &- pads)
    let trailing = rowLength &- pads &- count

    // Whole vectors are written also where a row ends: the next row is written afterwards.
    let pad = Vector(repeating: padValue)
    let rows = work.pointee.sourceRows
    let firstY = firstRow &* strideY &+ phaseY &- work.pointee.padTop
    let above = min(count <= 0 ? rows : quotient(0 &- firstY, strideY), rows)
    let below = max(rows &- quotient(height &- firstY, strideY), 0)
    let inside = rows &- above &- below
    fillOver(target, above &* rowLength, pad)
    let body = target + above &* rowLength
    if inside > 0 {
        let from = plane + ((firstY &+ above &* strideY) &* width &+ firstColumn)
        let step = strideY &* width
        let end = work.pointee.inputEnd
        let fast = strideX == 1 ? rowsBefore(end - from, inside, step, count) : 0
        copyRows(from, step, body, rowLength, fast, pads: pads, count, trailing: trailing, pad)
        for row in fast..<inside {
            let to = body + row &* rowLength
            fillOver(to, pads, pad)
            spreadRow(from + row &* step, to + pads, count, strideX, end)
            fillOver(to + pads + count, trailing, pad)
        }
    }
    // What lies behind the last row is read too, though only for results that are thrown away.
    let end = body + max(inside, 0) &* rowLength
    fillOver(end, target + work.pointee.planeLength - end &- lanes, pad)
}

/// `count / step` rounded up, and 0 where that would be negative.
@inline(__always)
func quotient(_ count: Int, _ step: Int) -> Int {
    count <= 0 ? 0 : step == 1 ? count : (count &+ step &- 1) / step
}

/// How many of `rows` that lie `step` apart may be copied in whole vectors before a limit.
@inline(__always)
func rowsBefore(_ limit: Int, _ rows: Int, _ step: Int, _ count: Int) -> Int {
    let reach = (count &+ lanes &- 1) & ~(lanes &- 1)
    var rows = rows
    while rows > 0 && (rows &- 1) &* step &+ reach > limit {
        rows &-= 1
    }
    return rows
}

/// Copies rows in whole vectors, pads before and behind them.
///
/// Not inlined: what is left to keep in registers fits.
@inline(never)
func copyRows(
    _ from: UnsafePointer<Float>,
    _ fromStep: Int,
    _ to: UnsafeMutablePointer<Float>,
    _ toStep: Int,
    _ rows: Int,
    pads: Int,
    _ count: Int,
    trailing: Int,
    _ pad: Vector
) {
    var (source, target) = (from, to)
    for _ in 0..<rows {
        fillOver(target, pads, pad)
        var index = 0
        while index < count {
            store(load(source + index), target + (pads &+ index))
            index &+= lanes
        }
        fillOver(target + (pads &+ count), trailing, pad)
        source += fromStep
        target += toStep
    }
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
    while step == 2 && index < count && from + 2 &* (index &+ lanes) <= end {
        store(evens(from + 2 &* index), to + index)
        index &+= lanes
    }
    while index < count {
        to[index] = from[index &* step]
        index &+= 1
    }
}

/// Every second of twice as many floats as a vector has, from the first.
///
/// Lane by lane: the compiler makes shuffles of it, while the standard library's `evenHalf` would
/// be a function of its own that is merged between the sets.
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
    var (from, to, left) = (sums, output, rows)
    if step == 1 {
        let fast = rowsBefore(end - output, rows, width, width)
        copyRows(
            sums,
            rowLength,
            output,
            width,
            fast,
            pads: 0,
            width,
            trailing: 0,
            Vector.zero
        )
        from += fast &* rowLength
        to += fast &* width
        left &-= fast
    }
    for _ in 0..<left {
        var index = 0
        while step == 2 && index < width && to + (index &+ lanes) <= end {
            store(evens(from + 2 &* index), to + index)
            index &+= lanes
        }
        while index < width {
            to[index] = from[index &* step]
            index &+= 1
        }
        from += rowLength
        to += width
    }
}
