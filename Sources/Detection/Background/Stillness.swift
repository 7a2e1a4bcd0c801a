internal import Imaging
internal import Scene

/// Where water that is never still has become still: something stands before it.
///
/// A person whose level is that of rough water differs from it in no single picture; but ripples
/// do not run over them. For each pixel of the zones at the water it is known how much the picture
/// changes from one to the next, over half a second and over many; steps count for six levels at
/// most, so that it is told how often something changes, not how brightly it sparkles. Where the
/// mean of 5 by 5 pixels has fallen to two fifths of the usual, the water is still.
struct Stillness {
    private let width: Int
    private let zone: Buffer<UInt8>
    private let bounds: PixelBox
    /// Levels of the picture before, of the rectangle around the zones, like all that follows.
    let before: Buffer<UInt8>
    /// Mean step from picture to picture, in 1/4096 of a level, over half a second and over long.
    private let present: Buffer<UInt16>
    private let usual: Buffer<UInt16>
    /// 1 where the water is still.
    private let still: Buffer<UInt8>
    /// Sums over five columns.
    private let presentSums: Buffer<UInt16>
    private let usualSums: Buffer<UInt16>
    /// Pictures seen, and seconds from one to the next, smoothed.
    private let pictures = Buffer<Int>(count: 1, filledWith: 0)
    private let pace = Buffer<Double>(count: 1, filledWith: 0)

    /// A step counts for so many levels at most; the usual one of water that is told to be still.
    private static let mostStep: UInt8 = 6
    private static let leastUsual: UInt16 = 2 * 4096 + 2048
    /// Half a second, and the time over which the usual is learned.
    private static let (presentTime, usualTime) = (0.5, 16.0)
    /// Nothing is told before so much has been seen.
    private static let youth = 5.0
    /// Above that share of the restless pixels the wind has dropped: nobody covers so much.
    private static let mostShare = 3

    init(zone: Buffer<UInt8>, bounds: PixelBox, width: Int) {
        self.zone = zone
        self.bounds = bounds
        self.width = width
        before = Buffer(count: bounds.area, filledWith: 0)
        present = Buffer(count: bounds.area, filledWith: 0)
        usual = Buffer(count: bounds.area, filledWith: 0)
        still = Buffer(count: bounds.area, filledWith: 0)
        presentSums = Buffer(count: bounds.area, filledWith: 0)
        usualSums = Buffer(count: bounds.area, filledWith: 0)
    }

    /// Takes in a picture and marks where the water is still.
    ///
    /// - Parameters:
    ///   - changed: 1 where the picture differs from the background; more are set.
    ///   - now: luma of the picture.
    ///   - seconds: time since the picture before.
    func mark(
        _ changed: UnsafeMutablePointer<UInt8>,
        _ now: UnsafePointer<UInt8>,
        seconds: Double
    ) {
        let isFirst = pictures.base[0] == 0
        pictures.base[0] += 1
        if !isFirst {
            let seconds = min(1, max(0.01, seconds))
            pace.base[0] = pace.base[0] == 0 ? seconds : pace.base[0] * 0.9 + seconds * 0.1
        }
        let shifts = shifts
        for y in 0..<bounds.height {
            let index = (bounds.y + y) * width + bounds.x
            let row = y * bounds.width
            Self.follow(
                now + index,
                before.base + row,
                (present.base + row, usual.base + row),
                still.base + row,
                shifts,
                isFirst ? 0 : bounds.width
            )
            (before.base + row).update(from: now + index, count: bounds.width)
        }
        guard Double(pictures.base[0]) * pace.base[0] >= Self.youth else { return }
        sumRows()
        let (restless, stilled) = compare()
        guard stilled * Self.mostShare <= restless else { return }
        for y in 0..<bounds.height {
            let index = (bounds.y + y) * width + bounds.x
            let (out, still) = (changed + index, still.base + y * bounds.width)
            for x in 0..<bounds.width { out[x] |= still[x] }
        }
    }

    /// Powers of two by which means approach the present step.
    ///
    /// The usual one is a running mean while young. Every eighth picture teaches it where the water
    /// is still, too.
    private var shifts: (present: Int16, usual: Int16, teachesStill: Bool) {
        let pace = max(0.01, pace.base[0])
        func shift(_ pictures: Double) -> Int16 {
            var power: Int16 = 0
            while power < 9 && Double(1 << (power + 1)) <= pictures * 1.4 { power += 1 }
            return power
        }
        let young = Double(pictures.base[0])
        return (
            shift(min(young, Self.presentTime / pace)), shift(min(young, Self.usualTime / pace)),
            pictures.base[0] % 8 == 0
        )
    }

    private static func follow(
        _ now: UnsafePointer<UInt8>,
        _ before: UnsafePointer<UInt8>,
        _ means: (present: UnsafeMutablePointer<UInt16>, usual: UnsafeMutablePointer<UInt16>),
        _ still: UnsafePointer<UInt8>,
        _ shifts: (present: Int16, usual: Int16, teachesStill: Bool),
        _ count: Int
    ) {
        let (present, usual) = means
        let open: Int16 = shifts.teachesStill ? -1 : 0
        for x in 0..<count {
            let step = now[x] > before[x] ? now[x] &- before[x] : before[x] &- now[x]
            let value = Int16(step > mostStep ? mostStep : step) << 12
            let (short, long) = (Int16(bitPattern: present[x]), Int16(bitPattern: usual[x]))
            present[x] = UInt16(bitPattern: short &+ ((value &- short) >> shifts.present))
            let learned = (Int16(still[x]) &- 1) | open
            usual[x] = UInt16(bitPattern: long &+ (((value &- long) >> shifts.usual) & learned))
        }
    }

    /// Adds up five columns of both means, in 1/128 of a level.
    private func sumRows() {
        let (width, last) = (bounds.width, bounds.width - 2)
        guard last > 2 else { return }
        for (means, sums) in [(present, presentSums), (usual, usualSums)] {
            for y in 0..<bounds.height {
                let (row, out) = (means.base + y * width, sums.base + y * width)
                for x in 2..<last {
                    let left = (row[x &- 2] >> 5) &+ (row[x &- 1] >> 5) &+ (row[x] >> 5)
                    out[x] = left &+ (row[x &+ 1] >> 5) &+ (row[x &+ 2] >> 5)
                }
            }
        }
    }

    /// Finds where the water is still.
    ///
    /// - Returns: how many pixels are restless, and how many of them are still.
    private func compare() -> (restless: Int, still: Int) {
        let width = bounds.width
        var (restless, stilled) = (0, 0)
        still.clear()
        guard bounds.height > 4, width > 4 else { return (0, 0) }
        for y in 2..<(bounds.height - 2) {
            let (short, long) = (presentSums.base + y * width, usualSums.base + y * width)
            let out = still.base + y * width
            let zone = zone.base + (bounds.y + y) * self.width + bounds.x
            var (inRow, stillInRow): (UInt16, UInt16) = (0, 0)
            for x in 2..<(width - 2) {
                let now =
                    short[x &- 2 &* width] &+ short[x &- width] &+ short[x]
                    &+ short[x &+ width] &+ short[x &+ 2 &* width]
                let then =
                    long[x &- 2 &* width] &+ long[x &- width] &+ long[x]
                    &+ long[x &+ width] &+ long[x &+ 2 &* width]
                let isRestless: UInt8 = then >= 25 * (Self.leastUsual >> 5) ? 1 : 0
                let isStill: UInt8 = now / 2 < then / 5 ? 1 : 0
                let inZone = isRestless & zone[x]
                out[x] = inZone & isStill
                inRow &+= UInt16(inZone)
                stillInRow &+= UInt16(inZone & isStill)
            }
            restless += Int(inRow)
            stilled += Int(stillInRow)
        }
        return (restless, stilled)
    }

    // MARK: Checkpoints

    /// What is known, as it is written.
    struct Checkpoint: Codable {
        var before: PackedPlane
        var present: PackedPlane
        var usual: PackedPlane
        var still: PackedPlane
        var pictures: Int
        var pace: Double
    }

    /// What is known now.
    var checkpoint: Checkpoint {
        Checkpoint(
            before: PackedPlane(before),
            present: PackedPlane(present),
            usual: PackedPlane(usual),
            still: PackedPlane(still),
            pictures: pictures.base[0],
            pace: pace.base[0]
        )
    }

    /// Goes on from what was written.
    func restore(_ checkpoint: Checkpoint) throws(DetectorError) {
        try checkpoint.before.restore(to: before)
        try checkpoint.present.restore(to: present)
        try checkpoint.usual.restore(to: usual)
        try checkpoint.still.restore(to: still)
        pictures.base[0] = checkpoint.pictures
        pace.base[0] = checkpoint.pace
    }
}
