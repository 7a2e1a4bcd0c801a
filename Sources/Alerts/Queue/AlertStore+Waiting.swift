internal import Glibc
public import Scene

extension AlertStore {
    /// Claims as `claim(by:limit:lease:filter:now:)`, and waits where nothing is to be had.
    ///
    /// Whoever commits, in whichever process, wakes it within about 20 ms. Blocks its thread: keep
    /// it off Swift's cooperative ones.
    /// - Parameters:
    ///   - consumer: Names the consumer.
    ///   - limit: At most this many.
    ///   - lease: How long they are held.
    ///   - filter: Which alerts it takes.
    ///   - patience: How long it waits at most.
    ///   - isCancelled: Asked again and again; true ends the waiting.
    ///   - clock: The time at the moment of the call.
    /// - Returns: The alerts; none where none came in time.
    /// - Throws: `AlertError`; then nothing is claimed.
    public func claim(
        by consumer: String,
        limit: Int = 1,
        lease: MediaSpan? = nil,
        filter: ClaimFilter = ClaimFilter(),
        waitingUpTo patience: Duration,
        isCancelled: () -> Bool = { false },
        clock: () -> Instant
    ) throws(AlertError) -> [ClaimedAlert] {
        let deadline = ContinuousClock.now + patience
        while true {
            let seen = change
            let claimed = try claim(
                by: consumer,
                limit: limit,
                lease: lease,
                filter: filter,
                now: clock()
            )
            if !claimed.isEmpty { return claimed }
            // A lease may lapse without anybody writing: look at least once a second.
            let next = min(deadline, .now + .seconds(1))
            while ContinuousClock.now < next, change == seen, !isCancelled() { usleep(20_000) }
            if ContinuousClock.now >= deadline || isCancelled() { return [] }
        }
    }

    /// Differs after every commit of any process: every commit writes the WAL.
    public var change: QueueChange {
        var status = stat()
        guard stat(path + "-wal", &status) == 0 else { return QueueChange() }
        return QueueChange(
            size: Int64(status.st_size),
            seconds: Int64(status.st_mtim.tv_sec),
            nanoseconds: Int64(status.st_mtim.tv_nsec)
        )
    }
}

/// What the queue's files looked like at a moment; another one means that something was committed.
public struct QueueChange: Hashable, Sendable {
    var size: Int64 = -1
    var seconds: Int64 = 0
    var nanoseconds: Int64 = 0
}
