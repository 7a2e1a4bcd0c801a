internal import Imaging
internal import Scene

/// Where the water sparkles: the share of the pixels of a cell that jump from one picture to the
/// next, over eight seconds.
///
/// The sun's path, and a lamp's, keeps its place while its sparks come and go, which is what tells
/// it from a body: one that passes jumps at its edges, and for a moment. Cells of 8 by 8 pixels;
/// where somebody is known to be, nothing is learned.
struct Sparkle {
    private let bounds: PixelBox
    private let columns: Int
    private let rows: Int
    /// Mean shares, in 1/65535.
    private let shares: Buffer<UInt16>
    /// Pixels of each column of cells that jumped, in the rows of cells at work.
    private let jumps: Buffer<UInt8>
    private let pictures = Buffer<Int>(count: 1, filledWith: 0)

    /// Columns and rows of a cell.
    private static let side = 8
    /// Levels of a jump.
    private static let jump: UInt8 = 40
    /// Seconds that the mean goes back.
    private static let memory = 8.0

    init(bounds: PixelBox) {
        self.bounds = bounds
        columns = (bounds.width + Self.side - 1) / Self.side
        rows = (bounds.height + Self.side - 1) / Self.side
        shares = Buffer(count: columns * rows, filledWith: 0)
        jumps = Buffer(count: bounds.width, filledWith: 0)
    }

    /// Takes in a picture.
    ///
    /// - Parameters:
    ///   - now: luma of the picture.
    ///   - width: its columns.
    ///   - before: luma of the picture before, of the rectangle around the zones.
    ///   - bodies: boxes of who is surely there.
    ///   - seconds: time since the picture before.
    func follow(
        _ now: UnsafePointer<UInt8>,
        width: Int,
        before: UnsafePointer<UInt8>,
        bodies: [PixelBox],
        seconds: Double
    ) {
        pictures.base[0] += 1
        guard pictures.base[0] > 1 else { return }
        let young = 1 / Double(pictures.base[0] - 1)
        let weight = Int(65536 * max(young, min(0.5, seconds / Self.memory)))
        for row in 0..<rows {
            let top = row * Self.side
            let bottom = min(bounds.height, top + Self.side)
            jumps.clear()
            for y in top..<bottom {
                let index = (bounds.y + y) * width + bounds.x
                Self.count(now + index, before + y * bounds.width, jumps.base, bounds.width)
            }
            for column in 0..<columns where !isTaken(column, row, bodies) {
                let left = column * Self.side
                let right = min(bounds.width, left + Self.side)
                var count = 0
                for x in left..<right { count += Int(jumps.base[x]) }
                let share = count * 65535 / ((right - left) * (bottom - top))
                let known = Int(shares.base[row * columns + column])
                let next = known + (share - known) * weight / 65536
                shares.base[row * columns + column] = UInt16(next)
            }
        }
    }

    private static func count(
        _ now: UnsafePointer<UInt8>,
        _ before: UnsafePointer<UInt8>,
        _ jumps: UnsafeMutablePointer<UInt8>,
        _ count: Int
    ) {
        for x in 0..<count {
            let step = now[x] > before[x] ? now[x] &- before[x] : before[x] &- now[x]
            jumps[x] &+= step >= jump ? 1 : 0
        }
    }

    private func isTaken(_ column: Int, _ row: Int, _ bodies: [PixelBox]) -> Bool {
        guard !bodies.isEmpty else { return false }
        let cell = PixelBox(
            x: bounds.x + column * Self.side,
            y: bounds.y + row * Self.side,
            width: Self.side,
            height: Self.side
        )
        return bodies.contains { $0.intersection(cell) != nil }
    }

    /// The most that a cell in or around a box sparkles, 0 to 1.
    ///
    /// - Parameters:
    ///   - box: the box.
    ///   - reach: how far around it is looked, in pixels.
    /// - Returns: the share of its pixels that jump; 0 outside of the zones.
    func most(in box: PixelBox, reach: Int) -> Double {
        let side = Self.side
        let left = max(0, (box.x - reach - bounds.x) / side)
        let right = min(columns - 1, (box.maxX + reach - bounds.x) / side)
        let top = max(0, (box.y - reach - bounds.y) / side)
        let bottom = min(rows - 1, (box.maxY + reach - bounds.y) / side)
        guard left <= right, top <= bottom else { return 0 }
        var most: UInt16 = 0
        for row in top...bottom {
            for column in left...right { most = max(most, shares.base[row * columns + column]) }
        }
        return Double(most) / 65535
    }

    // MARK: Checkpoints

    /// What is known, as it is written.
    struct Checkpoint: Codable {
        var shares: PackedPlane
        var pictures: Int
    }

    /// What is known now.
    var checkpoint: Checkpoint {
        Checkpoint(shares: PackedPlane(shares), pictures: pictures.base[0])
    }

    /// Goes on from what was written.
    func restore(_ checkpoint: Checkpoint) throws(DetectorError) {
        try checkpoint.shares.restore(to: shares)
        pictures.base[0] = checkpoint.pictures
    }
}
