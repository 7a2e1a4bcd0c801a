public import Alerts
internal import Dispatch
internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
public import Scene
internal import Synchronization

/// The queue and its evidence by HTTP.
///
/// All calls block: keep them off Swift's cooperative threads.
public final class ConsoleServer: Sendable {
    private struct Running {
        var port: Int?
        var failure: (any Error)?
        var task: Task<Void, Never>?
        var isStopped = false
    }

    private let settings: ConsoleSettings
    private let tls: TLSConfiguration?
    private let responder: ConsoleResponder
    private let limits: ConsoleLimits
    private let logger: Logger
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let running = Mutex(Running())
    private let executor = ConsoleExecutor()
    private let started = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// Calls of the queue that are made at once: SQLite takes one writer and some readers.
    private static let threads = 4
    /// How long the requests in hand have when the server ends.
    private static let patience = 3.0

    /// A server, which does not listen yet.
    ///
    /// - Parameters:
    ///   - settings: Where it listens and who may ask.
    ///   - store: The queue, open for writing.
    ///   - folder: The data folder, where the evidence lies.
    ///   - timeZone: IANA name of the time zone whose hours the figures are by.
    ///   - logger: Where it is told what goes on.
    /// - Throws: `ConsoleError` where the settings are unsafe, or a file cannot be used.
    public convenience init(
        settings: ConsoleSettings,
        store: AlertStore,
        folder: String,
        timeZone: String = "UTC",
        logger: Logger
    ) throws(ConsoleError) {
        try self.init(
            settings: settings,
            store: store,
            folder: folder,
            timeZone: timeZone,
            logger: logger,
            limits: ConsoleLimits()
        )
    }

    init(
        settings: ConsoleSettings,
        store: AlertStore,
        folder: String,
        timeZone: String,
        logger: Logger,
        limits: ConsoleLimits
    ) throws(ConsoleError) {
        guard settings.isLoopback || settings.tokens != nil else {
            throw ConsoleError(
                .refused,
                "\(settings.address) can be reached from other hosts: give a file of tokens, or "
                    + "listen on 127.0.0.1"
            )
        }
        self.settings = settings
        self.limits = limits
        self.logger = logger
        tls = try Self.tls(settings)
        let work = BlockingWork(threads: Self.threads, bound: limits.waitingCalls)
        let access = try AccessControl(
            tokens: settings.tokens,
            limits: limits,
            work: work,
            logger: logger
        )
        let desk = ConsoleDesk(
            store: store,
            folder: folder,
            timeZone: TimeZone(identifier: timeZone) ?? .gmt,
            limits: limits,
            work: work,
            reports: BlockingWork(threads: 1, bound: 8),
            watch: LogWatch(store: store),
            waitingClaims: Slots(limits.waitingClaims, "waiting claims"),
            eventStreams: Slots(limits.eventStreams, "streams of events"),
            logger: logger
        )
        responder = ConsoleResponder(
            desk: desk,
            access: access,
            isOpen: settings.tokens == nil,
            limits: limits,
            logger: logger
        )
    }

    /// Listens, and returns once it does.
    ///
    /// - Returns: The address to ask, such as `http://127.0.0.1:8420`.
    /// - Throws: `ConsoleError` with `unavailable` where the address cannot be had.
    public func start() throws(ConsoleError) -> String {
        if !settings.isLoopback, tls == nil {
            logger.warning(
                """
                http: \(settings.address) can be reached from other hosts and speaks no TLS: \
                tokens, alerts and pictures can be read and changed on the way; give a \
                certificate and its key
                """
            )
        }
        let application: Application<ConsoleResponder>
        do {
            application = try makeApplication()
        } catch {
            throw ConsoleError(.unavailable, "cannot prepare TLS: \(error)", cause: error)
        }
        let task = Task(executorPreference: executor) { [self] in
            do {
                try await application.run()
            } catch {
                running.withLock { $0.failure = error }
            }
            started.signal()
            ended.signal()
        }
        running.withLock { $0.task = task }
        started.wait()
        let (port, failure) = running.withLock { ($0.port, $0.failure) }
        guard let port else {
            let reason = failure.map { "\($0)" } ?? "it was stopped"
            throw ConsoleError(
                .unavailable,
                "cannot listen on \(settings.address) port \(settings.port): \(reason)",
                cause: failure
            )
        }
        let host = settings.address.contains(":") ? "[\(settings.address)]" : settings.address
        return "\(tls == nil ? "http" : "https")://\(host):\(port)"
    }

    /// Ends what is going on, within seconds.
    public func stop() {
        let (isFirst, task) = running.withLock { running in
            defer { running.isStopped = true }
            return (!running.isStopped, running.task)
        }
        guard isFirst else { return }
        responder.desk.watch.stop()
        task?.cancel()
        if task != nil { _ = ended.wait(timeout: .now() + Self.patience) }
        responder.desk.work.stop()
        responder.desk.reports.stop()
        group.shutdownGracefully { _ in }
    }

    private func makeApplication() throws -> Application<ConsoleResponder> {
        let (limits, count) = (limits, ConnectionCount())
        let http = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionGate(limits: limits, count: count)],
                idleTimeout: .seconds(limits.idleSeconds),
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: limits.headerBytes,
                    maxHeaderListSize: limits.headerBytes,
                    maxHeaderFieldCount: limits.headerFields
                )
            )
        )
        // What the library has to say of each connection is of no use to operators.
        var quiet = logger
        quiet.logLevel = .critical
        return Application(
            responder: responder,
            server: try tls.map { try HTTPServerBuilder.tls(http, tlsConfiguration: $0) } ?? http,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.address, port: settings.port),
                availableConnectionsDelegate: .maximum(limits.connections * 2, logger: quiet)
            ),
            onServerRunning: { [weak self] channel in
                self?.running.withLock { $0.port = channel.localAddress?.port }
                self?.started.signal()
            },
            eventLoopGroupProvider: .shared(group),
            logger: quiet
        )
    }

    private static func tls(_ settings: ConsoleSettings) throws(ConsoleError) -> TLSConfiguration? {
        guard let certificate = settings.certificate, let key = settings.key else { return nil }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            let secret = try NIOSSLPrivateKey(file: key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(secret)
            )
            configuration.minimumTLSVersion = .tlsv12
            return configuration
        } catch {
            throw ConsoleError(
                .unavailable,
                "cannot use the certificate \(certificate) with the key \(key): \(error)",
                cause: error
            )
        }
    }
}
