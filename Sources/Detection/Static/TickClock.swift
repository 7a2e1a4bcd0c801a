internal import Scene

/// Moments in 16 bits: ticks of 20 ms that wrap around, for one moment a pixel.
///
/// Ages up to ten minutes are told exactly; older ones count as ten minutes. That is enough, since
/// what lasts longer has become an object or background, which keep `MediaTime`.
struct TickClock: Hashable, Codable {
    /// Length of a tick in microseconds.
    static let length: Int64 = 20_000
    /// The greatest age that is told, in ticks.
    static let horizon: UInt16 = 30_000
    /// Ages are cut to the horizon once in so many ticks, well before they wrap around.
    private static let period: Int64 = 15_000

    /// The present moment.
    private(set) var now: UInt16 = 0
    /// Media time of it.
    private(set) var time: MediaTime
    private var elapsed: Int64 = 0

    init(at time: MediaTime) {
        self.time = time
    }

    /// Goes on to a later time.
    ///
    /// - Parameters:
    ///   - time: the new present.
    ///   - moments: what is told in ticks; old moments are moved up to the horizon when due.
    mutating func advance(to time: MediaTime, _ moments: [(UnsafeMutablePointer<UInt16>, Int)]) {
        let ticks = max(0, time.microseconds / Self.length - self.time.microseconds / Self.length)
        self.time = max(time, self.time)
        elapsed += ticks
        let next = now &+ UInt16(truncatingIfNeeded: min(ticks, Int64(Self.horizon)))
        if elapsed >= Self.period {
            elapsed = 0
            for (base, count) in moments {
                for index in 0..<count {
                    let age = min(Int64(now &- base[index]) + ticks, Int64(Self.horizon))
                    base[index] = next &- UInt16(truncatingIfNeeded: age)
                }
            }
        }
        now = next
    }

    /// Ticks in a span, at least one.
    static func ticks(_ span: MediaSpan) -> UInt16 {
        UInt16(clamping: max(1, min(span.microseconds / length, Int64(horizon))))
    }

    /// The moment of a media time, at most the horizon ago.
    func moment(of time: MediaTime) -> UInt16 {
        let age = (self.time - time).microseconds / Self.length
        return now &- UInt16(truncatingIfNeeded: max(0, min(age, Int64(Self.horizon))))
    }

    /// Media time of a moment.
    func time(of moment: UInt16) -> MediaTime {
        MediaTime(microseconds: time.microseconds - Int64(now &- moment) * Self.length)
    }
}
