internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Synchronization

/// Decides who asks and whether they may.
final class AccessControl: Sendable {
    private struct Known {
        var tokens: [AccessToken]
        var stamp: [Int64]
        var checked: ContinuousClock.Instant
    }

    private let file: TokenFile?
    private let known: Mutex<Known>
    private let tries: FailedTries
    private let work: BlockingWork
    private let logger: Logger

    /// Reads the tokens, where there are to be any.
    ///
    /// - Throws: `ConsoleError` where the file cannot be used or holds no token.
    init(
        tokens path: String?,
        limits: ConsoleLimits,
        work: BlockingWork,
        logger: Logger
    ) throws(ConsoleError) {
        file = path.map { TokenFile(path: $0) }
        self.work = work
        self.logger = logger
        tries = FailedTries(limit: limits.failedTries, capacity: limits.rememberedAddresses)
        let tokens = try file?.read() ?? []
        if let path, tokens.isEmpty {
            throw ConsoleError(
                .refused,
                "the tokens file \(path) holds no token, so nobody could ask; run: "
                    + "patrol token add --tokens \(path) NAME --role dispatch"
            )
        }
        known = Mutex(Known(tokens: tokens, stamp: Self.stamp(path), checked: .now))
    }

    /// Who asks.
    ///
    /// - Parameters:
    ///   - headers: Of the request.
    ///   - address: Where it comes from.
    ///   - role: What it takes at least.
    /// - Returns: The bearer of the token.
    /// - Throws: `Problem` where the caller is not known, or may not.
    func caller(
        _ headers: HTTPFields,
        from address: String,
        needing role: Role
    ) async throws -> Caller {
        guard let file else { return .local }
        if let seconds = tries.wait(for: address, now: .now) {
            throw Problem(
                .tooManyTries,
                "too many wrong tokens came from \(address); wait \(seconds) s",
                retryAfter: seconds
            )
        }
        guard let secret = Self.bearer(headers[.authorization]) else {
            throw Problem(
                .unauthenticated,
                "send a token in the header: Authorization: Bearer TOKEN"
            )
        }
        let tokens = try await tokens(of: file)
        guard let token = AccessToken.find(secret, among: tokens) else {
            tries.note(address, now: .now)
            logger.warning("a wrong token came from \(address)")
            throw Problem(.unauthenticated, "the token is not known, or was removed")
        }
        guard token.role >= role else {
            throw Problem(
                .forbidden,
                "the token of \(token.name) has the role \(token.role.rawValue); this takes "
                    + role.rawValue
            )
        }
        return Caller(name: token.name, role: token.role)
    }

    /// The tokens, read anew at most a second after the file was changed.
    private func tokens(of file: TokenFile) async throws -> [AccessToken] {
        let (tokens, isFresh) = known.withLock {
            ($0.tokens, .now < $0.checked + .seconds(1))
        }
        if isFresh { return tokens }
        return try await work.run { [self] in
            let stamp = Self.stamp(file.path)
            let kept = known.withLock { known -> [AccessToken]? in
                guard known.stamp == stamp else { return nil }
                known.checked = .now
                return known.tokens
            }
            if let kept { return kept }
            do throws(ConsoleError) {
                let tokens = try file.read()
                known.withLock { $0 = Known(tokens: tokens, stamp: stamp, checked: .now) }
                return tokens
            } catch {
                logger.error("nobody is let in: \(error)")
                throw Problem(.unavailable, "the tokens cannot be read; see the log of the box")
            }
        }
    }

    /// What tells one state of a file from another.
    private static func stamp(_ path: String?) -> [Int64] {
        var status = stat()
        guard let path, stat(path, &status) == 0 else { return [] }
        return [
            Int64(status.st_ino), Int64(status.st_size), Int64(status.st_mtim.tv_sec),
            Int64(status.st_mtim.tv_nsec),
        ]
    }

    private static func bearer(_ header: String?) -> String? {
        guard let parts = header?.split(separator: " "), parts.count == 2,
            parts[0].lowercased() == "bearer", parts[1].utf8.count <= 256
        else { return nil }
        return String(parts[1])
    }
}
