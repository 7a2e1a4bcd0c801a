internal import Scene

/// Turns the stamps of decoded frames, as they come, into strictly increasing stream time.
///
/// The first frame is at zero. A stamp that fits is kept exactly. One that is missing, repeated,
/// backward or far off gets a time from what is usual in this stream; see
/// `docs/design/time.md` for the rules and their reasons.
struct TimestampRepairer {
    /// Stamps further ahead than this are a jump; a jump has to be confirmed by the next frame.
    static let longestPlainStep: Int64 = 10_000_000
    /// Stamps further back than this are a restarted clock; nearer ones are disorder.
    static let longestDisorder: Int64 = 1_000_000
    /// A confirmed jump further ahead than this is a clock that was set, not a gap.
    static let longestGap: Int64 = 86_400_000_000
    /// Assumed interval where neither stamps nor durations say any.
    static let fallbackInterval: Int64 = 40_000
    /// Frames in a row that may share a stamp before the clock counts as stuck.
    static let longestRepeat = 4

    /// Frames whose time is not the one of their stamp.
    private(set) var repairs = 0

    private let numerator: Int64
    private let denominator: Int64
    private let nominalInterval: Int64?
    private var firstTicks: Int64?
    private var offset: Int64 = 0
    private var last: Int64?
    private var lastStamp: Int64?
    private var lastHint: Int64?
    private var suspect: Int64?
    private var repeats = 0
    private var intervals = RunningMedian(capacity: 15)

    /// A repairer for stamps that count `numerator / denominator` seconds each.
    ///
    /// - Parameters:
    ///   - numerator: Seconds of `denominator` ticks, above zero.
    ///   - denominator: Ticks of `numerator` seconds, above zero.
    ///   - nominalInterval: Microseconds between two frames by what the container says.
    init(numerator: Int32, denominator: Int32, nominalInterval: Int64? = nil) {
        precondition(numerator > 0 && denominator > 0, "A time base is positive")
        self.numerator = Int64(numerator)
        self.denominator = Int64(denominator)
        self.nominalInterval = nominalInterval.flatMap { $0 > 0 ? $0 : nil }
    }

    /// The time of the next frame.
    ///
    /// - Parameters:
    ///   - ticks: Its stamp, if it has one.
    ///   - duration: How long it says that it lasts, in ticks.
    /// - Returns: A time after all those returned before.
    mutating func next(ticks: Int64?, duration: Int64? = nil) -> MediaTime {
        let stamp = ticks.flatMap { microseconds(sinceFirst: $0) }
        let time = time(for: stamp)
        last = time
        lastStamp = stamp ?? lastStamp
        lastHint = duration.flatMap { $0 > 0 ? scaled($0) : nil }
        return MediaTime(microseconds: time)
    }

    private mutating func time(for stamp: Int64?) -> Int64 {
        guard let last else {
            if let stamp { offset = -stamp } else { repairs += 1 }
            return 0
        }
        guard let stamp else {
            repairs += 1
            return last + usualInterval
        }
        if lastStamp == nil {
            offset = last + usualInterval - stamp
            return last + usualInterval
        }
        return plainTime(stamp, after: last) ?? jumpedTime(stamp, after: last)
    }

    /// The time by the present offset, where the stamp fits or is only a little disordered.
    private mutating func plainTime(_ stamp: Int64, after last: Int64) -> Int64? {
        let step = stamp + offset - last
        guard step > -Self.longestDisorder, step <= plainStep else { return nil }
        suspect = nil
        if step > 0 {
            if let lastStamp, stamp > lastStamp { intervals.insert(stamp - lastStamp) }
            repeats = 0
            return last + step
        }
        repairs += 1
        repeats += 1
        // Quarter steps leave room before the next good stamp; a stuck clock must not stop time.
        return last + (repeats < Self.longestRepeat ? max(1, usualInterval / 4) : usualInterval)
    }

    /// The time where the stamp is far off: a guess at first, the jump itself once confirmed.
    private mutating func jumpedTime(_ stamp: Int64, after last: Int64) -> Int64 {
        let previous = suspect
        suspect = stamp
        repairs += 1
        guard let previous, case let step = stamp - previous, step > -Self.longestDisorder,
            step <= plainStep
        else { return last + usualInterval }
        suspect = nil
        let jump = stamp + offset - last
        if jump > 0, jump <= Self.longestGap {
            repairs -= 1
            return last + jump
        }
        let time = last + (step > 0 ? step : usualInterval)
        offset = time - stamp
        return time
    }

    private var plainStep: Int64 {
        max(Self.longestPlainStep, 8 * usualInterval)
    }

    private var usualInterval: Int64 {
        intervals.median ?? lastHint ?? nominalInterval ?? Self.fallbackInterval
    }

    private mutating func microseconds(sinceFirst ticks: Int64) -> Int64? {
        guard let firstTicks else {
            firstTicks = ticks
            return 0
        }
        let (difference, overflow) = ticks.subtractingReportingOverflow(firstTicks)
        return overflow ? nil : scaled(difference)
    }

    /// Ticks in microseconds, rounded half away from zero; none where that is beyond a century.
    private func scaled(_ ticks: Int64) -> Int64? {
        let rough = Double(ticks) * Double(numerator) / Double(denominator)
        guard abs(rough) < 3.2e9 else { return nil }
        let product = ticks.magnitude.multipliedFullWidth(by: UInt64(numerator) * 1_000_000)
        let (quotient, remainder) = UInt64(denominator).dividingFullWidth(product)
        let rounded = Int64(quotient) + (remainder * 2 >= UInt64(denominator) ? 1 : 0)
        return ticks < 0 ? -rounded : rounded
    }
}

/// The median of the latest values.
struct RunningMedian {
    private let capacity: Int
    private var latest: [Int64] = []
    private var oldest = 0

    /// The middle value, the lower one of two; none before the first value.
    private(set) var median: Int64?

    /// A median of up to that many values.
    init(capacity: Int) {
        self.capacity = capacity
        latest.reserveCapacity(capacity)
    }

    /// Adds a value and forgets the oldest where there is no room.
    mutating func insert(_ value: Int64) {
        if latest.count < capacity {
            latest.append(value)
        } else {
            latest[oldest] = value
            oldest = (oldest + 1) % capacity
        }
        median = latest.sorted()[(latest.count - 1) / 2]
    }
}
