internal import Imaging
internal import Scene

/// Per pixel, what has come to rest over the background, and since when.
///
/// A value that stays quiet long enough while it differs from the background settles into the layer
/// with the moment its quiet began. Whatever passes in front only suspends it; the layer lets go of
/// a pixel when the background has shown again for a while.
struct StaticLayer {
    let width: Int
    let height: Int
    /// 1 where something has settled.
    let settled: Buffer<UInt8>
    /// What has settled.
    let value: Buffer<UInt8>
    /// When it settled.
    let since: Buffer<UInt16>
    /// 1 where the settled value is seen now.
    let seen: Buffer<UInt8>
    /// The last quiet value and since when it has been quiet.
    let quiet: Buffer<UInt8>
    let quietSince: Buffer<UInt16>
    /// The present moment, in which `since` and its like are told.
    private(set) var clock: TickClock

    /// 1 where the picture differed from the background in the frame before.
    private let differed: Buffer<UInt8>
    /// Where it differs, when the background was last seen; elsewhere, since when it has been seen.
    let edge: Buffer<UInt16>
    /// Scratch for a chunk.
    private let flags = Buffer<UInt8>(count: chunk, filledWith: 0)
    private let ages = Buffer<UInt16>(count: chunk, filledWith: 0)
    private let settleTicks: UInt16
    private let releaseTicks: UInt16
    private let quietThreshold: Int16

    init(frame: AnalysisFrame, tuning: DetectorTuning, at time: MediaTime) {
        width = frame.width
        height = frame.height
        let count = width * height
        settled = Buffer(count: count, filledWith: 0)
        value = Buffer(count: count, filledWith: 0)
        since = Buffer(count: count, filledWith: 0)
        seen = Buffer(count: count, filledWith: 0)
        quiet = Buffer(count: count, filledWith: 0)
        quietSince = Buffer(count: count, filledWith: 0)
        differed = Buffer(count: count, filledWith: 0)
        edge = Buffer(count: count, filledWith: 0)
        clock = TickClock(at: time)
        settleTicks = TickClock.ticks(tuning.settleTime)
        releaseTicks = TickClock.ticks(tuning.releaseTime)
        quietThreshold = Int16(tuning.quietThreshold)
        quiet.copy(from: frame.luma)
    }

    /// Takes in one frame.
    ///
    /// - Parameters:
    ///   - luma: the present picture, exposure normalised.
    ///   - changed: 1 where it differs from the background.
    ///   - noise: deviation in eighths of a level.
    ///   - time: the frame's time.
    mutating func step(
        luma: UnsafePointer<UInt8>,
        changed: UnsafePointer<UInt8>,
        noise: UnsafePointer<UInt8>,
        at time: MediaTime
    ) {
        let last = clock.now
        advance(to: time)
        var start = 0
        while start < settled.count {
            let count = min(Self.chunk, settled.count - start)
            followQuiet(luma + start, noise + start, start, count)
            if !isIdle(changed + start, start, count) {
                followBackground(changed + start, start, count, last: last)
                settle(luma + start, noise + start, start, count)
            }
            start += count
        }
    }

    // Each step is split into loops over few arrays, which the compiler makes vector code of; they
    // run over a chunk of the picture at a time, which stays in the cache.
    private static let chunk = 512

    /// Whether a chunk shows the background, as before, and nothing has settled there.
    private func isIdle(_ changed: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Bool {
        let (differed, settled) = (differed.base + start, settled.base + start)
        var any: UInt8 = 0
        for index in 0..<count { any |= changed[index] | differed[index] | settled[index] }
        return any == 0
    }

    /// Follows each pixel's value while it is quiet, and starts anew where it jumps.
    private func followQuiet(
        _ luma: UnsafePointer<UInt8>,
        _ noise: UnsafePointer<UInt8>,
        _ start: Int,
        _ count: Int
    ) {
        let (quiet, quietSince, moved) = (quiet.base + start, quietSince.base + start, flags.base)
        let (floor, now) = (quietThreshold, clock.now)
        for index in 0..<count {
            let (level, last) = (Int16(luma[index]), Int16(quiet[index]))
            let step = level &- last
            let jumps = (step < 0 ? 0 &- step : step) > floor &+ Int16(noise[index] >> 2)
            let near = last &+ (step &+ 1) >> 2
            quiet[index] = UInt8(truncatingIfNeeded: jumps ? level : near)
            moved[index] = jumps ? 1 : 0
        }
        for index in 0..<count {
            quietSince[index] = Self.pick(moved[index], now, quietSince[index])
        }
    }

    /// Notes where the background comes and goes, and for how long each pixel has been both quiet
    /// and off the background: 0 where the background is seen.
    private func followBackground(
        _ changed: UnsafePointer<UInt8>,
        _ start: Int,
        _ count: Int,
        last: UInt16
    ) {
        let (differed, edge, ages) = (differed.base + start, edge.base + start, ages.base)
        let (quietSince, now) = (quietSince.base + start, clock.now)
        for index in 0..<count {
            let turn = Self.pick(changed[index], last, now)
            edge[index] = Self.pick(changed[index] ^ differed[index], turn, edge[index])
        }
        for index in 0..<count {
            let (quiet, off) = (now &- quietSince[index], now &- edge[index])
            let age = quiet < off ? quiet : off
            ages[index] = Self.pick(changed[index], age, 0)
        }
        for index in 0..<count { differed[index] = changed[index] }
    }

    /// One of two values by a flag of 0 or 1, without a branch: a choice between a value and what
    /// lies in memory would keep the compiler from making vector code.
    @inline(__always)
    private static func pick(_ flag: UInt8, _ ifSet: UInt16, _ ifClear: UInt16) -> UInt16 {
        ifClear ^ ((ifSet ^ ifClear) & (0 &- UInt16(flag)))
    }

    /// Lets go where the background is back, and takes in what has become quiet.
    private func settle(
        _ luma: UnsafePointer<UInt8>,
        _ noise: UnsafePointer<UInt8>,
        _ start: Int,
        _ count: Int
    ) {
        let (settled, value, quiet) = (settled.base + start, value.base + start, quiet.base + start)
        let (since, edge, ages) = (since.base + start, edge.base + start, ages.base)
        let (differed, seen, flags) = (differed.base + start, seen.base + start, flags.base)
        let (now, floor) = (clock.now, quietThreshold)
        let (settleTicks, releaseTicks) = (settleTicks, releaseTicks)
        for index in 0..<count {
            let isBack: UInt8 = now &- edge[index] >= releaseTicks ? 2 : 0
            let isReady: UInt8 = ages[index] >= settleTicks ? 1 : 0
            flags[index] = isReady | (isBack & (differed[index] &- 1))
        }
        for index in 0..<count {
            let away = Int16(value[index]) &- Int16(quiet[index])
            let limit = floor &+ 4 &+ Int16(noise[index] >> 2)
            let differs: UInt8 = (away < 0 ? 0 &- away : away) > limit ? 1 : 0
            let kept = settled[index] & ((flags[index] >> 1) ^ 1)
            let taken = flags[index] & (differs | (kept ^ 1)) & 1
            settled[index] = kept | taken
            flags[index] = taken
        }
        for index in 0..<count {
            since[index] = Self.pick(flags[index], now &- ages[index], since[index])
        }
        for index in 0..<count {
            value[index] ^= (value[index] ^ quiet[index]) & (0 &- flags[index])
        }
        for index in 0..<count {
            let away = Int16(value[index]) &- Int16(luma[index])
            let limit = floor &+ 6 &+ Int16(noise[index] >> 2)
            seen[index] = settled[index] & ((away < 0 ? 0 &- away : away) <= limit ? 1 : 0)
        }
    }

    /// Goes on to a time at which no picture was looked at.
    mutating func advance(to time: MediaTime) {
        clock.advance(to: time, [since, quietSince, edge].map { ($0.base, $0.count) })
    }

    /// Begins anew after the background was learned anew: nothing has settled.
    func reset(to luma: UnsafePointer<UInt8>) {
        settled.clear()
        seen.clear()
        differed.clear()
        let now = clock.now
        quiet.base.update(from: luma, count: quiet.count)
        for index in 0..<settled.count {
            edge.base[index] = now
            quietSince.base[index] = now
        }
    }

    /// Puts back a pixel of something that stands and now looks like that.
    func put(_ index: Int, luma: UInt8, since moment: UInt16) {
        settled.base[index] = 1
        seen.base[index] = 1
        value.base[index] = luma
        quiet.base[index] = luma
        since.base[index] = moment
        quietSince.base[index] = moment
        differed.base[index] = 1
        edge.base[index] = moment
    }

    /// The layer as it is written.
    struct Checkpoint: Codable {
        var settled: PackedPlane
        var value: PackedPlane
        var since: PackedPlane
        var quiet: PackedPlane
        var quietSince: PackedPlane
        var differed: PackedPlane
        var edge: PackedPlane
        var clock: TickClock
    }

    /// The layer as it is now.
    var checkpoint: Checkpoint {
        Checkpoint(
            settled: PackedPlane(settled),
            value: PackedPlane(value),
            since: PackedPlane(since),
            quiet: PackedPlane(quiet),
            quietSince: PackedPlane(quietSince),
            differed: PackedPlane(differed),
            edge: PackedPlane(edge),
            clock: clock
        )
    }

    /// Goes on from what was written.
    mutating func restore(_ checkpoint: Checkpoint) throws(DetectorError) {
        try checkpoint.settled.restore(to: settled)
        try checkpoint.value.restore(to: value)
        try checkpoint.since.restore(to: since)
        try checkpoint.quiet.restore(to: quiet)
        try checkpoint.quietSince.restore(to: quietSince)
        try checkpoint.differed.restore(to: differed)
        try checkpoint.edge.restore(to: edge)
        clock = checkpoint.clock
    }

    /// Sets to 0 what of a mask has shown the background for a while.
    ///
    /// - Parameters:
    ///   - mask: 0 or 1 for each of some pixels in a row.
    ///   - start: the first of them.
    ///   - count: their number.
    /// - Returns: how many were set to 0.
    func dropClear(_ mask: UnsafeMutablePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
        let (differed, edge) = (differed.base + start, edge.base + start)
        let (now, releaseTicks) = (clock.now, releaseTicks)
        var gone: UInt16 = 0
        for index in 0..<count {
            let isLong: UInt8 = now &- edge[index] >= releaseTicks ? 1 : 0
            let isClear = mask[index] & isLong & (differed[index] ^ 1)
            mask[index] ^= isClear
            gone &+= UInt16(isClear)
        }
        return Int(gone)
    }

    /// Whether anything in a row of pixels that is not covered settled longer ago than a horizon.
    func holdsOld(
        _ covered: UnsafePointer<UInt8>,
        _ start: Int,
        _ count: Int,
        horizon: UInt16
    )
        -> Bool
    {
        let (settled, since, now) = (settled.base + start, since.base + start, clock.now)
        var any: UInt8 = 0
        for index in 0..<count {
            let isOld: UInt8 = now &- since[index] > horizon ? 1 : 0
            any |= settled[index] & (covered[index] ^ 1) & isOld
        }
        return any != 0
    }

    /// Forgets what has settled on a pixel that is now taken for background.
    func clear(_ index: Int) {
        settled.base[index] = 0
        seen.base[index] = 0
        differed.base[index] = 0
        edge.base[index] = clock.now
    }
}
