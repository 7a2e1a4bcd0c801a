internal import Foundation

/// Finds where the whole lines of an alert log end.
enum LogTail {
    /// Every line of a log begins so.
    private static let lineStart = Array("{\"specversion\":\"1.0\",".utf8)
    private static let pieceBytes: Int64 = 1 << 16

    /// The end of the last whole line, and how many bytes of a torn one follow.
    ///
    /// A file that does not begin as a log does is refused, so that nothing of it is cut off.
    static func find(
        in descriptor: Int32,
        path: String
    ) throws(AlertError) -> (end: Int64, torn: Int64) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw AlertError(.unavailable, "cannot examine \(path): \(systemReason())")
        }
        let size = Int64(status.st_size)
        let head = try readBytes(descriptor, from: 0, count: lineStart.count, path: path)
        // A power cut can leave a file that has grown but was never filled.
        let isUnfilled = head.allSatisfy { $0 == 0 }
        guard isUnfilled || lineStart.starts(with: head) else {
            throw AlertError(.invalidData, "\(path) is not an alert log; name another file")
        }
        var upper = size
        while upper > 0 {
            let lower = max(0, upper - pieceBytes)
            let piece = try readBytes(
                descriptor,
                from: lower,
                count: Int(upper - lower),
                path: path
            )
            if let newline = piece.lastIndex(of: UInt8(ascii: "\n")) {
                let end = lower + Int64(newline) + 1
                return (end, size - end)
            }
            upper = lower
        }
        return (0, size)
    }
}

/// Reads a log line by line, without the lines' ends, from the beginning up to `end`.
struct LogLines {
    let descriptor: Int32
    let end: Int64
    let path: String
    private var position: Int64 = 0
    private var buffer: [UInt8] = []
    private var start = 0

    init(descriptor: Int32, end: Int64, path: String) {
        self.descriptor = descriptor
        self.end = end
        self.path = path
    }

    mutating func next() throws(AlertError) -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = newline + 1 }
                return buffer[start..<newline]
            }
            guard position < end else { return nil }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            let count = Int(min(end - position, 1 << 16))
            let piece = try readBytes(descriptor, from: position, count: count, path: path)
            guard !piece.isEmpty else { return nil }
            position += Int64(piece.count)
            buffer += piece
        }
    }
}
