internal import Foundation
internal import Synchronization

/// Does what evidence takes: at once, or one after the other on a thread of its own.
final class EvidenceWork: Sendable {
    private let queue: DispatchQueue?
    private let waiting = Mutex(0)

    /// Pieces of work that may wait; each may hold a frame.
    private static let capacity = 24

    /// Work that is done later, so that whoever asks for it never waits, or at once.
    init(isLater: Bool) {
        queue = isLater ? DispatchQueue(label: "evidence", qos: .utility) : nil
    }

    /// Does a piece of work.
    ///
    /// - Parameters:
    ///   - isSpared: whether it may be left out where too much waits.
    ///   - work: what to do; its errors are its own where it is done later.
    /// - Returns: false where it is left out.
    /// - Throws: what the work throws, where it is done at once.
    func submit(
        isSpared: Bool = false,
        _ work: @escaping @Sendable () throws -> Void
    ) throws -> Bool {
        guard let queue else {
            try work()
            return true
        }
        let hasRoom = waiting.withLock { waiting in
            guard waiting < Self.capacity || !isSpared else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { return false }
        queue.async { [self] in
            try? work()
            waiting.withLock { $0 -= 1 }
        }
        return true
    }

    /// Waits until everything is done, or that time has passed.
    func finish(within patience: Duration) {
        guard let queue else { return }
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        let seconds = Double(patience.components.seconds)
        _ = done.wait(timeout: .now() + seconds)
    }
}
