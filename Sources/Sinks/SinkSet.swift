public import Alerts
internal import Glibc
public import Logging
internal import Scene
public import Site

/// All sinks of a site, each on a thread of its own; none waits for another, and nobody for them.
public final class SinkSet: Sendable {
    private let workers: [SinkWorker]
    private let logger: Logger

    /// The sinks of a site file; nothing is sent before `start`.
    ///
    /// - Parameters:
    ///   - site: the site.
    ///   - environment: where secrets of the site file come from.
    ///   - store: the log that is sent, and the cursors.
    ///   - folder: the data folder, for notes of what was refused.
    ///   - logger: where it is told what goes on.
    /// - Throws: `SinkError` where a secret that the site file names cannot be read.
    public convenience init(
        site: SiteConfiguration,
        environment: [String: String],
        store: AlertStore,
        folder: String,
        logger: Logger
    ) throws(SinkError) {
        try self.init(
            site: site,
            environment: environment,
            store: store,
            folder: folder,
            clock: .host,
            logger: logger
        )
    }

    init(
        site: SiteConfiguration,
        environment: [String: String],
        store: AlertStore,
        folder: String,
        clock: SinkClock,
        logger: Logger
    ) throws(SinkError) {
        let secrets = Secrets(environment: environment)
        let parts = SinkParts(site: site, secrets: secrets, clock: clock, announces: true)
        try parts.checkSecrets()
        self.logger = logger
        workers = parts.all.map { parts in
            SinkWorker(parts, store: store, folder: folder, clock: clock, logger: logger)
        }
    }

    /// How each sink is doing, in the order of the site file.
    public var figures: [SinkFigures] { workers.map(\.figures) }

    /// Begins to send.
    public func start() {
        // Both TLS libraries write to connections that the other side may have closed.
        if !workers.isEmpty { signal(SIGPIPE, SIG_IGN) }
        for worker in workers { worker.start() }
    }

    /// Ends, after what is in the log has been sent, or after that time; blocks until then.
    public func stop(within patience: Duration) {
        let end = ContinuousClock.now + patience
        for worker in workers { worker.end(at: end) }
        // A call may be in the middle of something that cannot be cut short.
        for worker in workers where !worker.wait(until: end + .milliseconds(500)) {
            logger.warning("the sink \(worker.parts.id) did not stop in time and was left")
        }
    }
}

/// What the sinks of a site file are made of.
struct SinkParts {
    let site: SiteConfiguration
    let secrets: Secrets
    let clock: SinkClock
    /// Whether they tell others that the program is up.
    let announces: Bool

    /// The parts of each, in the order of the site file's reference.
    var all: [SinkWorker.Parts] {
        let (secrets, clock, announces, id) = (secrets, clock, announces, site.id)
        let webhooks = site.sinks.webhooks.map { sink in
            part(sink.settings, "webhook") {
                WebhookCarrier(sink, secrets: secrets, clock: clock, mustStop: $0)
            }
        }
        let brokers = site.sinks.mqtt.map { sink in
            part(sink.settings, "mqtt") {
                MQTTCarrier(
                    sink,
                    site: id,
                    secrets: secrets,
                    announces: announces,
                    clock: clock,
                    mustStop: $0
                )
            }
        }
        let systems = site.sinks.nats.map { sink in
            part(sink.settings, "nats") {
                NATSCarrier(sink, site: id, secrets: secrets, mustStop: $0)
            }
        }
        return webhooks + brokers + systems
    }

    private func part(
        _ settings: SinkSettings,
        _ sort: String,
        _ carrier: @escaping @Sendable (@escaping StopCheck) -> any Carrier
    ) -> SinkWorker.Parts {
        SinkWorker.Parts(id: settings.id, sort: sort, tries: settings.tries, carrier: carrier)
    }

    /// Reads every secret once, so that a missing one is told before anything starts.
    func checkSecrets() throws(SinkError) {
        for (id, references, files) in references {
            do throws(SinkError) {
                for reference in references { _ = try secrets.value(of: reference) }
                for file in files { _ = try Secrets.content(of: file) }
            } catch {
                throw SinkError(error.code, "sink \(id): \(error.message)", cause: error)
            }
        }
    }

    private var references: [(id: String, secrets: [SecretReference], files: [String])] {
        func files(_ tls: TLSFiles) -> [String] { [tls.certificate, tls.key].compactMap { $0 } }
        let webhooks = site.sinks.webhooks.map { sink in
            (sink.settings.id, [sink.secret] + [sink.token].compactMap { $0 }, [String]())
        }
        let brokers = site.sinks.mqtt.map { sink in
            (sink.settings.id, [sink.password].compactMap { $0 }, files(sink.tls))
        }
        let systems = site.sinks.nats.map { sink in
            let own: ([SecretReference], [String]) =
                switch sink.login {
                case nil: ([], [])
                case .user(_, let password): ([password], [])
                case .token(let token): ([token], [])
                case .key(_, let seedFile): ([], [seedFile])
                case .credentials(let file): ([], [file])
                }
            return (sink.settings.id, own.0, own.1 + files(sink.tls))
        }
        return webhooks + brokers + systems
    }
}
