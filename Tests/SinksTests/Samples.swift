import Alerts
import Foundation
import Glibc
import Logging
import Scene
import Site
import Synchronization
import Testing

@testable import Sinks

/// A log with events of alerts, the clock that they are kept by, and what sinks log.
final class Bench: Sendable {
    /// 2026-03-01T06:00:00Z.
    static let start = Instant(microseconds: 1_772_344_800_000_000)

    let folder: Folder
    let store: AlertStore
    let log = Words()
    /// What the simulated clock shows; waits of sinks move it.
    let time = Mutex(Bench.start)
    let waits = Mutex<[Duration]>([])

    init() throws {
        folder = try Folder()
        store = try AlertStore(directory: folder.url)
    }

    /// A clock whose waits pass at once, on paper in full.
    var clock: SinkClock {
        SinkClock(
            now: { [self] in time.withLock { $0 } },
            sleep: { [self] duration, _ in
                waits.withLock { $0.append(duration) }
                time.withLock { $0 = $0 + .seconds(duration / .seconds(1)) }
                usleep(10_000)
            },
            jitter: { 1 }
        )
    }

    /// A clock whose waits pass at once, but that shows the time of day.
    var hastyClock: SinkClock {
        SinkClock(
            now: SinkClock.host.now,
            sleep: { [self] duration, _ in
                waits.withLock { $0.append(duration) }
                usleep(10_000)
            },
            jitter: { 1 }
        )
    }

    var logger: Logger {
        let words = log
        var logger = Logger(label: "sinks") { _ in WordsHandler(words: words) }
        logger.logLevel = .debug
        return logger
    }

    /// Keeps an alert's event that was opened at the clock's time.
    ///
    /// - Returns: the event's id.
    @discardableResult
    func tell(_ number: Int, at now: Instant? = nil) throws -> String {
        let now = now ?? time.withLock { $0 }
        let event = Bench.event(number, at: now)
        try store.commit(event, recordedAt: now)
        return event.id
    }

    static func event(_ number: Int, at now: Instant) -> AlertEvent {
        let zone = ZoneID(rawValue: "lane")
        let incident = Incident(
            number: number,
            revision: 1,
            phase: .opened,
            zone: zone,
            kind: .noParking,
            severity: .warning,
            object: Observation(
                id: ObjectID(rawValue: 1),
                mobility: .static,
                box: NormalizedBox(x: 0.1, y: 0.1, width: 0.1, height: 0.1),
                since: .zero,
                presentAtStart: false,
                classification: Classification(.vehicle, confidence: 0.9),
                confidence: 0.9
            ),
            startedAt: .zero,
            time: .zero
        )
        let context = AlertContext(
            site: "riverside",
            camera: AlertCamera(id: CameraID(rawValue: "gate-1"), name: "东门"),
            stream: .live(),
            anchor: ClockAnchor(start: now, quality: .host),
            zoneNames: [:]
        )
        return AlertEvent(incident: incident, context: context, evidence: [])
    }

    func worker(_ site: SiteConfiguration, clock: SinkClock? = nil) throws -> SinkWorker {
        let clock = clock ?? hastyClock
        let parts = SinkParts(
            site: site,
            secrets: Secrets(environment: ["SINK_SECRET": "sesame"]),
            clock: clock,
            announces: true
        )
        try parts.checkSecrets()
        let part = try #require(parts.all.first)
        return SinkWorker(
            part,
            store: store,
            folder: folder.url.path,
            clock: clock,
            logger: logger
        )
    }

    /// Ends a worker when it has sent what there is.
    func finish(_ worker: SinkWorker) {
        worker.end(at: .now + .seconds(30))
        #expect(worker.wait(until: .now + .seconds(40)))
    }

    static func site(_ sinks: SinksConfiguration) -> SiteConfiguration {
        SiteConfiguration(id: "riverside", name: "Riverside", cameras: [], sinks: sinks)
    }
}

/// What was logged.
final class Words: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }
}

struct WordsHandler: LogHandler {
    let words: Words
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        words.add("\(event.level) \(event.message)")
    }
}

/// The values of a field that each line of a JSON Lines text has.
func values<Value>(_ key: String, of lines: [String]) throws -> [Value] {
    try lines.map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return try #require(object?[key] as? Value, "\(key) in \(line)")
    }
}

/// The first of each value, in order.
func firsts(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
}
