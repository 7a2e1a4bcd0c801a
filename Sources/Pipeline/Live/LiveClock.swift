internal import Glibc
internal import Scene

/// Ties a live stream to the host's clocks at the moment of its first frame.
struct LiveClock {
    /// Civil time of the first frame, by the host's clock.
    let anchor: ClockAnchor
    private let begin = ContinuousClock.now

    /// A clock whose stream begins now.
    init() {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let start = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
        anchor = ClockAnchor(start: Instant(microseconds: start), quality: .host)
    }

    /// Time since the first frame, which a change of the host's civil time does not move.
    var now: MediaTime {
        let elapsed = ContinuousClock.now - begin
        return MediaTime(microseconds: Int64(elapsed / .microseconds(1)))
    }
}
