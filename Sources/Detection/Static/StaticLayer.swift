internal import Imaging
internal import Scene

/// Per pixel, what has come to rest over the background, and since when.
///
/// A value that stays quiet long enough while it differs from the background settles into the layer
/// with the moment its quiet began. Whatever passes in front only suspends it; the layer lets go of
/// a pixel when the background has shown again for a while. Moments are centiseconds of media time.
struct StaticLayer {
    let width: Int
    let height: Int
    /// 1 where something has settled.
    let settled: Buffer<UInt8>
    /// What has settled.
    let value: Buffer<UInt8>
    /// When it settled.
    let since: Buffer<Int32>
    /// 1 where the settled value is seen now.
    let seen: Buffer<UInt8>
    /// The last quiet value and since when it has been quiet.
    let quiet: Buffer<UInt8>
    let quietSince: Buffer<Int32>
    /// Since when the background has been seen, `Int32.max` while it is not.
    let clearSince: Buffer<Int32>
    /// When the background was last seen: nothing can have settled before.
    let lastClear: Buffer<Int32>

    private let tuning: DetectorTuning

    init(frame: AnalysisFrame, tuning: DetectorTuning) {
        width = frame.width
        height = frame.height
        self.tuning = tuning
        let count = width * height
        settled = Buffer(count: count, filledWith: 0)
        value = Buffer(count: count, filledWith: 0)
        since = Buffer(count: count, filledWith: 0)
        seen = Buffer(count: count, filledWith: 0)
        quiet = Buffer(count: count, filledWith: 0)
        quietSince = Buffer(count: count, filledWith: 0)
        clearSince = Buffer(count: count, filledWith: 0)
        lastClear = Buffer(count: count, filledWith: 0)
        quiet.copy(from: frame.luma)
    }

    /// Centiseconds of media time.
    static func ticks(_ time: MediaTime) -> Int32 {
        Int32(clamping: time.microseconds / 10_000)
    }

    /// Takes in one frame.
    ///
    /// - Parameters:
    ///   - luma: the present picture, exposure normalised.
    ///   - changed: 1 where it differs from the background.
    ///   - noise: deviation in eighths of a level.
    ///   - time: the frame's time.
    func step(
        luma: UnsafePointer<UInt8>,
        changed: UnsafePointer<UInt8>,
        noise: UnsafePointer<UInt8>,
        at time: MediaTime
    ) {
        let now = Self.ticks(time)
        let settleTicks = Int32(tuning.settleTime.microseconds / 10_000)
        let releaseTicks = Int32(tuning.releaseTime.microseconds / 10_000)
        let floor = Int32(tuning.quietThreshold)
        let (quiet, quietSince) = (quiet.base, quietSince.base)
        let (settled, value, since) = (settled.base, value.base, since.base)
        let (seen, clearSince, lastClear) = (seen.base, clearSince.base, lastClear.base)
        for index in 0..<(width * height) {
            let level = Int32(luma[index])
            let step = level &- Int32(quiet[index])
            let threshold = floor &+ Int32(noise[index] >> 2)
            if abs(step) > threshold {
                quiet[index] = UInt8(truncatingIfNeeded: level)
                quietSince[index] = now
            } else {
                quiet[index] = UInt8(truncatingIfNeeded: Int32(quiet[index]) &+ (step &+ 1) >> 2)
            }
            if changed[index] == 0 {
                lastClear[index] = now
                if clearSince[index] == Int32.max { clearSince[index] = now }
                if settled[index] != 0 && now &- clearSince[index] >= releaseTicks {
                    settled[index] = 0
                }
            } else {
                clearSince[index] = Int32.max
                let still = max(quietSince[index], lastClear[index])
                if now &- still >= settleTicks {
                    let difference = abs(Int32(value[index]) &- Int32(quiet[index]))
                    if settled[index] == 0 || difference > threshold &+ 4 {
                        settled[index] = 1
                        value[index] = quiet[index]
                        since[index] = still
                    }
                }
            }
            let away = abs(Int32(value[index]) &- level)
            let matches = settled[index] != 0 && away <= threshold &+ 6
            seen[index] = matches ? 1 : 0
        }
    }
}
