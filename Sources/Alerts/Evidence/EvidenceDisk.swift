internal import Foundation

/// Small files that are whole and on the disk, or not there at all.
enum EvidenceDisk {
    /// Writes a file and syncs it and its folder; missing folders are made, those for secrets for
    /// their owner alone.
    static func write(
        _ text: String,
        to path: String,
        mode: mode_t
    ) throws(AlertError) {
        let folder = (path as NSString).deletingLastPathComponent
        let isSecret = mode & 0o077 == 0
        do {
            try FileManager.default.createDirectory(
                atPath: folder.isEmpty ? "." : folder,
                withIntermediateDirectories: true,
                attributes: isSecret ? [.posixPermissions: 0o700] : nil
            )
        } catch {
            throw AlertError(.unavailable, "cannot make the folder \(folder): \(error)")
        }
        let temporary = "\(path).\(UUID().uuidString).part"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw failure("create", path) }
        defer { close(file) }
        do throws(AlertError) {
            try append(Array(text.utf8), to: file, path: path)
            guard fsync(file) == 0 else { throw failure("sync", path) }
            guard rename(temporary, path) == 0 else { throw failure("rename to", path) }
        } catch {
            unlink(temporary)
            throw error
        }
        try syncFolder(of: path)
    }

    /// Writes all bytes at the place where a file stands.
    static func append(_ bytes: [UInt8], to file: Int32, path: String) throws(AlertError) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Foundation.write(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            done += count
        }
    }

    /// Makes sure that the folder's entry of a file is on the disk.
    static func syncFolder(of path: String) throws(AlertError) {
        let parent = (path as NSString).deletingLastPathComponent
        let folder = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open the folder of", path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("sync the folder of", path) }
    }

    /// The error of the system call that failed last.
    static func failure(_ action: String, _ path: String) -> AlertError {
        let number = errno
        let isFull = [ENOSPC, EDQUOT, EFBIG].contains(number)
        return AlertError(
            isFull ? .exhausted : .unavailable,
            "cannot \(action) \(path): \(String(cString: strerror(number)))"
        )
    }
}
