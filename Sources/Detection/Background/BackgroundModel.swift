internal import Imaging
internal import Scene

/// What each pixel shows when nothing is there, with its noise; and where the present picture
/// differs from it.
///
/// Luma and chroma in 8.8 fixed point. A pixel differs when it lies outside the span of its
/// neighbourhood in the background (3 by 3, which forgives a pixel of shake) by more than its
/// threshold.
struct BackgroundModel {
    let width: Int
    let height: Int
    /// Learned luma, rounded to levels.
    let learned: Buffer<UInt8>
    /// 1 where the present picture differs in luma or chroma.
    let changed: Buffer<UInt8>
    /// 1 where the present picture differs strongly in chroma.
    let tinted: Buffer<UInt8>

    private let luma: Buffer<UInt16>
    private let blue: Buffer<UInt16>
    private let red: Buffer<UInt16>
    /// Mean absolute deviation from the background in eighths of a level.
    let noise: Buffer<UInt8>
    private let low: Buffer<UInt8>
    private let high: Buffer<UInt8>
    private let scratch: Buffer<UInt8>
    private let chromaChanged: Buffer<UInt8>
    private let chromaWidth: Int
    private let chromaHeight: Int
    private let tuning: DetectorTuning
    /// How long the model has learned.
    private(set) var age = MediaSpan.zero

    init(frame: AnalysisFrame, tuning: DetectorTuning) {
        width = frame.width
        height = frame.height
        chromaWidth = frame.chromaWidth
        chromaHeight = frame.chromaHeight
        self.tuning = tuning
        let count = width * height
        let chromaCount = chromaWidth * chromaHeight
        learned = Buffer(count: count, filledWith: 0)
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
        reset(to: frame)
    }

    /// Takes a frame as the whole background.
    mutating func reset(to frame: AnalysisFrame) {
        for index in 0..<luma.count { luma.base[index] = UInt16(frame.luma.base[index]) << 8 }
        for index in 0..<blue.count {
            blue.base[index] = UInt16(frame.blue.base[index]) << 8
            red.base[index] = UInt16(frame.red.base[index]) << 8
        }
        learned.copy(from: frame.luma)
        age = .zero
        refreshNeighbourhood()
    }

    /// Finds where the frame differs from the background.
    func compare(_ frame: AnalysisFrame) {
        compareLuma(frame.luma.base)
        compareChroma(frame)
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
        let (oldBlue, oldRed, out) = (blue.base, red.base, chromaChanged.base)
        let threshold = Int32(tuning.chromaThreshold) << 8
        for index in 0..<(chromaWidth * chromaHeight) {
            let blueStep = (Int32(nowBlue[index]) << 8) &- Int32(oldBlue[index])
            let redStep = (Int32(nowRed[index]) << 8) &- Int32(oldRed[index])
            let distance = max(abs(blueStep), abs(redStep))
            let strong: UInt8 = distance > threshold &* 2 ? 2 : 0
            out[index] = strong | (distance > threshold ? 1 : 0)
        }
        for y in 0..<height {
            let source = out + (y >> 1) * chromaWidth
            let (changedRow, tintedRow) = (changed.base + y * width, tinted.base + y * width)
            for x in 0..<width {
                changedRow[x] |= source[x >> 1] & 1
                tintedRow[x] = source[x >> 1] >> 1
            }
        }
    }

    /// Learns from a frame where nothing changed and nothing is held.
    ///
    /// - Parameters:
    ///   - frame: the present picture.
    ///   - held: pixels (non-zero) that must not be learned.
    ///   - span: time since the frame before.
    mutating func learn(_ frame: AnalysisFrame, held: UnsafePointer<UInt8>, span: MediaSpan) {
        age = age + span
        let rate = learningRate(span)
        let (now, model, noise) = (frame.luma.base, luma.base, noise.base)
        let (changed, rounded) = (changed.base, learned.base)
        for index in 0..<(width * height) {
            let free: Int32 = changed[index] | held[index] == 0 ? 1 : 0
            let old = Int32(model[index])
            let step = (Int32(now[index]) << 8) &- old
            let next = old &+ ((step &* rate &* free &+ 2048) >> 12)
            model[index] = UInt16(truncatingIfNeeded: next)
            rounded[index] = UInt8(truncatingIfNeeded: min(255, (next &+ 128) >> 8))
            let deviation = min(255, abs(step) >> 5)
            let spread = Int32(noise[index])
            noise[index] = UInt8(
                truncatingIfNeeded: spread &+ ((deviation &- spread) &* free) / 16
            )
        }
        learnChroma(frame, held: held, rate: rate)
        refreshNeighbourhood()
    }

    /// Share of the way to the present value in 1/4096: a running mean while young.
    private func learningRate(_ span: MediaSpan) -> Int32 {
        let settled = span.seconds / tuning.backgroundTime.seconds
        let young = span.seconds / max(span.seconds, age.seconds + 0.4)
        return Int32((min(1, max(settled, min(young, 0.5))) * 4096).rounded())
    }

    private func learnChroma(_ frame: AnalysisFrame, held: UnsafePointer<UInt8>, rate: Int32) {
        let (nowBlue, nowRed) = (frame.blue.base, frame.red.base)
        for y in 0..<chromaHeight {
            let row = min(height - 1, y * 2) * width
            for x in 0..<chromaWidth {
                let pixel = row + min(width - 1, x * 2)
                guard changed.base[pixel] | held[pixel] == 0 else { continue }
                let index = y * chromaWidth + x
                Self.approach(blue.base + index, nowBlue[index], rate)
                Self.approach(red.base + index, nowRed[index], rate)
            }
        }
    }

    private static func approach(
        _ model: UnsafeMutablePointer<UInt16>,
        _ value: UInt8,
        _ rate: Int32
    ) {
        let old = Int32(model.pointee)
        let step = (Int32(value) << 8) &- old
        model.pointee = UInt16(truncatingIfNeeded: old &+ ((step &* rate &+ 2048) >> 12))
    }

    /// Takes the present value for one pixel, chroma included.
    func heal(_ x: Int, _ y: Int, from frame: AnalysisFrame, luma value: UInt8) {
        let index = y * width + x
        luma.base[index] = UInt16(value) << 8
        learned.base[index] = value
        changed.base[index] = 0
        let chroma = (y >> 1) * chromaWidth + (x >> 1)
        blue.base[chroma] = UInt16(frame.blue.base[chroma]) << 8
        red.base[chroma] = UInt16(frame.red.base[chroma]) << 8
    }

    /// The span of the background around each pixel.
    private func refreshNeighbourhood() {
        Neighbourhood.minimum(learned.base, low.base, scratch.base, width, height)
        Neighbourhood.maximum(learned.base, high.base, scratch.base, width, height)
    }
}
