internal import Foundation

/// A regular file, open for reading.
struct RegularFile: ~Copyable {
    let path: String
    let size: Int64
    private let descriptor: Int32

    init(reading path: String) throws(AlertError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw AlertError(.unavailable, "cannot open \(path): \(systemReason())")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let reason = systemReason()
            close(descriptor)
            throw AlertError(.unavailable, "cannot examine \(path): \(reason)")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw AlertError(.invalidData, "\(path) is not a regular file; name a recording")
        }
        self.path = path
        self.descriptor = descriptor
        size = Int64(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// The bytes from `start` up to but not including `end`.
    func bytes(from start: Int64, to end: Int64) throws(AlertError) -> [UInt8] {
        let bytes = try readBytes(descriptor, from: start, count: Int(end - start), path: path)
        guard bytes.count == Int(end - start) else {
            throw AlertError(.unavailable, "\(path) became shorter while it was read; try again")
        }
        return bytes
    }
}

/// What the operating system says of the call that failed last on this thread.
func systemReason() -> String {
    String(cString: strerror(errno))
}

/// Up to `count` bytes from `start`; fewer only at the end of the file.
func readBytes(
    _ descriptor: Int32,
    from start: Int64,
    count: Int,
    path: String
) throws(AlertError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
        let read = bytes.withUnsafeMutableBytes { buffer in
            pread(
                descriptor,
                buffer.baseAddress.map { $0 + done },
                count - done,
                off_t(start) + off_t(done)
            )
        }
        if read < 0 && errno == EINTR { continue }
        guard read >= 0 else {
            throw AlertError(.unavailable, "cannot read \(path): \(systemReason())")
        }
        if read == 0 { break }
        done += read
    }
    bytes.removeLast(count - done)
    return bytes
}
