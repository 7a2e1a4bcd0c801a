internal import Glibc

/// The bytes of a site file, and how they become text.
enum SiteFile {
    /// A site of a thousand cameras stays well below it.
    static let maximumBytes = 4 << 20

    /// All bytes of a regular file of at most `maximumBytes`.
    static func read(_ path: String) throws(SiteError) -> [UInt8] {
        // Without O_NONBLOCK a named pipe would wait for a writer.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw failure(path, errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw whole(
                path,
                isFolder ? "is a folder" : "is not a regular file",
                isFolder ? "give the site file in it, such as \(path)/site.yaml" : nil
            )
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= maximumBytes {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        throw whole(path, "is larger than 4 MiB", "check that it is the site file")
    }

    /// The text of UTF-8 bytes, a byte order mark at their start left out.
    static func decode(_ bytes: [UInt8], file: String) throws(SiteError) -> String {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var scalars = String.UnicodeScalarView()
        decoding: while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                scalars.append(Unicode.UTF8.decode(encoded))
            case .emptyInput:
                break decoding
            case .error:
                let place = TextLines(Array(scalars)).place(of: scalars.count)
                let problem = Diagnostic(
                    file: file,
                    line: place.line,
                    column: place.column,
                    message: "the file is not UTF-8",
                    suggestion: "save it as UTF-8; GBK and UTF-16 are not read"
                )
                throw SiteError([problem])
            }
        }
        return String(scalars)
    }

    /// What the caller can do about a system call that failed.
    static func failure(_ path: String, _ code: CInt) -> SiteError {
        switch code {
        case ENOENT: whole(path, "does not exist", "check the path")
        case EACCES, EPERM: whole(path, "may not be read", "give this user the right to read it")
        default: whole(path, "cannot be read: \(String(cString: strerror(code)))", nil)
        }
    }

    private static func whole(
        _ path: String,
        _ message: String,
        _ suggestion: String?
    ) -> SiteError {
        SiteError([Diagnostic(file: path, message: message, suggestion: suggestion)])
    }
}
