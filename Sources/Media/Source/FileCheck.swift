internal import Glibc

/// What can be said about a file before FFmpeg sees it.
enum FileCheck {
    /// Makes sure that a path leads to a file with something in it.
    ///
    /// A pipe or device is refused as well: opening one can block without end.
    static func requireRegularFile(_ path: String) throws(MediaError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw MediaError(
                code: .unsupported,
                message: "\(path) is a directory; give the video files in it"
            )
        default:
            throw MediaError(
                code: .unsupported,
                message: "\(path) is a pipe, socket or device; give a file or a stream's URL"
            )
        }
        guard status.st_size > 0 else {
            throw MediaError(
                code: .invalidData,
                message: "\(path) is empty; copy or record it again"
            )
        }
    }

    /// Whether the file begins as an MP4 or MOV does.
    static func looksLikeMP4(_ path: String) -> Bool {
        guard let file = fopen(path, "rb") else { return false }
        defer { fclose(file) }
        var head = [UInt8](repeating: 0, count: 8)
        guard fread(&head, 1, head.count, file) == head.count else { return false }
        let box = String(decoding: head[4...], as: UTF8.self)
        return ["ftyp", "moov", "mdat", "wide", "free", "skip"].contains(box)
    }

    private static func failure(_ path: String, _ number: Int32) -> MediaError {
        let cause = MediaError.text(for: -number)
        return switch number {
        case ENOENT, ENOTDIR:
            MediaError(
                code: .unavailable,
                message: "\(path) does not exist; check the path",
                cause: cause
            )
        case EACCES:
            MediaError(
                code: .unavailable,
                message: "\(path) may not be read; check its permissions and its folder's",
                cause: cause
            )
        default:
            MediaError(
                code: .unavailable,
                message: "\(path) cannot be opened; check the path and the disk",
                cause: cause
            )
        }
    }
}
