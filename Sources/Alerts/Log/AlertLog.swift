public import Foundation
internal import Synchronization

/// The alert log: one event a line, as text that any tool can follow.
///
/// It only ever grows by whole lines. The outbox is the truth and the log its copy: `catchUp`
/// brings the log to the outbox's state after a crash. One process writes a log at a time. Calls
/// block on the disk.
public final class AlertLog: Sendable {
    /// Usual name of the log in its folder.
    public static let fileName = "alerts.jsonl"

    /// Path of the log.
    public let path: String
    /// How many bytes of a line that a crash had torn were cut off when the log was opened.
    public let repairedBytes: Int64
    private let state: Mutex<State>

    private struct State {
        var descriptor: Int32
        /// End of the last whole line.
        var end: Int64
        /// Whether the file may go on after `end`.
        var isTorn = false
        /// The last entry of the outbox that the log holds; nil where that is not known.
        var sequence: Int64?
    }

    /// Opens a log for appending, creates it where it is missing, and cuts off a torn last line.
    ///
    /// - Throws: `AlertError` with the path: `unavailable` where the file cannot be written or
    ///   another process writes it, `invalidData` where it is no alert log.
    public init(url: URL) throws(AlertError) {
        let path = url.path
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw AlertError(.unavailable, "cannot open the alert log \(path): \(systemReason())")
        }
        do throws(AlertError) {
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
                throw AlertError(.unavailable, "another process writes the alert log \(path)")
            }
            let (end, torn) = try LogTail.find(in: descriptor, path: path)
            if torn > 0 { try Self.cut(descriptor, to: end, path: path) }
            self.path = path
            repairedBytes = torn
            state = Mutex(State(descriptor: descriptor, end: end))
        } catch {
            Foundation.close(descriptor)
            throw error
        }
    }

    deinit {
        state.withLock { state in
            if state.descriptor >= 0 { _ = Foundation.close(state.descriptor) }
        }
    }

    /// Appends one event as one whole line, or nothing.
    ///
    /// Commit the event to the outbox first. The line may still lie in the system's memory when
    /// this returns; the outbox has it on disk.
    /// - Throws: `AlertError`: `exhausted` for a full disk, `unavailable` for any other failure of
    ///   the file. The log is as before, and the call may be tried again.
    public func append(_ event: some ContractEvent) throws(AlertError) {
        try state.withLock { (state) throws(AlertError) in
            try write(event.jsonLine(), to: &state)
            state.sequence = nil
        }
    }

    /// Appends what the outbox holds and the log does not.
    ///
    /// The first call reads the whole log and compares it with the outbox, line by line; later
    /// calls only look at what is new, so that it may follow every commit. Mixed with `append` it
    /// reads the log anew each time.
    /// - Parameter store: The outbox that the log is a copy of.
    /// - Returns: How many lines were appended.
    /// - Throws: `AlertError`: as `append`; `invalidData` where the log holds what the outbox does
    ///   not.
    @discardableResult
    public func catchUp(from store: AlertStore) throws(AlertError) -> Int {
        try state.withLock { (state) throws(AlertError) in
            var last: Int64
            if let known = state.sequence {
                last = known
            } else {
                last = try verify(against: store, state)
            }
            var appended = 0
            while true {
                let events = try store.events(after: last, limit: 1000)
                for event in events {
                    try write(event.line, to: &state)
                    last = event.sequence
                    state.sequence = last
                    appended += 1
                }
                if events.isEmpty { break }
            }
            state.sequence = last
            return appended
        }
    }

    /// Waits until every line is on the disk.
    ///
    /// - Throws: `AlertError` where the disk fails.
    public func sync() throws(AlertError) {
        try state.withLock { (state) throws(AlertError) in try sync(state) }
    }

    /// Waits until every line is on the disk and closes the log; nothing may be appended after.
    ///
    /// - Throws: `AlertError` where the disk fails; the log is closed all the same.
    public func close() throws(AlertError) {
        try state.withLock { (state) throws(AlertError) in
            guard state.descriptor >= 0 else { return }
            defer {
                _ = Foundation.close(state.descriptor)
                state.descriptor = -1
            }
            try sync(state)
        }
    }

    private func sync(_ state: State) throws(AlertError) {
        // What can be followed but not synced, such as a pipe, answers EINVAL.
        guard fsync(state.descriptor) == 0 || errno == EINVAL else {
            throw AlertError(.unavailable, "cannot sync the alert log \(path): \(systemReason())")
        }
    }

    private func write(_ line: String, to state: inout State) throws(AlertError) {
        guard state.descriptor >= 0 else {
            throw AlertError(.unavailable, "the alert log \(path) was closed")
        }
        if state.isTorn {
            try Self.cut(state.descriptor, to: state.end, path: path)
            state.isTorn = false
        }
        let bytes = Array((line + "\n").utf8)
        var done = 0
        while done < bytes.count {
            let written = bytes[done...].withUnsafeBytes { buffer in
                Foundation.write(state.descriptor, buffer.baseAddress, buffer.count)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else {
                let failure = errno
                let reason = systemReason()
                state.isTorn = done > 0
                throw AlertError(
                    [ENOSPC, EDQUOT, EFBIG].contains(failure) ? .exhausted : .unavailable,
                    "cannot append to the alert log \(path): \(reason)"
                )
            }
            done += written
        }
        state.end += Int64(bytes.count)
    }

    private static func cut(
        _ descriptor: Int32,
        to end: Int64,
        path: String
    ) throws(AlertError) {
        guard ftruncate(descriptor, off_t(end)) == 0 else {
            throw AlertError(
                .unavailable,
                "cannot cut a torn line off the alert log \(path): \(systemReason())"
            )
        }
    }

    /// Compares the log with the beginning of the outbox and returns the last entry that it holds.
    private func verify(
        against store: AlertStore,
        _ state: State
    ) throws(AlertError) -> Int64 {
        var lines = LogLines(descriptor: state.descriptor, end: state.end, path: path)
        var expected: [StoredEvent].SubSequence = []
        var last: Int64 = 0
        var number = 0
        while let line = try lines.next() {
            number += 1
            if expected.isEmpty { expected = try store.events(after: last, limit: 1000)[...] }
            guard let event = expected.first, event.line.utf8.elementsEqual(line) else {
                if try store.hasRemoved(line: String(decoding: line, as: UTF8.self)) { continue }
                throw AlertError(
                    .invalidData,
                    """
                    line \(number) of the alert log \(path) is not what the alert queue \
                    \(store.path) holds there; move the log away, and it will be written anew
                    """
                )
            }
            expected.removeFirst()
            last = event.sequence
        }
        return last
    }
}
