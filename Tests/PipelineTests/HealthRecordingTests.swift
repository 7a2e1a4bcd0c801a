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

/// Health matters on their way through recorder, desk, store and log, on frames of a real video.
@Suite
struct HealthRecordingTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("health-\(UUID().uuidString)")
    private let zone = ZoneRule(
        id: ZoneID(rawValue: "bank"),
        kind: .waterDanger,
        polygon: Polygon(
            [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)].map {
                NormalizedPoint(x: $0.0, y: $0.1)
            }
        )
    )

    private var camera: CameraConfiguration {
        CameraConfiguration(id: CameraID(rawValue: "river"), name: "River", zones: [zone])
    }

    private var site: SiteConfiguration {
        SiteConfiguration(id: "test", name: "Test", timeZone: "Asia/Shanghai", cameras: [camera])
    }

    private func frames(_ count: Int) throws -> [VideoFrame] {
        let reader = try VideoReader(url: try Clip.card(seconds: 1))
        return try (0..<count).map { _ in try #require(try reader.next()) }
    }

    private func recorder(_ store: AlertStore, in folder: URL) -> AlertRecorder {
        AlertRecorder(
            site: site,
            camera: camera,
            stream: StreamIdentity(rawValue: "recording:00ff"),
            anchor: ClockAnchor(
                start: Instant(microseconds: 1_772_344_800_000_000),
                quality: .stated
            ),
            folder: folder.path,
            store: store
        )
    }

    /// A fault that comes and goes, as the watch over the camera tells it.
    private func matters() -> [Matter] {
        var watch = HealthWatch(zones: [zone])
        let faults: [[ActiveFault]] = [[ActiveFault(.moved, since: .zero)], []]
        return faults.enumerated().flatMap { second, faults in
            watch.step(
                FrameObservations(
                    time: MediaTime(seconds: Double(second)),
                    objects: [],
                    faults: faults
                )
            )
        }
        .map(Matter.health)
    }

    private var incident: Matter {
        let object = Observation(
            id: ObjectID(rawValue: 1),
            mobility: .moving,
            box: NormalizedBox(x: 0.3, y: 0.3, width: 0.1, height: 0.2),
            since: .zero,
            classification: Classification(.person, confidence: 0.9)
        )
        return .incident(
            Incident(
                number: 1,
                revision: 1,
                phase: .opened,
                zone: zone.id,
                kind: .waterDanger,
                severity: .critical,
                object: object,
                startedAt: .zero,
                time: MediaTime(seconds: 0.5)
            )
        )
    }

    @Test("A fault is committed with a picture of its frame, and a second run repeats every byte")
    func recorded() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let frames = try frames(2)
        var runs: [[String]] = []
        for run in ["one", "two"] {
            let place = folder.appendingPathComponent(run)
            let store = try AlertStore(directory: place)
            let recorder = recorder(store, in: place)
            for (matter, frame) in zip(matters(), frames) {
                let (event, isNew) = try recorder.record(matter, frame: frame)
                #expect(isNew)
                #expect(try !recorder.record(matter, frame: frame).isNew)
                let file = try #require(event.common.matter.evidence.first)
                let picture = try Data(contentsOf: place.appendingPathComponent(file.file))
                #expect(file.sha256 == Digest.sha256(picture))
                #expect(picture.starts(with: [0xFF, 0xD8]))
                #expect(
                    file.file == "evidence/river/\(event.common.matter.matterID)-"
                        + "\(event.common.matter.revision).jpg"
                )
            }
            runs.append(try store.events(limit: 10).map(\.line))
        }
        #expect(runs[0].count == 2)
        #expect(runs[0] == runs[1])
        #expect(runs[0][0].contains("\"zonesSuspended\":true"))
        #expect(runs[0][0].contains("\"severity\":\"critical\""))
    }

    @Test("The snapshot of a fault shows the zones of the camera")
    func snapshot() throws {
        let frame = try frames(1)[0]
        let bare = try Snapshot.jpeg(of: frame, zones: [])
        #expect(try Snapshot.jpeg(of: frame, zones: [zone.polygon]) != bare)
    }

    @Test("The desk tells faults and alerts in one order, and the log holds that order")
    func desk() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let told = Mutex<[String]>([])
        let desk = try AlertDesk(
            folder: folder.path,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            cancellation: .init(),
            tell: { event in told.withLock { $0.append(event.common.jsonLine()) } }
        )
        let recorder = recorder(desk.store, in: folder)
        let frame = try frames(1)[0]
        let faults = matters()
        for matter in [faults[0], incident, faults[1], faults[1]] {
            try desk.hand(in: matter, frame: frame, by: recorder)
        }
        try desk.close()
        let text = try String(
            contentsOf: folder.appendingPathComponent(AlertLog.fileName),
            encoding: .utf8
        )
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines == told.withLock { $0 })
        let types = try lines.map { try QueueEvent(jsonLine: $0).common.typeName }
        #expect(
            types == [
                "smartpatrol.health.opened.v1", "smartpatrol.alert.opened.v1",
                "smartpatrol.health.closed.v1",
            ]
        )
    }
}
