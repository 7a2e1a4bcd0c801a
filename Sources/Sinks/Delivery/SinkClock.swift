internal import Glibc
internal import Scene

/// The clock and the patience of a sink.
struct SinkClock: Sendable {
    /// The wall clock.
    var now: @Sendable () -> Instant
    /// Waits so long, or until the check says that waiting must end.
    var sleep: @Sendable (Duration, StopCheck) -> Void
    /// The part of a wait that is left to chance, 0 to 1.
    var jitter: @Sendable () -> Double

    /// The clock of this host.
    static let host = SinkClock(
        now: {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            return Instant(
                microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
            )
        },
        sleep: { duration, mustStop in
            let end = ContinuousClock.now + duration
            while ContinuousClock.now < end, !mustStop() { usleep(20_000) }
        },
        jitter: { Double.random(in: 0...1) }
    )
}
