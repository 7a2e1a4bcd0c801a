internal import Glibc
internal import Media
internal import Scene

/// Lets a recording pass no faster than it was recorded.
struct Pacer {
    private let begin = ContinuousClock.now
    /// Media seconds that pass in a second of the host's clock.
    let speed: Double
    let cancellation: Cancellation

    private static let slice = Duration.milliseconds(50)

    /// Blocks until the host's clock has reached a moment of the recording, or the cancellation.
    func wait(until time: MediaTime) {
        let due = begin + .microseconds(Int64(Double(time.microseconds) / speed))
        Self.sleep(until: due, cancellation: cancellation)
    }

    /// Blocks until a moment of the host's clock, or the cancellation; returns within 50 ms of it.
    static func sleep(until due: ContinuousClock.Instant, cancellation: Cancellation) {
        while !cancellation.isCancelled {
            let left = due - ContinuousClock.now
            guard left > .zero else { return }
            let part = min(left, slice)
            usleep(UInt32(part / .microseconds(1)))
        }
    }
}
