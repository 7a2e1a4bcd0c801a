internal import Imaging
internal import Scene

/// What each pixel shows when nothing is there, with its noise; and where the present picture
/// differs from it.
///
/// Luma and chroma in 9.7 fixed point. A pixel differs when it lies outside the span of its
/// neighbourhood in the background (3 by 3, which forgives a pixel of shake) by more than its
/// threshold. Luma and chroma are learned in turns, one a frame, but while the model is young.
/// Pixels at the water are judged by how restless they are, too.
struct BackgroundModel {
    let width: Int
    let height: Int
    let chromaWidth: Int
    let chromaHeight: Int
    /// Learned levels, rounded.
    let learned: Buffer<UInt8>
    let learnedBlue: Buffer<UInt8>
    let learnedRed: Buffer<UInt8>
    /// 1 where the present picture differs in luma or chroma.
    let changed: Buffer<UInt8>
    /// 1 where the present picture differs strongly in chroma.
    let tinted: Buffer<UInt8>
    /// Mean absolute deviation from the background in eighths of a level.
    let noise: Buffer<UInt8>
    /// Rises with every change of `learned`.
    var version: Int { stamp.base[0] }
    /// How long the model has learned since it began anew.
    private(set) var age = MediaSpan.zero
    /// How restless the water is; nil where no zone is at the water.
    let dynamics: Dynamics?

    private let stamp = Buffer<Int>(count: 1, filledWith: 0)
    private let luma: Buffer<UInt16>
    private let blue: Buffer<UInt16>
    private let red: Buffer<UInt16>
    private let low: Buffer<UInt8>
    private let high: Buffer<UInt8>
    private let scratch: Buffer<UInt8>
    private let chromaChanged: Buffer<UInt8>
    private let tuning: DetectorTuning
    /// Time since luma and chroma were learned.
    private var lumaSpan = MediaSpan.zero
    private var chromaSpan = MediaSpan.zero
    /// The version that `low` and `high` were made of.
    private var spanVersion = -1

    /// Fractional bits of the model.
    private static let fraction: UInt16 = 7
    /// Until that age every frame teaches luma and chroma.
    private static let youth = MediaSpan.seconds(6)

    /// A model for pictures of that size.
    ///
    /// - Parameters:
    ///   - frame: taken as the whole background.
    ///   - tuning: the constants.
    ///   - water: zones at the water, where the ground itself may move.
    init(frame: AnalysisFrame, tuning: DetectorTuning, water: [Polygon] = []) {
        width = frame.width
        height = frame.height
        chromaWidth = frame.chromaWidth
        chromaHeight = frame.chromaHeight
        self.tuning = tuning
        let count = width * height
        let chromaCount = chromaWidth * chromaHeight
        learned = Buffer(count: count, filledWith: 0)
        learnedBlue = Buffer(count: chromaCount, filledWith: 0)
        learnedRed = Buffer(count: chromaCount, filledWith: 0)
        changed = Buffer(count: count, filledWith: 0)
        tinted = Buffer(count: count, filledWith: 0)
        luma = Buffer(count: count, filledWith: 0)
        blue = Buffer(count: chromaCount, filledWith: 0)
        red = Buffer(count: chromaCount, filledWith: 0)
        noise = Buffer(count: count, filledWith: 16)
        low = Buffer(count: count, filledWith: 0)
        high = Buffer(count: count, filledWith: 0)
        scratch = Buffer(count: count, filledWith: 0)
        chromaChanged = Buffer(count: chromaCount, filledWith: 0)
        dynamics = Dynamics(width: width, height: height, zones: water)
        reset(to: frame)
    }

    /// Takes a frame as the whole background.
    mutating func reset(to frame: AnalysisFrame) {
        learned.copy(from: frame.luma)
        learnedBlue.copy(from: frame.blue)
        learnedRed.copy(from: frame.red)
        unround()
        age = .zero
    }

    /// The learned levels, valid as long as the model.
    func view(isFullRange: Bool) -> PictureView {
        func view(_ plane: Buffer<UInt8>, _ width: Int, _ height: Int) -> PlaneView {
            PlaneView(base: plane.base, width: width, height: height, stride: width)
        }
        return PictureView(
            luma: view(learned, width, height),
            blue: view(learnedBlue, chromaWidth, chromaHeight),
            red: view(learnedRed, chromaWidth, chromaHeight),
            isFullRange: isFullRange
        )
    }

    /// Takes learned levels that were kept.
    mutating func restore(luma: [UInt8], blue: [UInt8], red: [UInt8]) {
        for (target, values) in [(learned, luma), (learnedBlue, blue), (learnedRed, red)]
        where target.count == values.count {
            values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                target.base.update(from: base, count: values.count)
            }
        }
        unround()
    }

    /// Learns the surroundings of what was set by hand.
    mutating func finishSetting() {
        refreshNeighbourhood()
    }

    /// Takes the rounded levels for the model's own.
    private mutating func unround() {
        for (model, rounded) in [(luma, learned), (blue, learnedBlue), (red, learnedRed)] {
            for index in 0..<model.count {
                model.base[index] = UInt16(rounded.base[index]) << Self.fraction
            }
        }
        lumaSpan = .zero
        chromaSpan = .zero
        stamp.base[0] += 1
        refreshNeighbourhood()
    }

    // MARK: Checkpoints

    /// The model as it is written.
    struct Checkpoint: Codable {
        var luma: PackedPlane
        var blue: PackedPlane
        var red: PackedPlane
        var noise: PackedPlane
        var changed: PackedPlane
        var age: MediaSpan
        var lumaSpan: MediaSpan
        var chromaSpan: MediaSpan
        var dynamics: Dynamics.Checkpoint?
    }

    /// The model as it is now.
    var checkpoint: Checkpoint {
        Checkpoint(
            luma: PackedPlane(luma),
            blue: PackedPlane(blue),
            red: PackedPlane(red),
            noise: PackedPlane(noise),
            changed: PackedPlane(changed),
            age: age,
            lumaSpan: lumaSpan,
            chromaSpan: chromaSpan,
            dynamics: dynamics?.checkpoint
        )
    }

    /// Goes on from what was written.
    mutating func restore(_ checkpoint: Checkpoint) throws(DetectorError) {
        try checkpoint.luma.restore(to: luma)
        try checkpoint.blue.restore(to: blue)
        try checkpoint.red.restore(to: red)
        try checkpoint.noise.restore(to: noise)
        try checkpoint.changed.restore(to: changed)
        if let kept = checkpoint.dynamics { try dynamics?.restore(kept) }
        age = checkpoint.age
        lumaSpan = checkpoint.lumaSpan
        chromaSpan = checkpoint.chromaSpan
        for (model, rounded) in [(luma, learned), (blue, learnedBlue), (red, learnedRed)] {
            for index in 0..<model.count {
                rounded.base[index] = UInt8(truncatingIfNeeded: (model.base[index] &+ 64) >> 7)
            }
        }
        stamp.base[0] += 1
        refreshNeighbourhood()
    }

    // MARK: Comparing

    /// Finds where the frame differs from the background.
    ///
    /// - Parameters:
    ///   - frame: the present picture.
    ///   - bodies: what is known to pass through the water.
    ///   - span: time since the picture before.
    func compare(_ frame: AnalysisFrame, bodies: WaterBodies = WaterBodies(), span: MediaSpan) {
        compareLuma(frame.luma.base)
        if let dynamics {
            let limits = Dynamics.Limits(
                low: low.base,
                high: high.base,
                noise: noise.base,
                floor: Int16(tuning.lumaThreshold)
            )
            dynamics.mute(changed.base, frame.luma.base, limits, bodies: bodies.all)
        }
        compareChroma(frame)
        guard let dynamics else { return }
        dynamics.sparkle.follow(
            frame.luma.base,
            width: width,
            before: dynamics.stillness.before.base,
            bodies: bodies.people,
            seconds: span.seconds
        )
        dynamics.stillness.mark(changed.base, frame.luma.base, seconds: span.seconds)
    }

    private func compareLuma(_ now: UnsafePointer<UInt8>) {
        let (low, high, noise, out) = (low.base, high.base, noise.base, changed.base)
        let floor = Int16(tuning.lumaThreshold)
        for index in 0..<(width * height) {
            let value = Int16(now[index])
            let below = Int16(low[index]) &- value
            let above = value &- Int16(high[index])
            let distance = below > above ? below : above
            let threshold = floor &+ Int16(noise[index] >> 2)
            out[index] = distance > threshold ? 1 : 0
        }
    }

    private func compareChroma(_ frame: AnalysisFrame) {
        let (nowBlue, nowRed) = (frame.blue.base, frame.red.base)
        let (oldBlue, oldRed, out) = (learnedBlue.base, learnedRed.base, chromaChanged.base)
        let threshold = UInt8(tuning.chromaThreshold)
        for index in 0..<chromaChanged.count {
            let (blueNow, blueThen) = (nowBlue[index], oldBlue[index])
            let (redNow, redThen) = (nowRed[index], oldRed[index])
            let blueStep = blueNow > blueThen ? blueNow &- blueThen : blueThen &- blueNow
            let redStep = redNow > redThen ? redNow &- redThen : redThen &- redNow
            let distance = blueStep > redStep ? blueStep : redStep
            let differs: UInt8 = distance > threshold ? 1 : 0
            out[index] = differs | (distance > threshold &* 2 ? 2 : 0)
        }
        let chroma = Dynamics.Chroma(
            blueNow: nowBlue,
            redNow: nowRed,
            blueThen: oldBlue,
            redThen: oldRed
        )
        dynamics?.compareChroma(out, chroma, most: threshold)
        for y in 0..<height { spread(out + (y >> 1) * chromaWidth, y) }
    }

    /// Lays one row of chroma flags over a row of luma, two pixels wide each.
    @inline(__always)
    private func spread(_ source: UnsafePointer<UInt8>, _ y: Int) {
        let changedRow = UnsafeMutableRawPointer(changed.base + y * width)
        let tintedRow = UnsafeMutableRawPointer(tinted.base + y * width)
        for x in 0..<(width / 2) {
            let flags = UInt16(source[x]) &* 0x0101
            let before = changedRow.loadUnaligned(fromByteOffset: 2 * x, as: UInt16.self)
            changedRow.storeBytes(of: before | flags & 0x0101, toByteOffset: 2 * x, as: UInt16.self)
            tintedRow.storeBytes(of: (flags >> 1) & 0x0101, toByteOffset: 2 * x, as: UInt16.self)
        }
        guard width % 2 == 1 else { return }
        changed.base[y * width + width - 1] |= source[width / 2] & 1
        tinted.base[y * width + width - 1] = source[width / 2] >> 1
    }

    /// Takes back what was found along the borders over which nothing is known after a shift.
    func ignoreBorder(_ shiftX: Int, _ shiftY: Int) {
        for y in 0..<height {
            let row = changed.base + y * width
            if y < -shiftY || y >= height - shiftY {
                for x in 0..<width { row[x] = 0 }
                continue
            }
            for x in 0..<max(0, -shiftX) { row[x] = 0 }
            for x in min(width, max(0, width - shiftX))..<width { row[x] = 0 }
        }
    }

    /// Share of the picture that differs, on every third row.
    var changedShare: Double {
        var (count, pixels) = (0, 0)
        for y in stride(from: 0, to: height, by: 3) {
            let row = changed.base + y * width
            var inRow: UInt16 = 0
            for x in 0..<width { inRow &+= UInt16(row[x]) }
            count += Int(inRow)
            pixels += width
        }
        return Double(count) / Double(max(1, pixels))
    }

    // MARK: Learning

    /// Learns from a frame where nothing changed and nothing is held.
    ///
    /// - Parameters:
    ///   - frame: the present picture.
    ///   - held: 1 for each pixel that must not be learned, else 0.
    ///   - span: time since the frame before.
    ///   - bodies: boxes of known things that pass through the water, which are not learned.
    mutating func learn(
        _ frame: AnalysisFrame,
        held: UnsafePointer<UInt8>,
        span: MediaSpan,
        bodies: [PixelBox] = []
    ) {
        age = age + span
        lumaSpan = lumaSpan + span
        chromaSpan = chromaSpan + span
        let isYoung = age < Self.youth
        if isYoung || lumaSpan >= chromaSpan {
            learnLuma(frame, held, bodies, rate: learningRate(lumaSpan))
            lumaSpan = .zero
        }
        if isYoung || lumaSpan > .zero {
            learnChroma(frame, held, rate: learningRate(chromaSpan))
            chromaSpan = .zero
        }
        if spanVersion != version { refreshNeighbourhood() }
    }

    /// Share of the way to the present value in 1/65536, under a half: a running mean while young.
    private func learningRate(_ span: MediaSpan) -> Int16 {
        let settled = span.seconds / tuning.backgroundTime.seconds
        let young = span.seconds / max(span.seconds, age.seconds + 0.4)
        return Int16((min(0.499, max(settled, young)) * 65_535).rounded())
    }

    private func learnLuma(
        _ frame: AnalysisFrame,
        _ held: UnsafePointer<UInt8>,
        _ bodies: [PixelBox],
        rate: Int16
    ) {
        let (now, model, noise) = (frame.luma.base, luma.base, noise.base)
        let (changed, rounded, still) = (changed.base, learned.base, scratch.base)
        let count = width * height
        // All bits where the pixel is learned, none elsewhere.
        for index in 0..<count { still[index] = (changed[index] | held[index]) &- 1 }
        dynamics?.admit(still, held: held, chroma: chromaChanged.base, bodies: bodies)
        for index in 0..<count {
            let level = UInt8(truncatingIfNeeded: (model[index] &+ 64) >> 7)
            let away = now[index] > level ? now[index] &- level : level &- now[index]
            let deviation = Int16(away > 31 ? 248 : away << 3)
            let difference = deviation &- Int16(noise[index])
            let towardsZero = difference &+ ((difference >> 15) & 15)
            let step = UInt8(truncatingIfNeeded: towardsZero >> 4) & still[index]
            noise[index] = noise[index] &+ step
        }
        Self.approach(model, rounded, now, still, count, rate)
        stamp.base[0] += 1
    }

    private func learnChroma(_ frame: AnalysisFrame, _ held: UnsafePointer<UInt8>, rate: Int16) {
        let (still, changed) = (chromaChanged.base, changed.base)
        for y in 0..<chromaHeight {
            let row = min(height - 1, y * 2) * width
            let (changedRow, heldRow) = (changed + row, held + row)
            let out = still + y * chromaWidth
            for x in 0..<(width / 2) { out[x] = (changedRow[2 * x] | heldRow[2 * x]) &- 1 }
            if width % 2 == 1 {
                out[chromaWidth - 1] = (changedRow[width - 1] | heldRow[width - 1]) &- 1
            }
        }
        Self.approach(blue.base, learnedBlue.base, frame.blue.base, still, blue.count, rate)
        Self.approach(red.base, learnedRed.base, frame.red.base, still, red.count, rate)
    }

    /// Moves the model towards the present picture where a mask of whole bytes is set.
    private static func approach(
        _ model: UnsafeMutablePointer<UInt16>,
        _ rounded: UnsafeMutablePointer<UInt8>,
        _ now: UnsafePointer<UInt8>,
        _ still: UnsafePointer<UInt8>,
        _ count: Int,
        _ rate: Int16
    ) {
        for index in 0..<count {
            let old = Int16(bitPattern: model[index])
            let step = (Int16(now[index]) << 7) &- old
            // The rounded upper half of the product, made of both halves: 16 bits are enough.
            let share = rate & Int16(Int8(bitPattern: still[index]))
            let upper = Int16(truncatingIfNeeded: (Int32(step) &* Int32(share)) >> 16)
            let half = Int16(bitPattern: UInt16(bitPattern: step &* share) >> 15)
            let next = old &+ upper &+ half
            model[index] = UInt16(bitPattern: next)
            rounded[index] = UInt8(truncatingIfNeeded: (next &+ 64) >> 7)
        }
    }

    /// Takes the present value for one pixel, chroma included.
    func heal(_ x: Int, _ y: Int, from frame: AnalysisFrame, luma value: UInt8) {
        let index = y * width + x
        let chroma = (y >> 1) * chromaWidth + (x >> 1)
        set(x, y, luma: value, blue: frame.blue.base[chroma], red: frame.red.base[chroma])
        changed.base[index] = 0
    }

    /// Takes given levels for one pixel.
    func set(_ x: Int, _ y: Int, luma value: UInt8, blue: UInt8, red: UInt8) {
        let index = y * width + x
        luma.base[index] = UInt16(value) << Self.fraction
        learned.base[index] = value
        let chroma = (y >> 1) * chromaWidth + (x >> 1)
        self.blue.base[chroma] = UInt16(blue) << Self.fraction
        self.red.base[chroma] = UInt16(red) << Self.fraction
        learnedBlue.base[chroma] = blue
        learnedRed.base[chroma] = red
        stamp.base[0] += 1
    }

    /// The span of the background around each pixel.
    private mutating func refreshNeighbourhood() {
        spanVersion = version
        Neighbourhood.minimum(learned.base, low.base, scratch.base, width, height)
        Neighbourhood.maximum(learned.base, high.base, scratch.base, width, height)
    }
}
