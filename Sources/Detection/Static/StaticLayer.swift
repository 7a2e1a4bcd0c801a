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
    private let flags: Buffer<UInt8>
    private let differs: Buffer<UInt8>
    private var count: Int { width * height }

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
        flags = Buffer(count: count, filledWith: 0)
        differs = Buffer(count: count, filledWith: 0)
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
        followQuiet(luma, noise, now)
        followBackground(changed, now)
        settle(noise)
        let floor = Int16(tuning.quietThreshold) &+ 6
        let (settled, value, seen) = (settled.base, value.base, seen.base)
        for index in 0..<count {
            let away = Int16(value[index]) &- Int16(luma[index])
            let limit = floor &+ Int16(noise[index] >> 2)
            seen[index] = settled[index] & ((away < 0 ? 0 &- away : away) <= limit ? 1 : 0)
        }
    }

    // Each step is split into loops over few arrays, which the compiler turns into vector code.

    /// Follows each pixel's value while it is quiet, and starts anew where it jumps.
    private func followQuiet(
        _ luma: UnsafePointer<UInt8>,
        _ noise: UnsafePointer<UInt8>,
        _ now: Int32
    ) {
        let floor = Int16(tuning.quietThreshold)
        let (quiet, quietSince, moved) = (quiet.base, quietSince.base, flags.base)
        for index in 0..<count {
            let (level, last) = (Int16(luma[index]), Int16(quiet[index]))
            let step = level &- last
            let jumps = (step < 0 ? 0 &- step : step) > floor &+ Int16(noise[index] >> 2)
            let near = last &+ (step &+ 1) >> 2
            quiet[index] = UInt8(truncatingIfNeeded: jumps ? level : near)
            moved[index] = jumps ? 1 : 0
        }
        for index in 0..<count { quietSince[index] = moved[index] != 0 ? now : quietSince[index] }
    }

    /// Notes where the background is seen.
    ///
    /// Sets bit 0 where something new may settle, bit 1 where the background has been back for long
    /// enough.
    private func followBackground(_ changed: UnsafePointer<UInt8>, _ now: Int32) {
        let settleTicks = Int32(tuning.settleTime.microseconds / 10_000)
        let releaseTicks = Int32(tuning.releaseTime.microseconds / 10_000)
        let (clearSince, lastClear) = (clearSince.base, lastClear.base)
        let (quietSince, flags) = (quietSince.base, flags.base)
        for index in 0..<count {
            let start = clearSince[index] == Int32.max ? now : clearSince[index]
            clearSince[index] = changed[index] != 0 ? Int32.max : start
            lastClear[index] = changed[index] != 0 ? lastClear[index] : now
        }
        for index in 0..<count {
            let (quiet, clear) = (quietSince[index], lastClear[index])
            let still = quiet > clear ? quiet : clear
            let isReady: UInt8 = now &- still >= settleTicks ? 1 : 0
            flags[index] = isReady & (changed[index] != 0 ? 1 : 0)
        }
        for index in 0..<count {
            // The background has not been back at all where this is `Int32.max`: far below zero.
            let isBack: UInt8 = now &- clearSince[index] >= releaseTicks ? 2 : 0
            flags[index] |= isBack
        }
    }

    /// Lets go where the background is back, and takes in what has become quiet.
    private func settle(_ noise: UnsafePointer<UInt8>) {
        let floor = Int16(tuning.quietThreshold) &+ 4
        let (settled, value, quiet, flags) = (settled.base, value.base, quiet.base, flags.base)
        let (since, quietSince, lastClear) = (since.base, quietSince.base, lastClear.base)
        let differs = differs.base
        for index in 0..<count {
            let away = Int16(value[index]) &- Int16(quiet[index])
            let limit = floor &+ Int16(noise[index] >> 2)
            differs[index] = (away < 0 ? 0 &- away : away) > limit ? 1 : 0
        }
        for index in 0..<count {
            let kept = settled[index] & ((flags[index] >> 1) ^ 1)
            let taken = flags[index] & (differs[index] | (kept ^ 1)) & 1
            settled[index] = kept | taken
            flags[index] = taken
        }
        for index in 0..<count { value[index] = flags[index] != 0 ? quiet[index] : value[index] }
        for index in 0..<count {
            let (quiet, clear) = (quietSince[index], lastClear[index])
            let still = quiet > clear ? quiet : clear
            since[index] = flags[index] != 0 ? still : since[index]
        }
    }
}
