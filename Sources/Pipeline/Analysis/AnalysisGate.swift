public import Scene

/// Chooses which frames are worth analysing, by the stream's own time.
///
/// A frame is due when its time has reached the next multiple of the interval. The grid starts at
/// the stream's first frame and does not move with the frames that were taken, so that the choice
/// depends on the stream alone. A frame may come a millisecond early: containers that count whole
/// milliseconds round by that much.
public struct AnalysisGate: Hashable, Sendable, Codable {
    /// Spacing of the grid.
    public let interval: MediaSpan
    private var due = MediaTime(microseconds: .min)

    private static let toleranceMicroseconds: Int64 = 1_000

    /// A gate that lets at most `rate` frames a second through; `rate` is above 0.
    public init(rate: Double) {
        precondition(rate > 0, "A rate of analysis is above 0")
        interval = MediaSpan(microseconds: max(1, Int64((1_000_000 / rate).rounded())))
    }

    /// Whether the frame of that time is to be analysed; a frame that is moves the gate on.
    public mutating func admits(_ time: MediaTime) -> Bool {
        let early = time.microseconds + Self.toleranceMicroseconds
        guard early >= due.microseconds else { return false }
        let step = interval.microseconds
        let slot = early >= 0 ? early / step : (early - step + 1) / step
        due = MediaTime(microseconds: (slot + 1) * step)
        return true
    }
}
