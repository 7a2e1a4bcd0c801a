internal import Foundation

/// Reads a file of bounded size into memory.
enum FileReader {
    /// Reads a whole regular file.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - maximumBytes: What it may have at most.
    /// - Returns: Its bytes.
    /// - Throws: `unavailable` where it cannot be read, `exhausted` where it is too large.
    static func bytes(of path: String, maximumBytes: Int) throws(InferenceError) -> [UInt8] {
        // Without O_NONBLOCK opening a pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw InferenceError(code: .unavailable, message: "'\(path)' is not a file")
        }
        guard status.st_size <= maximumBytes else {
            throw .exhausted("'\(path)' has \(status.st_size) bytes, at most \(maximumBytes)")
        }
        return try read(descriptor, Int(status.st_size), path)
    }

    private static func read(
        _ descriptor: Int32,
        _ size: Int,
        _ path: String
    ) throws(InferenceError) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                guard let start = buffer.baseAddress else { return }
                let got = Foundation.read(descriptor, start + count, size - count)
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { return }
                count += got
            }
        }
        if failed { throw failure(path) }
        return bytes
    }

    private static func failure(_ path: String) -> InferenceError {
        InferenceError(
            code: .unavailable,
            message: "cannot read '\(path)': \(String(cString: strerror(errno)))"
        )
    }
}
