internal import Alerts
internal import Foundation
public import Scene
public import Site

/// Sends one alert that is marked as a test through every sink of a site, past the queue: nobody
/// can claim it, and no figure counts it.
public struct SinkTrial: Sendable {
    /// What came of it at one sink.
    public struct Outcome: Sendable {
        /// The sink's id.
        public let sink: String
        /// Its sort.
        public let sort: String
        /// Why the alert did not arrive; nil where it did.
        public let failure: String?
        /// Seconds that it took.
        public let seconds: Double
    }

    /// The event that is sent, as JSON on one line.
    public let event: String
    private let id: String
    private let parts: SinkParts

    /// A trial of a site's sinks; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - site: the site; the alert bears the name of its first camera.
    ///   - environment: where secrets of the site file come from.
    ///   - now: the time of the alert.
    public init(site: SiteConfiguration, environment: [String: String], now: Instant) {
        parts = SinkParts(
            site: site,
            secrets: Secrets(environment: environment),
            clock: .host,
            announces: false
        )
        let camera = site.cameras.first
        let test = TestAlert(
            site: site.id,
            camera: AlertCamera(
                id: camera?.id ?? CameraID(rawValue: "test"),
                name: camera?.name ?? "test"
            ),
            now: now
        )
        id = test.id
        event = test.jsonLine()
    }

    /// Sends it to each sink in turn, and waits for each no longer than its timeout.
    public func run() -> [Outcome] {
        signal(SIGPIPE, SIG_IGN)
        let parcel = Parcel(sequence: 0, id: id, body: event, route: ["test"])
        return parts.all.map { part in
            let begin = ContinuousClock.now
            let carrier = part.carrier { false }
            defer { carrier.close() }
            let delivery = carrier.deliver([parcel])
            return Outcome(
                sink: part.id,
                sort: part.sort,
                failure: delivery.failure?.message,
                seconds: (ContinuousClock.now - begin) / .seconds(1)
            )
        }
    }
}
