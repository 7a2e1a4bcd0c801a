internal import Foundation
internal import Glibc
internal import Synchronization

/// The file of alerts in the order of the recordings, whatever the order they are found in.
///
/// Alerts of the first unfinished recording are written as they come; those of later ones wait in
/// memory. A line whose id the file holds already is not written again, so that a run that was
/// broken off can simply be repeated. Safe to use from many threads.
final class OrderedLog: Sendable {
    private struct State {
        var next = 0
        var isFinished: [Bool]
        var waiting: [[Line]]
        var waitingCount = 0
        var known: Set<String>
    }

    private struct Line {
        var id: String
        var text: String
    }

    private let path: String
    private let file: Int32
    private let state: Mutex<State>

    /// Lines that may wait for an earlier recording before their own recording is held up.
    private static let capacity = 20_000

    /// Opens the file, cuts off a last line that was not written to its end, and notes what is in.
    ///
    /// - Parameters:
    ///   - path: the file, made where missing.
    ///   - recordings: how many recordings are to be written, in the order of their indices.
    /// - Throws: `PipelineError` where the file cannot be opened, read or cut.
    init(path: String, recordings: Int) throws(PipelineError) {
        let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw DurableFile.failure("open", path) }
        let known: Set<String>
        do throws(PipelineError) {
            known = try Self.mend(file, path: path)
        } catch {
            close(file)
            throw error
        }
        self.path = path
        self.file = file
        state = Mutex(
            State(
                isFinished: Array(repeating: false, count: recordings),
                waiting: Array(repeating: [], count: recordings),
                known: known
            )
        )
    }

    deinit {
        close(file)
    }

    /// Whether a recording is so far ahead that it must wait before it adds more.
    func isAhead(_ recording: Int) -> Bool {
        state.withLock { $0.waitingCount >= Self.capacity && recording != $0.next }
    }

    /// Adds an alert of a recording.
    ///
    /// - Parameters:
    ///   - text: the alert as one line of JSON without its line feed.
    ///   - id: its identity.
    ///   - recording: index of the recording.
    /// - Throws: `PipelineError` where the file cannot be written.
    func append(_ text: String, id: String, of recording: Int) throws(PipelineError) {
        try state.withLock { (state) throws(PipelineError) in
            let line = Line(id: id, text: text)
            if recording == state.next {
                try write([line], known: &state.known)
            } else {
                state.waiting[recording].append(line)
                state.waitingCount += 1
            }
        }
    }

    /// Tells that a recording adds no more, and writes what waited for that.
    ///
    /// - Parameter recording: index of the recording.
    /// - Throws: `PipelineError` where the file cannot be written.
    func finish(_ recording: Int) throws(PipelineError) {
        try state.withLock { (state) throws(PipelineError) in
            state.isFinished[recording] = true
            while state.next < state.isFinished.count, state.isFinished[state.next] {
                state.next += 1
                guard state.next < state.waiting.count else { break }
                try write(state.waiting[state.next], known: &state.known)
                state.waitingCount -= state.waiting[state.next].count
                state.waiting[state.next] = []
            }
        }
    }

    /// Adds an alert that no recording of this run has told of, once all recordings are finished.
    ///
    /// - Parameter text: the alert as one line of JSON without its line feed.
    /// - Throws: `PipelineError` where the line is no alert or the file cannot be written.
    func append(forgotten text: String) throws(PipelineError) {
        guard let id = Self.identity(of: Data(text.utf8)) else {
            throw PipelineError(.invalidInput, "the alert queue beside \(path) is damaged")
        }
        try state.withLock { (state) throws(PipelineError) in
            try write([Line(id: id, text: text)], known: &state.known)
        }
    }

    /// Makes sure that the disk has every line.
    ///
    /// - Throws: `PipelineError` where it has not.
    func sync() throws(PipelineError) {
        guard fsync(file) == 0 else { throw DurableFile.failure("sync", path) }
    }

    private func write(_ lines: [Line], known: inout Set<String>) throws(PipelineError) {
        for line in lines where !known.contains(line.id) {
            let length = lseek(file, 0, SEEK_END)
            let bytes = Array("\(line.text)\n".utf8)
            guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
                let error = DurableFile.failure("write", path)
                ftruncate(file, length)
                throw error
            }
            known.insert(line.id)
        }
    }

    /// Cuts off an unfinished last line.
    ///
    /// - Returns: the ids of the lines that stay.
    private static func mend(_ file: Int32, path: String) throws(PipelineError) -> Set<String> {
        guard flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw PipelineError(.unavailable, "another process writes \(path); let it finish first")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PipelineError(.unavailable, "cannot read \(path); check who may read it")
        }
        let end = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        if end < data.count, ftruncate(file, off_t(end)) != 0 {
            throw DurableFile.failure("cut", path)
        }
        var known: Set<String> = []
        for (index, line) in data[..<end].split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let id = identity(of: line) else {
                throw PipelineError(
                    .invalidInput,
                    "\(path): line \(index + 1) is not an alert; move the file away to go on"
                )
            }
            known.insert(id)
        }
        return known
    }

    private static func identity(of line: Data) -> String? {
        struct Identity: Decodable { var id: String }
        return try? JSONDecoder().decode(Identity.self, from: line).id
    }
}
