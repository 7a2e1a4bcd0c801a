import Alerts
import Foundation
import Logging
import Media
import Rules
import Scene
import Site
import Synchronization
import Testing

@testable import Pipeline

/// What becomes of a state at the next start, when the camera does not answer.
@Suite
struct RecallTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("recall-\(UUID().uuidString)")

    /// Lines of a log.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) { lines.append("\(event.message)") }
    }

    /// Starts the watch over a site and stops it when the camera was tried for the first time.
    ///
    /// - Returns: lines of the log, and what was told.
    private func start(
        _ site: SiteConfiguration,
        siteFileWritten: Instant? = nil
    ) throws -> (log: [String], told: [QueueEvent]) {
        let lines = Lines()
        let told = Mutex<[QueueEvent]>([])
        let cancellation = Cancellation()
        let watch = try SiteWatch(
            site: site,
            folder: folder.path,
            environment: [:],
            startTime: nil,
            replaySpeed: 1,
            siteFileWritten: siteFileWritten,
            cancellation: cancellation,
            logger: Logger(label: "test") { _ in Handler(lines: lines) },
            told: { event in told.withLock { $0.append(event) } }
        )
        let thread = Thread {
            while !lines.all.contains(where: { $0.contains("next try in") }) { usleep(10_000) }
            cancellation.cancel()
        }
        thread.start()
        _ = watch.run()
        return (lines.all, told.withLock { $0 })
    }

    private func file(_ kept: KeptState) -> CheckpointFile {
        CheckpointFile(folder: folder.path, camera: kept.camera.id)
    }

    private var hasState: Bool {
        FileManager.default.fileExists(atPath: "\(folder.path)/state/gate.checkpoint")
    }

    @Test("An event whose commit the end of the program prevented is committed once, as it was")
    func pending() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let kept = KeptState()
        let context = AlertContext(
            site: "test",
            camera: AlertCamera(id: kept.camera.id, name: "Gate"),
            stream: kept.stream,
            anchor: kept.anchor,
            zoneNames: [:]
        )
        let event = AlertEvent(incident: kept.incident, context: context, evidence: [])
        try file(kept).write(kept.checkpoint(pending: [event.jsonLine()]))
        #expect(try start(kept.site).told.map { $0.common.jsonLine() } == [event.jsonLine()])
        #expect(hasState)
        #expect(try start(kept.site).told.isEmpty)
        let log = try String(
            contentsOf: folder.appendingPathComponent(AlertLog.fileName),
            encoding: .utf8
        )
        #expect(log == event.jsonLine() + "\n")
    }

    @Test("Where nothing was changed the state waits for the camera, and nothing is told")
    func waits() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let kept = KeptState()
        try file(kept).write(kept.checkpoint(open: [.incident(kept.incident)]))
        let (log, told) = try start(kept.site)
        #expect(told.isEmpty)
        #expect(!log.contains { $0.contains("begins anew") })
        #expect(hasState)
    }

    @Test("Changed zones begin anew: what was open is closed where it was last watched, and said")
    func changedZones() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var kept = KeptState()
        let open: [Matter] = [.health(kept.fault(.blurred)), .incident(kept.incident)]
        try file(kept).write(kept.checkpoint(open: open))
        kept.camera.zones[0].dwell = .seconds(20)
        let (log, told) = try start(kept.site)
        #expect(told.map(\.common.isClosed) == [true, true])
        #expect(told.map(\.common.matter.revision) == [2, 3])
        #expect(told.map(\.common.matter.streamSeconds) == [61, 61])
        #expect(told.allSatisfy { $0.common.matter.evidence.isEmpty })
        #expect(log.contains { $0.contains("begins anew, because its zones were changed") })
        #expect(!hasState)
        #expect(try start(kept.site).told.isEmpty)
    }

    @Test("After a gap of more than half an hour a camera begins anew")
    func longGap() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var kept = KeptState()
        kept.anchor.start.microseconds -= 3_600_000_000
        try file(kept).write(kept.checkpoint(open: [.incident(kept.incident)]))
        let (log, told) = try start(kept.site)
        #expect(told.map(\.common.isClosed) == [true])
        #expect(log.contains { $0.contains("it was not watched for 60 minutes") })
    }

    @Test("A damaged state is moved aside, and the matters that it leaves open are named")
    func damaged() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let kept = KeptState()
        let store = try AlertStore(directory: folder)
        let context = AlertContext(
            site: "test",
            camera: AlertCamera(id: kept.camera.id, name: "Gate"),
            stream: kept.stream,
            anchor: kept.anchor,
            zoneNames: [:]
        )
        try store.commit(AlertEvent(incident: kept.incident, context: context, evidence: []))
        try DurableFile.write(Array("rubbish".utf8), to: file(kept).path)
        let (log, told) = try start(kept.site)
        #expect(told.isEmpty)
        #expect(log.contains { $0.contains("cannot be used") && $0.contains(".damaged") })
        #expect(log.contains { $0.contains("patrol queue list --open --camera gate") })
        #expect(FileManager.default.fileExists(atPath: file(kept).path + ".damaged"))
    }

    @Test(
        "A camera that was moved goes on with what it knew unless the site file was written since"
    )
    func confirmed() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let kept = KeptState()
        let state = try kept.checkpoint(open: [.health(kept.fault(.moved))])
        try file(kept).write(state)
        let told = kept.anchor.instant(at: MediaTime(seconds: 30))
        let before = Instant(microseconds: told.microseconds - 1)
        #expect(try start(kept.site, siteFileWritten: before).told.isEmpty)
        let after = Instant(microseconds: told.microseconds + 1)
        let (log, closed) = try start(kept.site, siteFileWritten: after)
        #expect(closed.map(\.common.matter.topic) == ["moved"])
        #expect(log.contains { $0.contains("confirms its zones") })
    }
}
