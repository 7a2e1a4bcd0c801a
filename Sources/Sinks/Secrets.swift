internal import Foundation
internal import Site

/// Reads secrets where the site file says that they are.
struct Secrets: Sendable {
    /// Values of environment variables by name.
    let environment: [String: String]

    /// A secret has at most so many bytes.
    static let maximumBytes = 64 << 10

    /// The secret, read anew so that one that was changed holds from the next connection on.
    func value(of reference: SecretReference) throws(SinkError) -> String {
        switch reference {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw SinkError(
                    .invalidConfiguration,
                    "the environment variable \(name) is not set; "
                        + "set it where the program is started"
                )
            }
            return value
        case .file(let path):
            let text = try Self.content(of: path).drop { $0.isWhitespace }
            let end = text.lastIndex { !$0.isWhitespace }
            guard let end else {
                throw SinkError(
                    .invalidConfiguration,
                    "the file \(path) is empty; write the secret into it"
                )
            }
            return String(text[...end])
        }
    }

    /// The text of a file that is named in the site file.
    static func content(of path: String) throws(SinkError) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw SinkError(
                .invalidConfiguration,
                "cannot read \(path): \(String(cString: strerror(errno))); "
                    + "check that it exists and may be read by this user"
            )
        }
        defer { try? file.close() }
        let bytes = (try? file.read(upToCount: maximumBytes + 1)) ?? Data()
        guard bytes.count <= maximumBytes else {
            throw SinkError(
                .invalidConfiguration,
                "\(path) has more than \(maximumBytes) bytes; "
                    + "name a file that holds the secret alone"
            )
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
