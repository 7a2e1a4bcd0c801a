/// How long something took, counted in steps of a tenth, so that any number of times takes the same
/// little memory.
struct LatencyHistogram: Hashable, Sendable {
    /// Times counted.
    private(set) var count = 0
    /// The longest.
    private(set) var longest = Duration.zero
    private var counts = [Int](repeating: 0, count: Self.steps)

    /// From a millisecond to a good ten minutes.
    private static let steps = 144
    private static let (shortest, factor) = (0.001, 1.1)

    /// Counts one.
    mutating func add(_ duration: Duration) {
        var (step, bound) = (0, Self.shortest)
        let seconds = duration / .seconds(1)
        while bound < seconds && step < Self.steps - 1 {
            bound *= Self.factor
            step += 1
        }
        counts[step] += 1
        count += 1
        longest = max(longest, duration)
    }

    /// The time within which a share of them lies, up to a tenth too long.
    ///
    /// - Parameter share: 0 to 1.
    /// - Returns: the time; nil where there are none.
    func quantile(_ share: Double) -> Duration? {
        guard count > 0 else { return nil }
        let wanted = max(1, Int((share * Double(count)).rounded(.up)))
        var (sum, bound) = (0, Self.shortest)
        for step in counts {
            sum += step
            if sum >= wanted { return min(longest, .seconds(bound)) }
            bound *= Self.factor
        }
        return longest
    }

    /// Median, 99th percentile and longest in milliseconds; nil where there are none.
    var text: String? {
        guard let median = quantile(0.5), let most = quantile(0.99) else { return nil }
        func plain(_ duration: Duration) -> String {
            "\(Int((duration / .milliseconds(1)).rounded(.up))) ms"
        }
        return "median \(plain(median)), 99 % within \(plain(most)), longest \(plain(longest)), "
            + "of \(count)"
    }
}
