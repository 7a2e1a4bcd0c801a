internal import Scene

/// How often the learned stage may look, as a token bucket over media time.
///
/// Part of it is kept for what is urgent: people near water are never passed over for parked cars.
struct LookBudget: Hashable, Codable {
    private(set) var tokens: Double
    private var last: MediaTime?
    private let perSecond: Double
    private let reserve: Double

    /// Looks that may be taken at once after a pause, in seconds of the rate.
    private static let burst = 2.0

    /// A full bucket.
    ///
    /// - Parameters:
    ///   - perSecond: looks a second of media time, 0 for none.
    ///   - keepsReserve: whether half of the bucket is only for what is urgent.
    init(perSecond: Double, keepsReserve: Bool) {
        self.perSecond = perSecond
        tokens = max(1, perSecond * Self.burst)
        reserve = keepsReserve ? tokens / 2 : 0
        if perSecond <= 0 { tokens = 0 }
    }

    /// Fills up for the time that has passed.
    mutating func advance(to time: MediaTime) {
        let seconds = last.map { max(0, (time - $0).seconds) } ?? 0
        last = time
        guard perSecond > 0 else { return }
        tokens = min(max(1, perSecond * Self.burst), tokens + seconds * perSecond)
    }

    /// Takes a look out of the bucket, where there is one.
    mutating func take(isUrgent: Bool) -> Bool {
        guard tokens >= (isUrgent ? 1 : 1 + reserve) else { return false }
        tokens -= 1
        return true
    }
}
