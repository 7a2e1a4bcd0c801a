internal import NIOPosix
internal import Synchronization

/// Threads of their own for calls that block on the disk; no more than a bound wait for one.
final class BlockingWork: Sendable {
    private let pool: NIOThreadPool
    private let bound: Int
    private let pending = Mutex(0)

    init(threads: Int, bound: Int) {
        pool = NIOThreadPool(numberOfThreads: threads)
        self.bound = bound
        pool.start()
    }

    /// Does what blocks, away from the event loops and from Swift's cooperative threads.
    ///
    /// - Throws: `Problem` where too much waits already, or what the work throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        let isTaken = pending.withLock { pending in
            guard pending < bound else { return false }
            pending += 1
            return true
        }
        guard isTaken else {
            throw Problem(.busy, "\(bound) calls wait already; try again", retryAfter: 1)
        }
        defer { pending.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }

    /// Lets the threads end once they are done with what they have begun.
    func stop() {
        pool.shutdownGracefully { _ in }
    }
}

/// So many of something at once.
final class Slots: Sendable {
    private let noun: String
    private let count: Int
    private let taken = Mutex(0)

    init(_ count: Int, _ noun: String) {
        self.count = count
        self.noun = noun
    }

    /// Takes one; give it back with `leave`.
    ///
    /// - Throws: `Problem` where all are taken.
    func enter() throws(Problem) {
        let isTaken = taken.withLock { taken in
            guard taken < count else { return false }
            taken += 1
            return true
        }
        guard isTaken else {
            throw Problem(.busy, "\(count) \(noun) are open already; try again", retryAfter: 5)
        }
    }

    func leave() {
        taken.withLock { $0 -= 1 }
    }
}
