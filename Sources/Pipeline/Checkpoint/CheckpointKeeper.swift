internal import Alerts
internal import Foundation
internal import Logging
internal import Synchronization

/// Writes the checkpoints of one camera, one after the other, on a thread of its own.
///
/// A checkpoint that cannot be written is told and not tried again: the next one comes.
final class CheckpointKeeper: Sendable {
    let file: CheckpointFile
    private let interval: Duration
    private let logger: Logger
    private let queue: DispatchQueue
    private let due: Mutex<ContinuousClock.Instant>
    private let isWriting = Mutex(false)

    /// A keeper whose first checkpoint is due within one interval, at a random moment so that the
    /// cameras of a site do not all write at once.
    init(file: CheckpointFile, interval: Duration, logger: Logger) {
        self.file = file
        self.interval = interval
        self.logger = logger
        queue = DispatchQueue(label: "checkpoint")
        due = Mutex(.now + interval * Double.random(in: 0.5...1))
    }

    /// Whether a checkpoint is to be taken now; true once an interval, and only while none is being
    /// written.
    func takeTurn() -> Bool {
        guard !isWriting.withLock({ $0 }) else { return false }
        return due.withLock { due in
            guard .now >= due else { return false }
            due = .now + interval
            return true
        }
    }

    /// Writes a checkpoint soon; the caller goes on.
    func keepSoon(_ make: @escaping @Sendable () throws -> CameraCheckpoint) {
        isWriting.withLock { $0 = true }
        queue.async { [self] in
            write(make)
            isWriting.withLock { $0 = false }
        }
    }

    /// A checkpoint that is being put together on the keeper's thread.
    final class Begun: Sendable {
        fileprivate let made = Mutex<Result<CameraCheckpoint, any Error>?>(nil)
    }

    /// Begins to put a checkpoint together, which takes as long as a picture does; the caller goes
    /// on.
    func begin(_ make: @escaping @Sendable () throws -> CameraCheckpoint) -> Begun {
        let begun = Begun()
        queue.async {
            let result = Result { try make() }
            begun.made.withLock { $0 = result }
        }
        return begun
    }

    /// Writes a checkpoint that was begun, with the events that are about to be committed, and
    /// comes back when the disk has it or does not take it.
    func keep(_ begun: Begun, pending: [QueueEvent]) {
        due.withLock { $0 = .now + interval }
        let lines = pending.map { $0.common.jsonLine() }
        queue.sync {
            guard let made = begun.made.withLock({ $0 }) else { return }
            write {
                var checkpoint = try made.get()
                checkpoint.pending = lines
                return checkpoint
            }
        }
    }

    private func write(_ make: () throws -> CameraCheckpoint) {
        let begin = ContinuousClock.now
        do {
            let bytes = try file.write(make())
            let milliseconds = ((ContinuousClock.now - begin) / .milliseconds(1)).rounded()
            logger.debug("kept its state: \(bytes) bytes in \(milliseconds) ms")
        } catch {
            logger.warning(
                "its state cannot be kept, so a restart would take it up further back: \(error)"
            )
        }
    }
}
