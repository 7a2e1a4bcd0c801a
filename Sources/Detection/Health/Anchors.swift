internal import Imaging

/// Textured patches of the background by which the view is recognised and shake is measured.
struct Anchors: Hashable, Codable {
    /// How the present picture lies over the background.
    struct Alignment: Hashable, Codable {
        /// Where a background pixel is found now, relative to its place, in pixels.
        var x = 0
        var y = 0
        /// Share of anchors that were recognised there, 0 to 1; 1 where there are too few to tell.
        var agreement = 1.0
    }

    /// Columns and rows of a patch.
    private static let side = 24
    /// Greatest shift that is found.
    static let reach = 8
    private static let grid = (columns: 6, rows: 4)
    /// Fewer anchors tell nothing.
    private static let fewest = 6
    /// Mean difference in levels up to which an anchor surely lies where it was.
    private static let still = 3

    let width: Int
    let height: Int
    private var corners: [Corner] = []
    private var last = Shift()
    /// Middle difference of the anchors from the background while nothing shakes, in levels.
    private var usual = 0.0

    /// The upper left corner of a patch, and the mean step between its pixels.
    private struct Corner: Hashable, Codable {
        var x: Int
        var y: Int
        var texture: Int
    }

    private struct Shift: Hashable, Codable {
        var x = 0
        var y = 0
    }

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Whether the view has enough texture to be recognised.
    var areTelling: Bool { corners.count >= Self.fewest }

    /// Whether every patch lies in the picture, its reach included.
    var isSound: Bool {
        let room = Self.reach + 1
        return corners.allSatisfy {
            $0.x >= room && $0.y >= room && $0.x + Self.side + room <= width
                && $0.y + Self.side + room <= height && $0.texture > 0
        }
    }

    // MARK: Choosing

    /// Chooses the patch with most texture in each cell of a grid.
    ///
    /// - Parameters:
    ///   - background: learned levels.
    ///   - covered: 1 where an object stands; patches keep off.
    mutating func choose(_ background: UnsafePointer<UInt8>, covered: UnsafePointer<UInt8>) {
        corners.removeAll(keepingCapacity: true)
        let margin = Self.reach + 1
        let (cellWidth, cellHeight) = (width / Self.grid.columns, height / Self.grid.rows)
        for row in 0..<Self.grid.rows {
            for column in 0..<Self.grid.columns {
                var best: Corner?
                let (left, top) = (column * cellWidth, row * cellHeight)
                for y in stride(from: max(margin, top), to: top + cellHeight, by: 12) {
                    for x in stride(from: max(margin, left), to: left + cellWidth, by: 12) {
                        guard x + Self.side + margin <= width, y + Self.side + margin <= height
                        else { continue }
                        let texture = texture(background, covered, x, y)
                        if texture > (best?.texture ?? 5) {
                            best = Corner(x: x, y: y, texture: texture)
                        }
                    }
                }
                if let best { corners.append(best) }
            }
        }
        corners.sort { ($1.texture, $0.y, $0.x) < ($0.texture, $1.y, $1.x) }
    }

    /// Mean step between neighbours in the direction that has less of it, in levels; 0 where
    /// something stands.
    private func texture(
        _ picture: UnsafePointer<UInt8>,
        _ covered: UnsafePointer<UInt8>,
        _ x: Int,
        _ y: Int
    ) -> Int {
        var (across, down, taken) = (0, 0, 0)
        for row in y..<(y + Self.side) {
            for index in (row * width + x)..<(row * width + x + Self.side) {
                across += abs(Int(picture[index + 1]) - Int(picture[index]))
                down += abs(Int(picture[index + width]) - Int(picture[index]))
                taken += Int(covered[index])
            }
        }
        guard taken * 4 < Self.side * Self.side else { return 0 }
        return min(across, down) / (Self.side * Self.side)
    }

    // MARK: Aligning

    /// Finds how a picture lies over the background.
    mutating func align(
        _ now: UnsafePointer<UInt8>,
        with background: UnsafePointer<UInt8>
    ) -> Alignment {
        guard areTelling else { return Alignment() }
        let resting = corners.map { difference(now, background, $0.x, $0.y, 0, 0) }
        let median = resting.sorted()[resting.count / 2]
        if Double(median) <= max(Double(Self.still), usual * 1.25) {
            last = Shift()
            usual += (Double(median) - usual) / 32
            return Alignment(x: 0, y: 0, agreement: agreement(resting))
        }
        usual += 0.02
        var candidates = [Shift(), last]
        for corner in corners.prefix(3) { candidates.append(search(now, background, corner)) }
        let best = fit(now, background, candidates, resting)
        // A shift must explain the picture clearly better than rest does.
        let gains = zip(best.differences, resting).filter { $0 < $1 }.count
        guard best.cost * 10 <= cost(resting) * 8, gains * 2 > corners.count else {
            last = Shift()
            return Alignment(x: 0, y: 0, agreement: agreement(resting))
        }
        last = best.shift
        return Alignment(x: last.x, y: last.y, agreement: agreement(best.differences))
    }

    /// The shift at or beside a candidate that fits all anchors best, or none.
    private func fit(
        _ now: UnsafePointer<UInt8>,
        _ background: UnsafePointer<UInt8>,
        _ candidates: [Shift],
        _ resting: [Int]
    ) -> (shift: Shift, cost: Int, differences: [Int]) {
        var best = (shift: Shift(), cost: cost(resting), differences: resting)
        var tried: Set = [Shift()]
        for candidate in candidates {
            for y in (candidate.y - 1)...(candidate.y + 1) {
                for x in (candidate.x - 1)...(candidate.x + 1) {
                    guard abs(x) <= Self.reach, abs(y) <= Self.reach,
                        tried.insert(Shift(x: x, y: y)).inserted
                    else { continue }
                    let differences = corners.map {
                        difference(now, background, $0.x, $0.y, x, y)
                    }
                    let cost = cost(differences)
                    if cost < best.cost { best = (Shift(x: x, y: y), cost, differences) }
                }
            }
        }
        return best
    }

    /// What covers a few anchors counts no more than a plain mismatch.
    private func cost(_ differences: [Int]) -> Int {
        differences.reduce(0) { $0 + min($1, 16) }
    }

    private func agreement(_ differences: [Int]) -> Double {
        let known = zip(differences, corners).filter { $0 <= max(Self.still, $1.texture) }.count
        return Double(known) / Double(corners.count)
    }

    /// The shift within reach at which one patch fits best.
    private func search(
        _ now: UnsafePointer<UInt8>,
        _ background: UnsafePointer<UInt8>,
        _ corner: Corner
    ) -> Shift {
        var best = (shift: Shift(), cost: 256)
        for y in -Self.reach...Self.reach {
            for x in -Self.reach...Self.reach {
                let cost = difference(now, background, corner.x, corner.y, x, y, best.cost)
                if cost < best.cost { best = (Shift(x: x, y: y), cost) }
            }
        }
        return best.shift
    }

    /// Mean absolute difference of a patch from the background, its mean taken away, in levels; not
    /// looked at any further once it reaches the limit.
    private func difference(
        _ now: UnsafePointer<UInt8>,
        _ background: UnsafePointer<UInt8>,
        _ x: Int,
        _ y: Int,
        _ shiftX: Int,
        _ shiftY: Int,
        _ limit: Int = 256
    ) -> Int {
        let enough = limit * Self.side * Self.side
        var sum: Int32 = 0
        for row in 0..<Self.side {
            let a = now + (y + row + shiftY) * width + x + shiftX
            let b = background + (y + row) * width + x
            var rowSum: Int16 = 0
            for column in 0..<Self.side { rowSum &+= Int16(a[column]) &- Int16(b[column]) }
            sum &+= Int32(rowSum)
        }
        let mean = Int16(sum / Int32(Self.side * Self.side))
        var total: Int32 = 0
        for row in 0..<Self.side {
            let a = now + (y + row + shiftY) * width + x + shiftX
            let b = background + (y + row) * width + x
            var rowSum: Int16 = 0
            for column in 0..<Self.side {
                let away = Int16(a[column]) &- Int16(b[column]) &- mean
                rowSum &+= away < 0 ? 0 &- away : away
            }
            total &+= Int32(rowSum)
            if Int(total) > enough { return limit }
        }
        return Int(total) / (Self.side * Self.side)
    }
}
