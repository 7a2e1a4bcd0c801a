internal import Foundation

/// A regular file of the data folder, open for as long as the value lives.
final class ServedFile: Sendable {
    let size: Int64
    private let descriptor: Int32

    /// Opens a file by its path in the folder, which leads into no other and is no link.
    init(folder: String, path: String) throws(Problem) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let gone = Problem(.notFound, "the file is no longer there, or cannot be read")
        guard !parts.contains(where: { ["", ".", ".."].contains($0) }) else { throw gone }
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW
        descriptor = open("\(folder)/\(path)", flags)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else {
            size = 0
            throw gone
        }
        size = Int64(status.st_size)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Bytes from a place on, at least one.
    ///
    /// - Throws: `Problem` where the file ends before or cannot be read.
    func bytes(from begin: Int64, count: Int) throws(Problem) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = pread(descriptor, &bytes, count, off_t(begin))
        guard done > 0 else { throw Problem(.internal, "the file became shorter or fails") }
        bytes.removeLast(count - done)
        return bytes
    }
}

/// What a header `Range` asks for; what is not understood or asks for several parts gets the whole.
enum ByteRange: Hashable {
    case whole
    case part(Range<Int64>)
    case unsatisfiable

    init(_ header: String?, of size: Int64) {
        guard let header, header.hasPrefix("bytes=") else {
            self = .whole
            return
        }
        let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Self.number(parts[0]), let last = Self.number(parts[1])
        else {
            self = .whole
            return
        }
        switch (first, last) {
        case (nil, nil): self = .whole
        case (nil, let suffix?):
            let begin = max(0, size - suffix)
            self = suffix > 0 && size > 0 ? .part(begin..<size) : .unsatisfiable
        case (let begin?, let end):
            if let end, end < begin {
                self = .whole
            } else if begin >= size {
                self = .unsatisfiable
            } else {
                self = .part(begin..<min(size, end.map { $0 < .max ? $0 + 1 : $0 } ?? size))
            }
        }
    }

    /// The number of some digits, nil inside where there are none; nil where it is no number.
    private static func number(_ text: Substring) -> Int64?? {
        if text.isEmpty { return .some(nil) }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text) else {
            return nil
        }
        return .some(number)
    }
}
