public import Scene

/// One connected region of a mask.
public struct Component: Hashable, Sendable {
    /// The label its pixels carry, from 1.
    public var label: Int32
    /// Smallest box around it.
    public var box: PixelBox
    /// Number of its pixels.
    public var area: Int
}

/// Finds the 8-connected regions of a mask by runs and union-find.
///
/// Labels come in the order in which the regions are met from the top left corner, so the result is
/// the same everywhere. O(pixels); memory is kept between calls.
package struct ComponentLabeler: Sendable {
    private struct Run {
        var y: Int32
        var start: Int32
        var end: Int32
        var parent: Int32
    }

    private var runs: [Run] = []
    /// Where the labels of the call before are, to be cleared by the next.
    private var labelled: [Run] = []

    /// A labeler without memory yet.
    package init() {}

    /// Labels the regions of `mask` (non-zero bytes) and returns them.
    ///
    /// - Parameters:
    ///   - mask: `width * height` bytes without gaps.
    ///   - width: columns.
    ///   - height: rows.
    ///   - minimumArea: smaller regions are left out and get label 0.
    ///   - labels: `width * height` labels to write, 0 where there is no region; zeros at the first
    ///     call and the same memory at every call, as only what the call before wrote is cleared.
    /// - Returns: the regions in the order of their labels.
    package mutating func run(
        _ mask: UnsafePointer<UInt8>,
        width: Int,
        height: Int,
        minimumArea: Int,
        labels: UnsafeMutablePointer<Int32>
    ) -> [Component] {
        runs.removeAll(keepingCapacity: true)
        var previous = 0..<0
        for y in 0..<height {
            let start = runs.count
            appendRuns(mask + y * width, width: width, y: y)
            join(previous, start..<runs.count)
            previous = start..<runs.count
        }
        return collect(width: width, height: height, minimumArea: minimumArea, labels: labels)
    }

    private mutating func appendRuns(_ row: UnsafePointer<UInt8>, width: Int, y: Int) {
        var x = 0
        while x < width {
            x = Self.skipZeros(row, from: x, width: width)
            guard x < width else { return }
            let start = x
            x = Self.skipSet(row, from: x, width: width)
            let index = Int32(runs.count)
            runs.append(Run(y: Int32(y), start: Int32(start), end: Int32(x), parent: index))
        }
    }

    /// The next column that is not zero; many at a time where all are.
    @inline(__always)
    private static func skipZeros(_ row: UnsafePointer<UInt8>, from start: Int, width: Int) -> Int {
        var x = start
        while x &+ 32 <= width {
            var any: UInt8 = 0
            for index in x..<(x &+ 32) { any |= row[index] }
            guard any == 0 else { break }
            x &+= 32
        }
        while x + 8 <= width {
            let word = UnsafeRawPointer(row + x).loadUnaligned(as: UInt64.self)
            if word != 0 { return x + word.littleEndian.trailingZeroBitCount / 8 }
            x += 8
        }
        while x < width && row[x] == 0 { x += 1 }
        return x
    }

    /// The next column that is zero; eight at a time where none is.
    @inline(__always)
    private static func skipSet(_ row: UnsafePointer<UInt8>, from start: Int, width: Int) -> Int {
        var x = start
        while x + 8 <= width {
            let word = UnsafeRawPointer(row + x).loadUnaligned(as: UInt64.self).littleEndian
            // Sets the top bit of the lowest byte that is zero, and of none below it.
            let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if zeros != 0 { return x + zeros.trailingZeroBitCount / 8 }
            x += 8
        }
        while x < width && row[x] != 0 { x += 1 }
        return x
    }

    /// Joins the runs of one row with those of the row above that they touch.
    private mutating func join(_ above: Range<Int>, _ row: Range<Int>) {
        runs.withUnsafeMutableBufferPointer { runs in
            var upper = above.lowerBound
            for lower in row {
                while upper < above.upperBound && runs[upper].end < runs[lower].start {
                    upper += 1
                }
                var candidate = upper
                while candidate < above.upperBound && runs[candidate].start <= runs[lower].end {
                    let a = Self.root(runs, candidate)
                    let b = Self.root(runs, lower)
                    if a < b {
                        runs[b].parent = Int32(a)
                    } else if b < a {
                        runs[a].parent = Int32(b)
                    }
                    candidate += 1
                }
            }
        }
    }

    private static func root(_ runs: UnsafeMutableBufferPointer<Run>, _ index: Int) -> Int {
        var node = index
        while Int(runs[node].parent) != node {
            let parent = Int(runs[node].parent)
            runs[node].parent = runs[parent].parent
            node = Int(runs[node].parent)
        }
        return node
    }

    private mutating func collect(
        width: Int,
        height: Int,
        minimumArea: Int,
        labels: UnsafeMutablePointer<Int32>
    ) -> [Component] {
        var regions: [Component] = []
        var index = [Int32](repeating: -1, count: runs.count)
        runs.withUnsafeMutableBufferPointer { runs in
            for position in 0..<runs.count {
                let root = Self.root(runs, position)
                let run = runs[position]
                let length = Int(run.end - run.start)
                let box = PixelBox(x: Int(run.start), y: Int(run.y), width: length, height: 1)
                if index[root] < 0 {
                    index[root] = Int32(regions.count)
                    regions.append(Component(label: 0, box: box, area: length))
                } else {
                    let region = Int(index[root])
                    regions[region].box = regions[region].box.union(box)
                    regions[region].area += length
                }
                index[position] = index[root]
            }
        }
        var kept: Int32 = 0
        for position in regions.indices where regions[position].area >= minimumArea {
            kept += 1
            regions[position].label = kept
        }
        for run in labelled { Self.write(0, run, labels, width) }
        labelled.removeAll(keepingCapacity: true)
        for position in runs.indices {
            let label = regions[Int(index[position])].label
            guard label > 0 else { continue }
            Self.write(label, runs[position], labels, width)
            labelled.append(runs[position])
        }
        return regions.filter { $0.label > 0 }
    }

    private static func write(
        _ label: Int32,
        _ run: Run,
        _ labels: UnsafeMutablePointer<Int32>,
        _ width: Int
    ) {
        let row = labels + Int(run.y) * width
        for x in Int(run.start)..<Int(run.end) { row[x] = label }
    }
}
