import Alerts
import Foundation
import Scene

/// Incidents, contexts and folders that the tests of alerts share.
enum Sample {
    static let stream = StreamIdentity(rawValue: "recording:00ff")

    static func context(
        site: String = "riverside",
        camera: String = "gate-1",
        stream: StreamIdentity = stream,
        start: Int64 = 1_772_344_800_000_000,
        quality: ClockQuality = .stated
    ) -> AlertContext {
        AlertContext(
            site: site,
            camera: AlertCamera(
                id: CameraID(rawValue: camera),
                name: "东门",
                location: "East gate",
                direction: "north",
                deviceID: "34020000001320000001"
            ),
            stream: stream,
            anchor: ClockAnchor(start: Instant(microseconds: start), quality: quality),
            zoneNames: [ZoneID(rawValue: "lane"): "Fire \"lane\" \\ A/1"]
        )
    }

    static func incident(
        number: Int = 1,
        revision: Int = 1,
        phase: Incident.Phase = .opened,
        zone: String = "lane",
        kind: ZoneKind = .fireLane,
        severity: Severity = .critical,
        objectClass: ObjectClass = .vehicle,
        box: NormalizedBox = NormalizedBox(x: 0.25, y: 1.0 / 3, width: 0.123_45, height: 0.2),
        presentAtStart: Bool = false,
        startedAt: Int64 = 12_345_678,
        time: Int64 = 42_500_000,
        depth: WaterDepth? = nil,
        reasons: [IncidentReason] = [],
        lastSeen: MediaTime? = nil
    ) -> Incident {
        let object = Observation(
            id: ObjectID(rawValue: 7),
            mobility: .static,
            box: box,
            since: MediaTime(microseconds: startedAt),
            presentAtStart: presentAtStart,
            classification: Classification(objectClass, confidence: 0.6),
            confidence: 0.9
        )
        return Incident(
            number: number,
            revision: revision,
            phase: phase,
            zone: ZoneID(rawValue: zone),
            kind: kind,
            severity: severity,
            object: object,
            startedAt: MediaTime(microseconds: startedAt),
            time: MediaTime(microseconds: time),
            depth: depth,
            reasons: reasons,
            lastSeen: lastSeen
        )
    }

    static let snapshot = EvidenceFile(
        kind: .snapshot,
        file: "snapshots/a.jpg",
        sha256: Digest.sha256(Array("a".utf8)),
        mediaType: "image/jpeg"
    )

    static func event(_ incident: Incident, context: AlertContext = context()) -> AlertEvent {
        AlertEvent(incident: incident, context: context, evidence: [snapshot])
    }

    static func health(
        number: Int = 1,
        revision: Int = 1,
        phase: HealthMatter.Phase = .opened,
        fault: CameraFault = .moved,
        severity: Severity = .critical,
        startedAt: Int64 = 12_345_678,
        time: Int64 = 42_500_000
    ) -> HealthMatter {
        HealthMatter(
            number: number,
            revision: revision,
            phase: phase,
            fault: fault,
            severity: severity,
            startedAt: MediaTime(microseconds: startedAt),
            time: MediaTime(microseconds: time)
        )
    }

    static func event(_ matter: HealthMatter, context: AlertContext = context()) -> HealthEvent {
        HealthEvent(matter: matter, context: context, evidence: [snapshot])
    }

    /// The events of as many incidents as asked for, one opened and one closed event each.
    static func events(_ incidents: Int, camera: String = "gate-1") -> [AlertEvent] {
        let context = context(camera: camera)
        return (1...incidents).flatMap { number in
            [
                event(incident(number: number), context: context),
                event(
                    incident(number: number, revision: 2, phase: .closed, time: 60_000_000),
                    context: context
                ),
            ]
        }
    }
}

/// A folder of a test's own, removed with the value.
final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("alerts-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    @discardableResult
    func write(_ name: String, _ bytes: some Collection<UInt8>) throws -> URL {
        try Data(bytes).write(to: file(name))
        return file(name)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: file(name)), as: UTF8.self)
    }
}

/// The code of the error that the work throws, nil where it throws none.
func code(of work: () throws -> Void) -> AlertError.Code? {
    failure(of: work)?.code
}

/// The error that the work throws, nil where it throws none.
func failure(of work: () throws -> Void) -> AlertError? {
    do {
        try work()
        return nil
    } catch {
        return error as? AlertError
    }
}
