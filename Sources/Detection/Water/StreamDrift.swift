internal import Imaging
internal import Scene

/// Where the water carries what floats on it, learned from its texture.
///
/// Every third of a second a few small patches of the water are remembered and those of the time
/// before are looked for (least sum of absolute differences). What stays where it was is ground;
/// what has no clear match has no say. The drift is the median of the last votes, once many agree.
/// Speeds are in heights of a person a second, which takes the perspective out.
struct StreamDrift: Hashable, Codable {
    /// The speed that was learned; nil while the votes differ or the water stands.
    private(set) var velocity: Speed?

    private var patches: [Patch] = []
    private var takenAt: MediaTime?
    private var votes: [Speed] = []
    private var next = 0
    /// State of the generator of places.
    private var seed: UInt32 = 1

    /// A speed in heights of a person a second.
    struct Speed: Hashable, Codable {
        var x: Double
        var y: Double

        var length: Double { (x * x + y * y).squareRoot() }

        func distance(to other: Speed) -> Double {
            Speed(x: x - other.x, y: y - other.y).length
        }
    }

    private struct Patch: Hashable, Codable {
        var x: Int
        var y: Int
        @PackedBytes var levels: [UInt8]
    }

    private static let side = 12
    /// Farthest that a patch is looked for, in pixels.
    private static let reach = 12
    private static let patchCount = 5
    private static let span = MediaSpan.seconds(0.3)
    private static let longest = MediaSpan.seconds(1)
    /// Votes that are kept, and that must be there.
    private static let (kept, needed) = (64, 20)
    /// Slower water carries nothing that could be told by it.
    private static let slowest = 0.08

    /// Whether something moves as the water does.
    func carries(_ speed: Speed) -> Bool {
        guard let velocity else { return false }
        return speed.distance(to: velocity) <= 0.08 + 0.35 * velocity.length
    }

    /// Looks at one picture.
    ///
    /// - Parameters:
    ///   - luma: the picture as seen.
    ///   - size: its columns and rows.
    ///   - water: where to look.
    ///   - avoiding: boxes of what moves by itself.
    ///   - people: how tall people look, which gives the unit.
    ///   - time: its time.
    mutating func step(
        _ luma: UnsafePointer<UInt8>,
        size: (width: Int, height: Int),
        water: (zone: UnsafePointer<UInt8>, bounds: PixelBox),
        avoiding: [PixelBox],
        people: PersonHeights,
        at time: MediaTime
    ) {
        if let takenAt {
            guard time - takenAt >= Self.span else { return }
            let seconds = (time - takenAt).seconds
            if time - takenAt <= Self.longest {
                for patch in patches { vote(patch, luma, size, seconds, people) }
                settle()
            }
        }
        takenAt = time
        patches.removeAll(keepingCapacity: true)
        for _ in 0..<(2 * Self.patchCount) where patches.count < Self.patchCount {
            take(luma, size.width, water.zone, water.bounds, avoiding)
        }
    }

    /// Remembers a patch at the next place, where it is water with texture.
    private mutating func take(
        _ luma: UnsafePointer<UInt8>,
        _ width: Int,
        _ zone: UnsafePointer<UInt8>,
        _ bounds: PixelBox,
        _ avoiding: [PixelBox]
    ) {
        let side = Self.side
        guard bounds.width > side, bounds.height > side else { return }
        let x = bounds.x + random(bounds.width - side)
        let y = bounds.y + random(bounds.height - side)
        let box = PixelBox(x: x, y: y, width: side, height: side)
        let corners = [(0, 0), (side - 1, 0), (0, side - 1), (side - 1, side - 1)]
        guard corners.allSatisfy({ zone[(y + $0.1) * width + x + $0.0] != 0 }),
            !avoiding.contains(where: { $0.intersection(box) != nil })
        else { return }
        var levels: [UInt8] = []
        levels.reserveCapacity(side * side)
        for row in y..<(y + side) {
            levels += UnsafeBufferPointer(start: luma + row * width + x, count: side)
        }
        guard let low = levels.min(), let high = levels.max(), high - low >= 16 else { return }
        patches.append(Patch(x: x, y: y, levels: levels))
    }

    /// A number below another, the same on every machine.
    private mutating func random(_ limit: Int) -> Int {
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return Int((UInt64(seed) * UInt64(limit)) >> 32)
    }

    /// Looks for a patch and takes its way for a vote where it is clear.
    private mutating func vote(
        _ patch: Patch,
        _ luma: UnsafePointer<UInt8>,
        _ size: (width: Int, height: Int),
        _ seconds: Double,
        _ people: PersonHeights
    ) {
        let (side, reach, count) = (Self.side, Self.reach, patch.levels.count)
        let columns = max(0, patch.x - reach)...min(size.width - side, patch.x + reach)
        let rows = max(0, patch.y - reach)...min(size.height - side, patch.y + reach)
        guard count == side * side, !columns.isEmpty, !rows.isEmpty else { return }
        var (best, total, tries, still) = (Int32.max, 0, 0, Int32.max)
        var place = (x: patch.x, y: patch.y)
        patch.levels.withUnsafeBufferPointer { levels in
            guard let levels = levels.baseAddress else { return }
            for y in rows {
                for x in columns {
                    let sum = Self.difference(levels, luma + y * size.width + x, size.width)
                    total += Int(sum)
                    tries += 1
                    if x == patch.x && y == patch.y { still = sum }
                    if sum < best { (best, place) = (sum, (x, y)) }
                }
            }
        }
        // Ground keeps its place; a match must stand out from chance.
        let pixels = Int32(count / 2)
        guard tries > 0, still > pixels * 5 / 2, Int(best) * tries * 2 <= total else { return }
        let box = PixelBox(x: place.x, y: place.y, width: side, height: side)
        let unit = people.expected(at: box) ?? Double(size.height) * 0.15
        let speed = Speed(
            x: Double(place.x - patch.x) / seconds / unit,
            y: Double(place.y - patch.y) / seconds / unit
        )
        if votes.count < Self.kept {
            votes.append(speed)
        } else {
            votes[next] = speed
            next = (next + 1) % Self.kept
        }
    }

    /// Sum of absolute differences over every second row.
    private static func difference(
        _ patch: UnsafePointer<UInt8>,
        _ luma: UnsafePointer<UInt8>,
        _ width: Int
    ) -> Int32 {
        var sum: Int32 = 0
        for row in stride(from: 0, to: side, by: 2) {
            let (a, b) = (patch + row * side, luma + row * width)
            var inRow: UInt16 = 0
            for x in 0..<side {
                inRow &+= UInt16(a[x] > b[x] ? a[x] &- b[x] : b[x] &- a[x])
            }
            sum &+= Int32(inRow)
        }
        return sum
    }

    private mutating func settle() {
        guard votes.count >= Self.needed else { return }
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        let middle = Speed(x: median(votes.map(\.x)), y: median(votes.map(\.y)))
        let tolerance = 0.1 + 0.25 * middle.length
        let agreeing = votes.count { $0.distance(to: middle) <= tolerance }
        let isClear = agreeing * 5 >= votes.count * 2 && middle.length >= Self.slowest
        velocity = isClear ? middle : nil
    }
}
