/// Keeps a fault that repeats from flooding the log: one line a second, with a count of those left
/// out.
public struct FaultLog: Sendable {
    private var lastTold: [String: ContinuousClock.Instant] = [:]
    private var leftOut: [String: Int] = [:]

    /// Different faults kept apart; beyond that the oldest are forgotten.
    private static let capacity = 64

    /// Nothing told so far.
    public init() {}

    /// Decides whether to tell of a fault.
    ///
    /// - Parameters:
    ///   - fault: the line.
    ///   - now: the moment, from a clock that only goes forward.
    /// - Returns: the line to write, with the number of repeats since the last one; nil to keep
    ///   silent.
    public mutating func line(for fault: String, at now: ContinuousClock.Instant) -> String? {
        if let last = lastTold[fault], now - last < .seconds(1) {
            leftOut[fault, default: 0] += 1
            return nil
        }
        if lastTold.count >= Self.capacity, lastTold[fault] == nil {
            forgetOldest()
        }
        lastTold[fault] = now
        guard let repeats = leftOut.removeValue(forKey: fault) else { return fault }
        return "\(fault) (and \(repeats) times more since)"
    }

    private mutating func forgetOldest() {
        guard let oldest = lastTold.min(by: { $0.value < $1.value })?.key else { return }
        lastTold[oldest] = nil
        leftOut[oldest] = nil
    }
}
