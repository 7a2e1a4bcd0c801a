import Alerts
import Foundation
import Scene
import Testing

/// What the queue commands show of cameras that see badly.
@Suite
struct HealthTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let context = AlertContext(
            site: "test",
            camera: AlertCamera(id: CameraID(rawValue: "gate"), name: "Gate"),
            stream: StreamIdentity(rawValue: "recording:00ff"),
            anchor: ClockAnchor(
                start: Instant(microseconds: 1_772_344_800_000_000),
                quality: .stated
            ),
            zoneNames: [:]
        )
        try store.commit(AlertEvent(incident: Self.incident, context: context, evidence: []))
        for matter in [
            Self.fault(.moved, number: 1, phase: .opened, at: 40),
            Self.fault(.torn, number: 2, phase: .opened, at: 50),
            Self.fault(.moved, number: 1, phase: .closed, at: 100),
        ] {
            try store.commit(HealthEvent(matter: matter, context: context, evidence: []))
        }
    }

    private static func fault(
        _ fault: CameraFault,
        number: Int,
        phase: HealthMatter.Phase,
        at seconds: Double
    ) -> HealthMatter {
        HealthMatter(
            number: number,
            revision: phase == .opened ? 1 : 2,
            phase: phase,
            fault: fault,
            severity: fault == .moved ? .critical : .warning,
            startedAt: MediaTime(seconds: 30),
            time: MediaTime(seconds: seconds)
        )
    }

    private static let incident = Incident(
        number: 1,
        revision: 1,
        phase: .opened,
        zone: ZoneID(rawValue: "lane"),
        kind: .noParking,
        severity: .warning,
        object: Observation(
            id: ObjectID(rawValue: 1),
            mobility: .static,
            box: NormalizedBox(x: 0.3, y: 0.3, width: 0.1, height: 0.2),
            since: .zero,
            classification: Classification(.vehicle, confidence: 0.9)
        ),
        startedAt: .zero,
        time: MediaTime(seconds: 20)
    )

    private func list(_ options: [String]) throws -> [[String]] {
        let result = try Patrol.run(["queue", "list", "--data", "."] + options, in: folder)
        #expect(result.status == 0, "\(result.errors)")
        return result.output.split(separator: "\n").dropFirst()
            .map { $0.split(separator: " ").map(String.init) }
    }

    @Test("The list has alerts and faults, and can be told to show either")
    func listed() throws {
        let all = try list([])
        #expect(all.map { $0[7] } == ["moved", "torn", "no_parking"])
        #expect(all.map { $0[6] } == ["(camera)", "(camera)", "lane"])
        #expect(all.map { $0[1] } == ["closed", "open", "open"])
        #expect(all[0][4] == "0:01:10")
        #expect(try list(["--only", "health"]).map { $0[7] } == ["moved", "torn"])
        #expect(try list(["--only", "health", "--open"]).map { $0[7] } == ["torn"])
        #expect(try list(["--only", "alerts"]).map { $0[7] } == ["no_parking"])
        let wrong = try Patrol.run(["queue", "list", "--data", ".", "--only", "x"], in: folder)
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("health"))
    }

    @Test("The latest events are printed as lines that obey the contract")
    func lines() throws {
        let result = try Patrol.run(["queue", "list", "--data", ".", "--json"], in: folder)
        try folder.write(result.output, to: "lines.jsonl")
        #expect(result.output.split(separator: "\n").count == 3)
        #expect(try Contract.faults(of: folder.path("lines.jsonl")).isEmpty)
    }

    @Test("A fault is shown with both its events and whether the zones are suspended")
    func shown() throws {
        let id = try #require(try list(["--only", "health"]).first?.first)
        let shown = try Patrol.run(["queue", "show", "--data", ".", id], in: folder)
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.contains("fault: moved, critical"))
        #expect(shown.output.contains("zones: in force"))
        let opened = "2026-03-01 06:00:40Z  opened   gate  (camera)  moved  critical  for 0:00:10"
        let closed = "2026-03-01 06:01:40Z  closed   gate  (camera)  moved  critical  for 0:01:10"
        #expect(shown.output.contains(opened), "\(shown.output)")
        #expect(shown.output.contains(closed))
        let lines = try Patrol.run(["queue", "show", "--data", ".", id, "--json"], in: folder)
        #expect(lines.output.split(separator: "\n").count == 2)
    }
}
