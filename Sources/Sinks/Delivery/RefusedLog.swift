internal import Foundation
internal import Scene

/// Keeps a note of each event that a sink did not want, as JSON Lines in the data folder.
///
/// The event itself stays in the queue. The file is synced with every line, and goes on in a new
/// one after 16 MiB; the one before that is kept.
struct RefusedLog: Sendable {
    let path: String

    static let maximumBytes: off_t = 16 << 20

    /// Notes of the sink of this id, in the folder `sinks` of the data folder.
    init(sink: String, folder: String) {
        path = folder + "/sinks/" + sink + ".refused.jsonl"
    }

    private struct Note: Encodable {
        var sink: String
        var sequence: Int64
        var id: String
        var at: String
        var tries: Int
        var reason: String
    }

    /// Writes one line, on the disk when this returns.
    ///
    /// - Throws: what the system says.
    func add(_ parcel: Parcel, sink: String, tries: Int, reason: String, now: String) throws {
        let note = Note(
            sink: sink,
            sequence: parcel.sequence,
            id: parcel.id,
            at: now,
            tries: tries,
            reason: String(reason.prefix(500))
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(note) + Data("\n".utf8)
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        var status = stat()
        if stat(path, &status) == 0, status.st_size > Self.maximumBytes {
            rename(path, path + ".1")
        }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw failure() }
        defer { _ = Foundation.close(descriptor) }
        let written = line.withUnsafeBytes {
            Foundation.write(descriptor, $0.baseAddress, $0.count)
        }
        guard written == line.count, fsync(descriptor) == 0 else { throw failure() }
    }

    private func failure() -> SinkError {
        SinkError(
            .invalidConfiguration,
            "cannot write \(path): \(String(cString: strerror(errno)))"
        )
    }
}
