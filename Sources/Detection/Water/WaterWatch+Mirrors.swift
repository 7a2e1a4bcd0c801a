internal import Imaging
internal import Scene

extension WaterWatch {
    /// Columns and rows in which two looks are compared.
    private static let grid = (columns: 4, rows: 12)

    /// Whether something is the image in the water of what is just above it.
    ///
    /// It must begin where that ends, share its columns, go along with it, up where it goes down,
    /// and look like it upside down more than like it.
    ///
    /// - Returns: nil where nothing is above it.
    func counterpart(
        of thing: WaterThing,
        _ people: PersonHeights,
        _ frame: AnalysisFrame
    ) -> Bool? {
        guard let own = thing.velocity else { return nil }
        var hasAny = false
        for upper in things where upper.id != thing.id && upper.isVisible {
            guard upper.firstSeen <= thing.firstSeen + .seconds(1), adjoins(thing.box, upper.box),
                let other = upper.velocity
            else { continue }
            hasAny = true
            let unit = people.expected(at: upper.box) ?? Double(upper.box.height)
            let isAlong = abs(own.x - other.x) <= 0.3 * unit
            let rises = abs(other.y) >= 0.15 * unit
            let isOpposite = rises ? own.y * other.y < 0 : abs(own.y) <= 0.3 * unit
            guard isAlong, isOpposite else { continue }
            let above = Self.look(upper.box, frame)
            let below = Self.look(thing.box, frame)
            let flipped = Self.likeness(above, Self.upsideDown(below))
            if flipped >= 0.35 && flipped >= Self.likeness(above, below) + 0.1 { return true }
        }
        return hasAny ? false : nil
    }

    /// Whether a box begins about where another ends and shares three fifths of its columns.
    private func adjoins(_ lower: PixelBox, _ upper: PixelBox) -> Bool {
        let shared = min(lower.maxX, upper.maxX) - max(lower.x, upper.x)
        let gap = lower.y - upper.maxY
        return shared * 5 >= 3 * min(lower.width, upper.width)
            && gap * 4 >= -upper.height && gap * 5 <= 2 * upper.height
            && lower.height * 10 <= upper.height * 13 && lower.height * 4 >= upper.height
    }

    /// Mean levels of the cells of a box.
    static func look(
        _ box: PixelBox,
        _ frame: AnalysisFrame,
        grid: (columns: Int, rows: Int) = WaterWatch.grid
    ) -> [Double] {
        var cells: [Double] = []
        for row in 0..<grid.rows {
            let top = box.y + row * box.height / grid.rows
            let bottom = max(top + 1, box.y + (row + 1) * box.height / grid.rows)
            for column in 0..<grid.columns {
                let left = box.x + column * box.width / grid.columns
                let right = max(left + 1, box.x + (column + 1) * box.width / grid.columns)
                var (sum, count) = (0, 0)
                for y in top..<min(bottom, frame.height) {
                    for x in left..<min(right, frame.width) {
                        sum += Int(frame.luma.base[y * frame.width + x])
                        count += 1
                    }
                }
                cells.append(Double(sum) / Double(max(1, count)))
            }
        }
        return cells
    }

    private static func upsideDown(_ look: [Double]) -> [Double] {
        (0..<grid.rows).reversed().flatMap { row in
            look[(row * grid.columns)..<((row + 1) * grid.columns)]
        }
    }

    /// Correlation of two looks, -1 to 1.
    static func likeness(_ a: [Double], _ b: [Double]) -> Double {
        let count = Double(a.count)
        let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
        var (both, first, second) = (0.0, 0.0, 0.0)
        for (x, y) in zip(a, b) {
            both += (x - meanA) * (y - meanB)
            first += (x - meanA) * (x - meanA)
            second += (y - meanB) * (y - meanB)
        }
        let product = (first * second).squareRoot()
        return product > 0 ? both / product : 0
    }
}
