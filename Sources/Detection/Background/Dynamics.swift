internal import Imaging
internal import Scene

/// How restless each pixel at the water is: ripples, foam, glints, leaves, rain.
///
/// A counter of tenths rises by one with every toggle between background and change, and falls by a
/// tenth with every picture that brings none (after SuBSENSE, St-Charles et al. 2015). Where it has
/// risen, more difference is asked for, and what moves there teaches the background although it
/// differs from it, so that noise and mean become those of the water. All this is about luma: the
/// colour of water is steadier, and a swimmer's stands out from it. So chroma has a noise of its
/// own here, and a lower threshold where that is small. Only the zones at the water are
/// looked at: nothing else pays for it, and traffic is no ripple.
struct Dynamics {
    /// Tenths of toggles, 0 outside of the zones.
    let flicker: Buffer<UInt8>
    /// All bits within the zones.
    let zone: Buffer<UInt8>
    /// The part of the picture that holds them.
    let bounds: PixelBox

    private let width: Int
    private let height: Int
    /// What chroma usually differs by in the zones, in eighths of a level, at half of the columns
    /// and rows.
    private let chromaNoise: Buffer<UInt8>
    /// 1 within the zones, at half of the columns and rows.
    private let chromaZone: Buffer<UInt8>
    /// Pictures compared, for what is learned at every eighth.
    private let count = Buffer<Int>(count: 1, filledWith: 0)
    /// Where the water is still.
    let stillness: Stillness
    /// Where it sparkles.
    let sparkle: Sparkle
    /// 1 where the luma of the picture before differed, 2 where that was different before it.
    private let was: Buffer<UInt8>

    /// Below that a pixel is judged as everywhere.
    static let calm: UInt8 = 40
    /// From that on a pixel is learned even while it differs.
    static let lively: UInt8 = 80
    /// Tenths for a toggle.
    private static let rise: UInt8 = 10
    /// Tenths for a level of difference that is asked for in addition, as a power of two.
    private static let shift: UInt8 = 4

    /// The counters of some zones; nil where none covers a pixel.
    init?(width: Int, height: Int, zones: [Polygon]) {
        self.width = width
        self.height = height
        let mask = Buffer<UInt8>(count: width * height, filledWith: 0)
        guard let bounds = Self.fill(mask, zones, width, height) else { return nil }
        self.bounds = bounds
        zone = mask
        stillness = Stillness(zone: mask, bounds: bounds, width: width)
        sparkle = Sparkle(bounds: bounds)
        flicker = Buffer(count: width * height, filledWith: 0)
        was = Buffer(count: width * height, filledWith: 0)
        let (columns, rows) = ((width + 1) / 2, (height + 1) / 2)
        chromaNoise = Buffer(count: columns * rows, filledWith: Self.chromaUnknown)
        chromaZone = Buffer(count: columns * rows, filledWith: 0)
        for y in 0..<rows {
            for x in 0..<columns {
                chromaZone.base[y * columns + x] = mask.base[2 * y * width + 2 * x] & 1
            }
        }
    }

    /// Marks the pixels whose middle is in a zone.
    private static func fill(
        _ mask: Buffer<UInt8>,
        _ zones: [Polygon],
        _ width: Int,
        _ height: Int
    ) -> PixelBox? {
        var bounds: PixelBox?
        for polygon in zones {
            let box = polygon.bounds.pixels(width: width, height: height)
            let picture = PixelBox(x: 0, y: 0, width: width, height: height)
            guard let box = box.grown(by: 1, within: width, height)?.intersection(picture) else {
                continue
            }
            bounds = bounds.map { $0.union(box) } ?? box
            for y in box.y..<box.maxY {
                for x in box.x..<box.maxX {
                    let middle = NormalizedPoint(
                        x: (Double(x) + 0.5) / Double(width),
                        y: (Double(y) + 0.5) / Double(height)
                    )
                    if polygon.contains(middle) { mask.base[y * width + x] = 255 }
                }
            }
        }
        return bounds
    }

    // MARK: Chroma

    /// Eighths of a level at the start, and the least difference that counts, in levels.
    private static let (chromaUnknown, chromaFloor): (UInt8, UInt8) = (24, 6)

    /// Chroma now and of the background.
    struct Chroma {
        let blueNow: UnsafePointer<UInt8>
        let redNow: UnsafePointer<UInt8>
        let blueThen: UnsafePointer<UInt8>
        let redThen: UnsafePointer<UInt8>
    }

    /// Marks chroma that differs by more than is usual where the colour of the water is steady.
    ///
    /// - Parameters:
    ///   - flags: bit 0 is set where chroma differs; more are set.
    ///   - chroma: what is compared.
    ///   - most: difference that counts everywhere, in levels.
    func compareChroma(
        _ flags: UnsafeMutablePointer<UInt8>,
        _ chroma: Chroma,
        most: UInt8
    ) {
        count.base[0] &+= 1
        let slow: UInt8 = count.base[0] % 8 == 0 ? 1 : 0
        let columns = (width + 1) / 2
        let (first, last) = (bounds.x / 2, min(columns, (bounds.maxX + 1) / 2))
        for y in (bounds.y / 2)..<((bounds.maxY + 1) / 2) {
            let index = y * columns + first
            let row = Chroma(
                blueNow: chroma.blueNow + index,
                redNow: chroma.redNow + index,
                blueThen: chroma.blueThen + index,
                redThen: chroma.redThen + index
            )
            let (noise, zone) = (chromaNoise.base + index, chromaZone.base + index)
            Self.compareChroma(flags + index, row, noise, zone, last - first, most, slow)
        }
    }

    /// One row; noise follows the median of the difference, slowly where that counts.
    private static func compareChroma(
        _ flags: UnsafeMutablePointer<UInt8>,
        _ chroma: Chroma,
        _ noise: UnsafeMutablePointer<UInt8>,
        _ zone: UnsafePointer<UInt8>,
        _ count: Int,
        _ most: UInt8,
        _ slow: UInt8
    ) {
        let (blue, red) = (chroma.blueNow, chroma.redNow)
        let (oldBlue, oldRed) = (chroma.blueThen, chroma.redThen)
        for x in 0..<count {
            let blueStep = blue[x] > oldBlue[x] ? blue[x] &- oldBlue[x] : oldBlue[x] &- blue[x]
            let redStep = red[x] > oldRed[x] ? red[x] &- oldRed[x] : oldRed[x] &- red[x]
            let distance = blueStep > redStep ? blueStep : redStep
            let usual = noise[x]
            let own = chromaFloor &+ (usual >> 2)
            let threshold = own < most ? own : most
            let hit: UInt8 = distance > threshold ? 1 : 0
            flags[x] |= hit & zone[x]
            let eighths = distance > 31 ? 248 : distance << 3
            let rise: UInt8 = eighths > usual ? 1 : 0
            let fall: UInt8 = eighths < usual ? 1 : 0
            noise[x] = usual &+ (rise & ((hit ^ 1) | slow)) &- fall
        }
    }

    // MARK: Luma

    /// The limits that a pixel's luma is compared with.
    struct Limits {
        let low: UnsafePointer<UInt8>
        let high: UnsafePointer<UInt8>
        let noise: UnsafePointer<UInt8>
        let floor: Int16

        @inline(__always)
        func moved(by index: Int) -> Limits {
            Limits(
                low: low + index,
                high: high + index,
                noise: noise + index,
                floor: floor
            )
        }
    }

    /// Counts toggles, and takes back change that is no more than restless pixels are used to.
    ///
    /// - Parameters:
    ///   - changed: 1 where luma differs from the background; what is muted becomes 0.
    ///   - now: luma of the picture.
    ///   - limits: what luma was compared with.
    ///   - bodies: boxes of known things that pass, whose coming and going is no ripple.
    func mute(
        _ changed: UnsafeMutablePointer<UInt8>,
        _ now: UnsafePointer<UInt8>,
        _ limits: Limits,
        bodies: [PixelBox]
    ) {
        let kept = bodies.map { ($0, part(of: $0)) }
        for y in bounds.y..<bounds.maxY {
            let index = y * width + bounds.x
            Self.count(
                changed + index,
                was.base + index,
                flicker.base + index,
                zone.base + index,
                bounds.width
            )
        }
        for (box, values) in kept { put(values, into: box) }
        for y in bounds.y..<bounds.maxY {
            let index = y * width + bounds.x
            Self.mute(
                changed + index,
                now + index,
                flicker.base + index,
                limits.moved(by: index),
                bounds.width
            )
        }
    }

    private static func count(
        _ changed: UnsafePointer<UInt8>,
        _ was: UnsafeMutablePointer<UInt8>,
        _ flicker: UnsafeMutablePointer<UInt8>,
        _ zone: UnsafePointer<UInt8>,
        _ count: Int
    ) {
        for x in 0..<count {
            // All bits where the pixel has toggled.
            let toggled = 0 &- (changed[x] ^ (was[x] & 1))
            was[x] = changed[x] | (toggled & 2)
            let value = flicker[x]
            let up = value > 255 &- rise ? 255 : value &+ rise
            let down = value &- (value > 0 ? 1 : 0)
            flicker[x] = ((up & toggled) | (down & ~toggled)) & zone[x]
        }
    }

    private static func mute(
        _ changed: UnsafeMutablePointer<UInt8>,
        _ now: UnsafePointer<UInt8>,
        _ flicker: UnsafePointer<UInt8>,
        _ limits: Limits,
        _ count: Int
    ) {
        let (low, high, noise, floor) = (limits.low, limits.high, limits.noise, limits.floor)
        for x in 0..<count {
            let value = Int16(now[x])
            let below = Int16(low[x]) &- value
            let above = value &- Int16(high[x])
            let distance = below > above ? below : above
            let threshold = floor &+ Int16(noise[x] >> 2) &+ Int16(flicker[x] >> shift)
            let stands: UInt8 = distance > threshold ? 1 : 0
            let isCalm: UInt8 = flicker[x] < calm ? 1 : 0
            changed[x] &= stands | isCalm
        }
    }

    /// Share of the pixels with another luma in a box that have just become so or just ceased.
    ///
    /// Small within a body, large where water glitters; 0 outside of the zones.
    func toggledShare(in box: PixelBox) -> Double {
        guard let box = box.intersection(bounds) else { return 0 }
        var (toggled, differing) = (0, 0)
        for y in box.y..<box.maxY {
            let row = was.base + y * width
            for x in box.x..<box.maxX {
                toggled += Int(row[x] >> 1)
                differing += row[x] != 0 ? 1 : 0
            }
        }
        return differing > 0 ? Double(toggled) / Double(differing) : 0
    }

    /// Lets restless pixels be learned although their luma differs.
    ///
    /// - Parameters:
    ///   - still: all bits for each pixel that is to be learned; more are set.
    ///   - held: 1 for each pixel that must not be learned.
    ///   - chroma: bit 0 set where chroma differs, at half of the columns and rows.
    ///   - bodies: boxes of known things that pass, which are not learned.
    func admit(
        _ still: UnsafeMutablePointer<UInt8>,
        held: UnsafePointer<UInt8>,
        chroma: UnsafePointer<UInt8>,
        bodies: [PixelBox]
    ) {
        let boxes = bodies.compactMap { $0.intersection(bounds) }
        let kept = boxes.map { Self.part(still, of: $0, width) }
        for y in bounds.y..<bounds.maxY {
            let index = y * width + bounds.x
            let (still, held, flicker) = (still + index, held + index, flicker.base + index)
            for x in 0..<bounds.width {
                let isLively: UInt8 = flicker[x] >= Self.lively ? 255 : 0
                still[x] |= isLively & (held[x] &- 1)
            }
            keepColour(still - bounds.x, chroma + (y >> 1) * ((width + 1) / 2))
        }
        for (box, values) in zip(boxes, kept) { Self.put(values, still, into: box, width) }
    }

    /// Takes the pixels of a row with another colour out again, two for each sample of chroma.
    @inline(__always)
    private func keepColour(
        _ row: UnsafeMutablePointer<UInt8>,
        _ chroma: UnsafePointer<UInt8>
    ) {
        let pairs = UnsafeMutableRawPointer(row)
        for x in (bounds.x / 2)..<(bounds.maxX / 2) {
            let differs = 0 &- UInt16(chroma[x] & 1)
            let kept = pairs.loadUnaligned(fromByteOffset: 2 * x, as: UInt16.self) & ~differs
            pairs.storeBytes(of: kept, toByteOffset: 2 * x, as: UInt16.self)
        }
    }

    // MARK: Boxes

    /// A body and a little around it, for it toggles ahead of itself and behind.
    private func around(_ box: PixelBox) -> PixelBox? {
        box.grown(by: 3, within: width, height)?.intersection(bounds)
    }

    private func part(of box: PixelBox) -> [UInt8] {
        around(box).map { Self.part(flicker.base, of: $0, width) } ?? []
    }

    private func put(_ values: [UInt8], into box: PixelBox) {
        guard let box = around(box) else { return }
        Self.put(values, flicker.base, into: box, width)
    }

    private static func part(
        _ plane: UnsafePointer<UInt8>,
        of box: PixelBox,
        _ width: Int
    ) -> [UInt8] {
        var values: [UInt8] = []
        values.reserveCapacity(box.area)
        for y in box.y..<box.maxY {
            values += UnsafeBufferPointer(start: plane + y * width + box.x, count: box.width)
        }
        return values
    }

    private static func put(
        _ values: [UInt8],
        _ plane: UnsafeMutablePointer<UInt8>,
        into box: PixelBox,
        _ width: Int
    ) {
        values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for y in 0..<box.height {
                (plane + (box.y + y) * width + box.x)
                    .update(from: base + y * box.width, count: box.width)
            }
        }
    }

    // MARK: Checkpoints

    /// The counters as they are written.
    struct Checkpoint: Codable {
        var flicker: PackedPlane
        var was: PackedPlane
        var chromaNoise: PackedPlane
        var count: Int
        var stillness: Stillness.Checkpoint
        var sparkle: Sparkle.Checkpoint
    }

    /// The counters as they are now.
    var checkpoint: Checkpoint {
        Checkpoint(
            flicker: PackedPlane(flicker),
            was: PackedPlane(was),
            chromaNoise: PackedPlane(chromaNoise),
            count: count.base[0],
            stillness: stillness.checkpoint,
            sparkle: sparkle.checkpoint
        )
    }

    /// Goes on from what was written.
    func restore(_ checkpoint: Checkpoint) throws(DetectorError) {
        try checkpoint.flicker.restore(to: flicker)
        try checkpoint.was.restore(to: was)
        try checkpoint.chromaNoise.restore(to: chromaNoise)
        count.base[0] = checkpoint.count
        try stillness.restore(checkpoint.stillness)
        try sparkle.restore(checkpoint.sparkle)
    }
}
