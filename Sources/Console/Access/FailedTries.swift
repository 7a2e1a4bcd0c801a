internal import Synchronization

/// Counts wrong tokens by address, so that nobody can try many.
final class FailedTries: Sendable {
    private struct Window {
        var begin: ContinuousClock.Instant
        var count: Int
    }

    private let limit: Int
    private let capacity: Int
    private let windows = Mutex<[String: Window]>([:])
    private static let span = Duration.seconds(60)

    init(limit: Int, capacity: Int) {
        self.limit = limit
        self.capacity = capacity
    }

    /// Seconds until an address may try again; nil where it may now.
    func wait(for address: String, now: ContinuousClock.Instant) -> Int? {
        windows.withLock { windows in
            guard let window = windows[Self.network(address)], window.count >= limit else {
                return nil
            }
            let left = window.begin + Self.span - now
            guard left > .zero else { return nil }
            return Int((left / .seconds(1)).rounded(.up))
        }
    }

    /// Notes that an address presented a wrong token.
    func note(_ address: String, now: ContinuousClock.Instant) {
        windows.withLock { windows in
            let key = Self.network(address)
            if let window = windows[key], now < window.begin + Self.span {
                windows[key]?.count = window.count + 1
                return
            }
            if windows.count >= capacity {
                windows = windows.filter { now < $0.value.begin + Self.span }
            }
            if windows.count >= capacity,
                let oldest = windows.min(by: { $0.value.begin < $1.value.begin })
            {
                windows[oldest.key] = nil
            }
            windows[key] = Window(begin: now, count: 1)
        }
    }

    /// Whoever has an IPv6 address has all of its first 64 bits.
    private static func network(_ address: String) -> String {
        let parts = address.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 2, !address.hasPrefix("::") else { return address }
        return parts.prefix(4).joined(separator: ":")
    }
}
