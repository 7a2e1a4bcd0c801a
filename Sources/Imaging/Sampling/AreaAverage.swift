/// Shrinks planes by area averaging: every sample counts with the share of it that falls into the
/// new one, in whole numbers, so that the result is the same on every machine.
///
/// Weights are 1/256 of a source sample; a plane that is not larger than the target is copied
/// sample by sample (nearest).
package struct AreaAverage: Sendable {
    /// Columns and rows of the source.
    package let sourceWidth: Int
    package let sourceHeight: Int
    /// Columns and rows of the result.
    package let width: Int
    package let height: Int

    private let columns: [Tap]
    private let rows: [Tap]
    private let row: Buffer<UInt32>
    private let wholeRow: Buffer<UInt16>

    /// Source samples that one target sample covers: whole ones between two partial ones.
    private struct Tap: Sendable {
        var first: Int32
        var count: Int32
        var firstWeight: UInt32
        var lastWeight: UInt32
        /// Sum of the weights.
        var total: UInt32
    }

    /// Prepares shrinking from one size to another; neither side may grow.
    package init(sourceWidth: Int, sourceHeight: Int, width: Int, height: Int) {
        precondition(width > 0 && height > 0 && width <= sourceWidth && height <= sourceHeight)
        self.sourceWidth = sourceWidth
        self.sourceHeight = sourceHeight
        self.width = width
        self.height = height
        columns = Self.taps(from: sourceWidth, to: width)
        rows = Self.taps(from: sourceHeight, to: height)
        row = Buffer(count: sourceWidth, filledWith: 0)
        wholeRow = Buffer(count: sourceWidth, filledWith: 0)
    }

    private static func taps(from source: Int, to target: Int) -> [Tap] {
        (0..<target).map { index in
            let start = index * source * 256 / target
            let end = max(start + 1, (index + 1) * source * 256 / target)
            let first = start / 256
            let last = (end - 1) / 256
            let head = min(end, (first + 1) * 256) - start
            let tail = last > first ? end - last * 256 : 0
            return Tap(
                first: Int32(first),
                count: Int32(last - first + 1),
                firstWeight: UInt32(head),
                lastWeight: UInt32(tail),
                total: UInt32(end - start)
            )
        }
    }

    /// Shrinks `source` into `target`, `width * height` samples without gaps.
    package func run(_ source: PlaneView, into target: UnsafeMutablePointer<UInt8>) {
        precondition(source.width == sourceWidth && source.height == sourceHeight)
        if width == sourceWidth && height == sourceHeight {
            for y in 0..<height {
                (target + y * width).update(from: source.base + y * source.stride, count: width)
            }
            return
        }
        if let factor = wholeFactor {
            runWhole(source, factor, into: target)
            return
        }
        columns.withUnsafeBufferPointer { columns in
            guard let columns = columns.baseAddress else { return }
            for y in 0..<height {
                let tap = rows[y]
                sumRows(source, tap)
                averageColumns(columns, tap.total, into: target + y * width)
            }
        }
    }

    /// Source columns and rows for each of the target, where both are whole and few.
    private var wholeFactor: (x: Int, y: Int)? {
        let factor = (x: sourceWidth / width, y: sourceHeight / height)
        let isWhole = factor.x * width == sourceWidth && factor.y * height == sourceHeight
        return isWhole && factor.x * factor.y <= 256 ? factor : nil
    }

    /// Shrinks by whole factors: plain sums, and one multiplication in place of each division.
    private func runWhole(
        _ source: PlaneView,
        _ factor: (x: Int, y: Int),
        into target: UnsafeMutablePointer<UInt8>
    ) {
        let total = UInt32(factor.x * factor.y)
        // (sum + total / 2) / total, exact: sums stay below 2^16 and the reciprocal is rounded up.
        let reciprocal = UInt64((UInt64(1) << 32) / UInt64(total) + 1)
        let sums = wholeRow.base
        for y in 0..<height {
            var input = source.base + y * factor.y * source.stride
            for x in 0..<sourceWidth { sums[x] = UInt16(input[x]) }
            for _ in 1..<factor.y {
                input += source.stride
                for x in 0..<sourceWidth { sums[x] &+= UInt16(input[x]) }
            }
            let out = target + y * width
            var group = sums
            for x in 0..<width {
                var sum = total / 2
                for column in 0..<factor.x { sum &+= UInt32(group[column]) }
                out[x] = UInt8(truncatingIfNeeded: (UInt64(sum) &* reciprocal) >> 32)
                group += factor.x
            }
        }
    }

    /// Adds up the weighted source rows of one target row.
    private func sumRows(_ source: PlaneView, _ tap: Tap) {
        let sums = row.base
        let count = sourceWidth
        var input = source.base + Int(tap.first) * source.stride
        let head = tap.firstWeight
        for x in 0..<count { sums[x] = UInt32(input[x]) &* head }
        guard tap.count > 1 else { return }
        for _ in 1..<max(1, Int(tap.count) - 1) {
            input += source.stride
            for x in 0..<count { sums[x] &+= UInt32(input[x]) &* 256 }
        }
        input += source.stride
        let tail = tap.lastWeight
        for x in 0..<count { sums[x] &+= UInt32(input[x]) &* tail }
    }

    /// Averages the weighted columns of the summed row.
    private func averageColumns(
        _ columns: UnsafePointer<Tap>,
        _ rowWeight: UInt32,
        into target: UnsafeMutablePointer<UInt8>
    ) {
        let sums = row.base
        for x in 0..<width {
            let tap = columns[x]
            let first = Int(tap.first)
            let last = first + Int(tap.count) - 1
            var sum = UInt64(sums[first]) &* UInt64(tap.firstWeight)
            var column = first + 1
            while column < last {
                sum &+= UInt64(sums[column]) &* 256
                column += 1
            }
            if last > first { sum &+= UInt64(sums[last]) &* UInt64(tap.lastWeight) }
            let weight = UInt64(tap.total) &* UInt64(rowWeight)
            target[x] = UInt8(truncatingIfNeeded: (sum &+ weight / 2) / weight)
        }
    }
}
