internal import Imaging

/// What a picture is like as a whole, measured on a thinned-out grid of its pixels.
struct PictureMeasures: Hashable, Codable {
    /// Mean luma as the camera gave it, in levels.
    var mean = 0.0
    /// Standard deviation of luma, in levels.
    var deviation = 0.0
    /// Mean step between neighbours, in levels.
    var gradient = 0.0
    /// Mean difference from the picture before, in levels.
    var motion = 0.0
    /// Mean distance of chroma from grey, in levels.
    var colour = 0.0
    /// The same in the most colourful twelfth of the picture, and in the middle one.
    var brightestColour = 0.0
    var medianColour = 0.0
    /// Share of textured tiles of the background that are now without any vertical step, as where
    /// data was lost; 0 to 1.
    var torn = 0.0
    /// Mean luma of each tile of 16 by 16 pixels, as the camera gave it.
    @PackedBytes var tiles: [UInt8] = []
    /// Correlation of the coarse picture with that of the background, -1 to 1.
    var likeness = 1.0

    /// Whether nothing but darkness is seen.
    var isBlack: Bool { deviation < 5 && mean < 45 }

    /// Mean difference of successive pictures, in levels, below which a picture counts as calm.
    static let calm = 3.0

    /// Least vertical steps in levels for a tile to be textured, most for it to be torn, both in
    /// hundredths.
    private static let (textured, flat) = (200, 15)
    private static let tile = 16

    /// What nothing was measured of yet.
    init() {}

    /// Measures a picture.
    ///
    /// - Parameters:
    ///   - frame: the picture.
    ///   - last: the luma of the picture before.
    ///   - background: learned levels.
    init(_ frame: AnalysisFrame, last: UnsafePointer<UInt8>, background: UnsafePointer<UInt8>) {
        measureLuma(frame, last)
        measureColour(frame)
        measureTiles(frame, background)
    }

    private mutating func measureLuma(_ frame: AnalysisFrame, _ last: UnsafePointer<UInt8>) {
        let (seen, width) = (frame.seen.base, frame.width)
        var (count, sum, squares, steps, motion) = (0, 0, 0, 0, 0)
        for y in stride(from: 0, to: frame.height, by: 4) {
            let (row, before) = (seen + y * width, last + y * width)
            var (s, q, g, m) = (Int32(0), Int32(0), Int32(0), Int32(0))
            for x in 0..<(width - 1) {
                let level = Int32(row[x])
                s &+= level
                q &+= level &* level
                g &+= abs(Int32(row[x + 1]) &- level)
                m &+= abs(Int32(before[x]) &- level)
            }
            sum += Int(s)
            squares += Int(q)
            steps += Int(g)
            motion += Int(m)
            count += width - 1
        }
        guard count > 0 else { return }
        let total = Double(count)
        mean = Double(sum) / total
        deviation = max(0, Double(squares) / total - mean * mean).squareRoot()
        gradient = Double(steps) / total
        self.motion = Double(motion) / total
    }

    private mutating func measureColour(_ frame: AnalysisFrame) {
        let (width, height) = (frame.chromaWidth, frame.chromaHeight)
        let (columns, rows) = (4, 3)
        guard width >= columns, height >= rows else { return }
        let (cellWidth, cellHeight) = (width / columns, height / rows)
        var cells: [Double] = []
        for cell in 0..<(columns * rows) {
            let (left, top) = (cell % columns * cellWidth, cell / columns * cellHeight)
            var (count, sum) = (0, 0)
            for y in stride(from: top, to: top + cellHeight, by: 4) {
                let blue = frame.blue.base + y * width + left
                let red = frame.red.base + y * width + left
                var row: Int32 = 0
                for x in 0..<cellWidth {
                    row &+= abs(Int32(blue[x]) &- 128) &+ abs(Int32(red[x]) &- 128)
                }
                sum += Int(row)
                count += cellWidth
            }
            cells.append(Double(sum) / Double(max(1, count)))
        }
        colour = cells.reduce(0, +) / Double(cells.count)
        cells.sort()
        medianColour = cells[cells.count / 2]
        brightestColour = cells[cells.count - 1]
    }

    /// Compares tiles of 16 by 16: vertical steps for losses, means for likeness.
    private mutating func measureTiles(_ frame: AnalysisFrame, _ background: UnsafePointer<UInt8>) {
        let (width, side) = (frame.width, Self.tile)
        var (known, lost) = (0, 0)
        var pairs: [(now: Double, then: Double)] = []
        var sums = ColumnSums(width: width)
        for top in stride(from: 0, to: frame.height - side, by: side) {
            sums.fill(frame.seen.base, background, rows: top..<(top + side))
            for left in stride(from: 0, to: width - side + 1, by: side) {
                let tile = sums.total(left..<(left + side))
                let pixels = side * side / 2
                pairs.append((Double(tile.now), Double(tile.then)))
                tiles.append(UInt8(truncatingIfNeeded: tile.now / pixels))
                guard tile.stepsThen * 100 >= Self.textured * pixels else { continue }
                known += 1
                let level = tile.now / pixels
                let isClipped = level <= 12 || level >= 243
                if tile.stepsNow * 100 <= Self.flat * pixels && !isClipped { lost += 1 }
            }
        }
        torn = known >= 12 ? Double(lost) / Double(known) : 0
        likeness = Self.correlation(pairs)
    }

    private static func correlation(_ pairs: [(now: Double, then: Double)]) -> Double {
        guard pairs.count >= 4 else { return 1 }
        let count = Double(pairs.count)
        let meanNow = pairs.reduce(0) { $0 + $1.now } / count
        let meanThen = pairs.reduce(0) { $0 + $1.then } / count
        var (both, now, then) = (0.0, 0.0, 0.0)
        for pair in pairs {
            both += (pair.now - meanNow) * (pair.then - meanThen)
            now += (pair.now - meanNow) * (pair.now - meanNow)
            then += (pair.then - meanThen) * (pair.then - meanThen)
        }
        let product = (now * then).squareRoot()
        return product > 0 ? both / product : 1
    }
}

/// Sums of levels and of vertical steps over every second of sixteen rows, for each column.
struct ColumnSums {
    private let width: Int
    private var now: [UInt16]
    private var then: [UInt16]
    private var stepsNow: [UInt16]
    private var stepsThen: [UInt16]

    init(width: Int) {
        self.width = width
        now = [UInt16](repeating: 0, count: width)
        then = now
        stepsNow = now
        stepsThen = now
    }

    /// Adds up a band of rows; the row after the last is read too.
    mutating func fill(
        _ picture: UnsafePointer<UInt8>,
        _ background: UnsafePointer<UInt8>,
        rows: Range<Int>
    ) {
        Self.add(picture, rows, width, &now, &stepsNow)
        Self.add(background, rows, width, &then, &stepsThen)
    }

    private static func add(
        _ picture: UnsafePointer<UInt8>,
        _ rows: Range<Int>,
        _ width: Int,
        _ levels: inout [UInt16],
        _ steps: inout [UInt16]
    ) {
        levels.withUnsafeMutableBufferPointer { levels in
            steps.withUnsafeMutableBufferPointer { steps in
                guard let levels = levels.baseAddress, let steps = steps.baseAddress else { return }
                levels.update(repeating: 0, count: width)
                steps.update(repeating: 0, count: width)
                for y in stride(from: rows.lowerBound, to: rows.upperBound, by: 2) {
                    let (row, below) = (picture + y * width, picture + (y + 1) * width)
                    for x in 0..<width {
                        let (a, b) = (row[x], below[x])
                        levels[x] &+= UInt16(a)
                        steps[x] &+= UInt16(a > b ? a &- b : b &- a)
                    }
                }
            }
        }
    }

    /// The sums over some columns.
    func total(
        _ columns: Range<Int>
    ) -> (now: Int, then: Int, stepsNow: Int, stepsThen: Int) {
        var total = (now: 0, then: 0, stepsNow: 0, stepsThen: 0)
        for column in columns {
            total.now += Int(now[column])
            total.then += Int(then[column])
            total.stepsNow += Int(stepsNow[column])
            total.stepsThen += Int(stepsThen[column])
        }
        return total
    }
}
