internal import Foundation
internal import Glibc

/// Files that are whole and on the disk, or not there at all.
enum DurableFile {
    /// Writes a file so that it survives a loss of power: into a temporary file beside it, synced,
    /// renamed, and the folder synced.
    ///
    /// - Parameters:
    ///   - bytes: what the file shall hold.
    ///   - path: where; missing folders are made, an existing file is replaced.
    /// - Throws: `PipelineError` with `exhausted` where there is no room, else `unavailable`.
    static func write(_ bytes: [UInt8], to path: String) throws(PipelineError) {
        let folder = try makeFolder(of: path)
        let temporary = "\(path).\(UUID().uuidString).part"
        do throws(PipelineError) {
            try writeAndSync(bytes, to: temporary)
            guard rename(temporary, path) == 0 else { throw failure("rename to", path) }
        } catch {
            unlink(temporary)
            throw error
        }
        try syncFolder(folder)
    }

    /// The folder that a path lies in; empty for a name alone.
    static func parent(of path: String) -> String {
        var rest = Substring(path)
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        guard rest != "/", let slash = rest.lastIndex(of: "/") else { return "" }
        return slash == rest.startIndex ? "/" : String(rest[..<slash])
    }

    /// Makes the folder that a file goes into, and those above it, durably.
    @discardableResult
    static func makeFolder(of path: String) throws(PipelineError) -> String {
        let folder = parent(of: path)
        guard !folder.isEmpty else { return "." }
        try makeFolder(folder)
        return folder
    }

    /// Makes a folder and those above it, and syncs the entry of each new one.
    static func makeFolder(_ folder: String) throws(PipelineError) {
        var status = stat()
        if stat(folder, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw PipelineError(
                    .invalidInput,
                    "\(folder) is a file, and a folder is needed there; name another"
                )
            }
            return
        }
        let parent = Self.parent(of: folder)
        if !parent.isEmpty { try makeFolder(parent) }
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw failure("make the folder", folder)
        }
        try syncFolder(parent.isEmpty ? "." : parent)
    }

    private static func writeAndSync(_ bytes: [UInt8], to path: String) throws(PipelineError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("create", path) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            written += count
        }
        guard fsync(file) == 0 else { throw failure("sync", path) }
    }

    private static func syncFolder(_ folder: String) throws(PipelineError) {
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw failure("open the folder", folder) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw failure("sync the folder", folder) }
    }

    /// The error of the system call that failed last.
    static func failure(_ action: String, _ path: String) -> PipelineError {
        let number = errno
        let reason = String(cString: strerror(number))
        let isFull = [ENOSPC, EDQUOT, EFBIG].contains(number)
        return PipelineError(
            isFull ? .exhausted : .unavailable,
            "cannot \(action) \(path): \(reason)"
                + (isFull ? "; make room and run the same command again" : "")
        )
    }
}
