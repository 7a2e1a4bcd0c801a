import Alerts
import ArgumentParser
import Scene

/// The civil time of a recording's first frame, as an option gives it.
struct StartTime: ExpressibleByArgument {
    let instant: Instant

    /// Takes RFC 3339 with an offset, such as `2026-03-01T14:00:00+08:00`.
    init?(argument: String) {
        guard let instant = Instant(rfc3339: argument) else { return nil }
        self.instant = instant
    }
}
