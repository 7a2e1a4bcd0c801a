internal import Alerts
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Wakes those who wait for the queue to change: one thread looks for all of them.
final class LogWatch: Sendable {
    private struct Waiter {
        let seen: QueueChange
        let deadline: ContinuousClock.Instant
        let isOver: @Sendable () -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var waiters: [Int: Waiter] = [:]
        var next = 0
        var isStopped = false
    }

    private let store: AlertStore
    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)
    private static let pause: UInt32 = 20_000

    init(store: AlertStore) {
        self.store = store
        let thread = Thread { [self] in look() }
        thread.name = "console-watch"
        thread.start()
    }

    /// What the queue's files look like now; one call of the system.
    var change: QueueChange { store.change }

    /// Whether the server is to end.
    var isStopped: Bool { state.withLock(\.isStopped) }

    /// Waits until the queue is no longer as it was seen, within 20 ms.
    ///
    /// - Parameters:
    ///   - seen: What its files looked like before the caller read it.
    ///   - deadline: When the caller goes on in any case.
    ///   - isOver: Whether the caller has no use for it any longer; asked again and again.
    func wait(
        past seen: QueueChange,
        until deadline: ContinuousClock.Instant,
        unless isOver: @escaping @Sendable () -> Bool
    ) async {
        await withCheckedContinuation { continuation in
            let isWaiting = state.withLock { state in
                guard !state.isStopped else { return false }
                state.waiters[state.next] = Waiter(
                    seen: seen,
                    deadline: deadline,
                    isOver: isOver,
                    continuation: continuation
                )
                state.next += 1
                return true
            }
            if isWaiting { arrived.signal() } else { continuation.resume() }
        }
    }

    /// Ends all waiting, now and from now on.
    func stop() {
        let waiters = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.continuation.resume() }
        arrived.signal()
    }

    private func look() {
        while true {
            arrived.wait()
            while hasWaiters {
                usleep(Self.pause)
                for waiter in takeReady() { waiter.continuation.resume() }
            }
            if isStopped { return }
        }
    }

    private var hasWaiters: Bool { state.withLock { !$0.waiters.isEmpty } }

    private func takeReady() -> [Waiter] {
        let change = store.change
        let now = ContinuousClock.now
        return state.withLock { state in
            let ready = state.waiters.filter { _, waiter in
                waiter.seen != change || waiter.deadline <= now || waiter.isOver()
            }
            for number in ready.keys { state.waiters[number] = nil }
            return Array(ready.values)
        }
    }
}
