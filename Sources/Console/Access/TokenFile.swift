internal import Foundation

/// The file of those who may ask: one token a line, and none of them readable.
public struct TokenFile: Sendable {
    /// Where it is.
    public let path: String

    /// Tokens that a file may hold.
    static let maximum = 1000
    private static let header = "# Tokens of patrol's HTTP interface: name, role, made at, hash.\n"

    /// The file of this path, which need not exist yet.
    public init(path: String) {
        self.path = path
    }

    /// All tokens in the order of the file.
    ///
    /// - Returns: The tokens; none where the file holds none.
    /// - Throws: `ConsoleError`: `missing` where there is no file, `unavailable` where it cannot be
    ///   read or others may write it, `invalidData` with the line that is wrong.
    public func read() throws(ConsoleError) -> [AccessToken] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes else {
            throw ConsoleError(
                .missing,
                "there is no tokens file \(path); make it with: patrol token add --tokens "
                    + "\(path) NAME --role dispatch"
            )
        }
        let mode = (attributes[.posixPermissions] as? Int) ?? 0
        guard mode & 0o022 == 0 else {
            throw ConsoleError(
                .unavailable,
                "others than its owner may write the tokens file \(path); run: chmod go-w \(path)"
            )
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw ConsoleError(.unavailable, "cannot read the tokens file \(path)", cause: error)
        }
        return try parse(String(decoding: data.prefix(1 << 20), as: UTF8.self))
    }

    /// Adds a token.
    ///
    /// - Throws: `ConsoleError`: `exists` where one is so called, else as `read()`.
    public func add(_ token: AccessToken) throws(ConsoleError) {
        var tokens: [AccessToken] = []
        do {
            tokens = try read()
        } catch  where error.code == .missing {
            // The first token makes the file.
        }
        guard !tokens.contains(where: { $0.name == token.name }) else {
            throw ConsoleError(
                .exists,
                "\(path) has a token of \(token.name) already; remove it first"
            )
        }
        guard tokens.count < Self.maximum else {
            throw ConsoleError(.refused, "\(path) has \(Self.maximum) tokens; remove some first")
        }
        try write(tokens + [token])
    }

    /// Takes a token away; whoever bears it is refused from the next second on.
    ///
    /// - Throws: `ConsoleError`: `missing` where none is so called, else as `read()`.
    public func remove(_ name: String) throws(ConsoleError) {
        let tokens = try read()
        let rest = tokens.filter { $0.name != name }
        guard rest.count < tokens.count else {
            throw ConsoleError(.missing, "\(path) has no token of \(name); see patrol token list")
        }
        try write(rest)
    }

    private func parse(_ text: String) throws(ConsoleError) -> [AccessToken] {
        var tokens: [AccessToken] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        where !line.hasPrefix("#") && !line.allSatisfy(\.isWhitespace) {
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count == 4, AccessToken.isName(fields[0]),
                let role = Role(rawValue: fields[1]), let hash = Self.bytes(fields[3]),
                hash.count == AccessToken.hashBytes
            else {
                throw ConsoleError(
                    .invalidData,
                    "line \(index + 1) of the tokens file \(path) is no token; delete it and run "
                        + "patrol token add"
                )
            }
            tokens.append(AccessToken(name: fields[0], role: role, madeAt: fields[2], hash: hash))
        }
        return tokens
    }

    /// Puts the file there as a whole, for its owner alone to read.
    private func write(_ tokens: [AccessToken]) throws(ConsoleError) {
        var text = Self.header
        for token in tokens {
            let hash = token.hash.map { String(format: "%02x", $0) }.joined()
            text += "\(token.name) \(token.role.rawValue) \(token.madeAt) \(hash)\n"
        }
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot write \(draft)") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(draft)
            throw ConsoleError(.unavailable, "cannot write \(draft): \(error)", cause: error)
        }
        guard rename(draft, path) == 0 else {
            let error = failure("cannot write \(path)")
            unlink(draft)
            throw error
        }
    }

    private func failure(_ what: String) -> ConsoleError {
        ConsoleError(.unavailable, "\(what): \(String(cString: strerror(errno)))")
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index...(index + 1)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
