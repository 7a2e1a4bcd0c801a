internal import Dispatch
internal import Foundation
internal import Synchronization

/// Threads of its own for work that blocks, which must not run on Swift's cooperative pool.
enum ThreadPool {
    /// Runs `body` once for each index below `count`, `workers` at a time, lowest first, and
    /// returns when all are done.
    static func run(count: Int, workers: Int, body: @escaping @Sendable (Int) -> Void) {
        let next = Counter()
        let group = DispatchGroup()
        for _ in 0..<min(count, max(1, workers)) {
            group.enter()
            let thread = Thread {
                while let index = next.take(below: count) {
                    body(index)
                }
                group.leave()
            }
            thread.start()
        }
        group.wait()
    }

    private final class Counter: Sendable {
        private let next = Mutex(0)

        func take(below end: Int) -> Int? {
            next.withLock { next in
                guard next < end else { return nil }
                next += 1
                return next - 1
            }
        }
    }
}
