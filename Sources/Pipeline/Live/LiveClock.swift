internal import Glibc
internal import Scene

/// Ties a live stream to the host's clocks.
struct LiveClock {
    /// Civil time of the stream's first frame, by the host's clock.
    let anchor: ClockAnchor
    private let begin = ContinuousClock.now
    private let elapsed: MediaSpan

    /// A clock whose stream begins now.
    init() {
        anchor = ClockAnchor(start: Self.civilNow, quality: .host)
        elapsed = .zero
    }

    /// A clock whose stream began earlier and goes on now.
    ///
    /// - Parameters:
    ///   - anchor: civil time of its first frame.
    ///   - earliest: the stream's time is this at least, should the host's clock have been set
    ///     back.
    init(resuming anchor: ClockAnchor, noEarlierThan earliest: MediaTime) {
        self.anchor = anchor
        elapsed = max(Self.civilNow - anchor.start, earliest - .zero)
    }

    /// Time since the first frame; once the clock runs, a change of the host's civil time does not
    /// move it.
    var now: MediaTime {
        let running = Int64((ContinuousClock.now - begin) / .microseconds(1))
        return MediaTime(microseconds: elapsed.microseconds + running)
    }

    /// Civil time by the host's clock.
    static var civilNow: Instant {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Instant(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
    }
}
