import Alerts
import Foundation
import Scene
import Testing

@Suite
struct QueueTests {
    /// A data folder with two alerts, as a run leaves it, and their ids by urgency.
    private func folder() throws -> (Folder, [String]) {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url.appendingPathComponent("out"))
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        let context = AlertContext(
            site: "s",
            camera: AlertCamera(id: CameraID(rawValue: "c"), name: "C"),
            stream: .live(),
            anchor: ClockAnchor(start: now, quality: .host),
            zoneNames: [:]
        )
        let ids = try [Severity.critical, .warning].enumerated().map { number, severity in
            let object = Observation(
                id: ObjectID(rawValue: 1),
                mobility: .static,
                box: NormalizedBox(x: 0.1, y: 0.1, width: 0.1, height: 0.1),
                since: .zero,
                presentAtStart: false,
                classification: Classification(.vehicle, confidence: 0.9),
                confidence: 0.9
            )
            let incident = Incident(
                number: number,
                revision: 1,
                phase: .opened,
                zone: ZoneID(rawValue: "z"),
                kind: .noParking,
                severity: severity,
                object: object,
                startedAt: .zero,
                time: .zero
            )
            let event = AlertEvent(incident: incident, context: context, evidence: [])
            try store.commit(event, recordedAt: now)
            return event.data.alertID
        }
        return (folder, ids)
    }

    @Test("An alert goes from the claim to the report, and the figures tell of it")
    func loop() throws {
        let (folder, ids) = try folder()
        let who = ["--data", "out", "--by", "core"]
        func run(_ arguments: [String], status: Int32 = 0) throws -> Patrol.Result {
            let result = try Patrol.run(["queue"] + arguments, in: folder)
            #expect(result.status == status, "\(arguments): \(result.errors)")
            return result
        }
        let claim = try run(["claim", "--json"] + who).output
        #expect(claim.hasPrefix("{\"claim\":\"\(ids[0])-1\",\"consumer\":\"core\""))
        #expect(claim.contains("\"sequence\":\"00000000000000000001\""))
        #expect(try run(["claim"] + who).output.contains(ids[1]))
        #expect(try run(["claim"] + who).output == "nothing waits\n")
        _ = try run(["extend", ids[0]] + who)
        _ = try run(["ack", ids[0]] + who)
        let stranger = try run(
            ["release", ids[1], "--data", "out", "--by", "other"],
            status: 1
        )
        #expect(stranger.errors.contains("belongs to core"))
        _ = try run(["release", ids[1], "--reason", "no car"] + who)
        _ = try run(["arrive", ids[0]] + who)
        _ = try run(["report", ids[0], "confirmed", "--text", "moved"] + who)
        _ = try run(["report", ids[0], "right"] + who, status: 64)
        let shown = try run(["show", ids[0], "--data", "out"]).output
        #expect(shown.contains("verdict: confirmed by core: moved"))
        let stats = try run(["stats", "--data", "out", "--json"]).output
        #expect(stats.contains("\"name\":\"dispatchBy\",\"kept\":1,\"missed\":0"))
        #expect(try run(["stats", "--data", "out"]).output.contains("100.0 %"))
        let steps = try run(["export", "--transitions", "--data", "out"]).output
        #expect(steps.split(separator: "\n").count == 7)
        #expect(try run(["consumers", "--data", "out"]).output == "nobody reads the log\n")
        #expect(try run(["check", "--data", "out"]).output == "the queue is sound\n")
    }

    @Test("A consumer takes only alerts of the kind that it asks for")
    func kinds() throws {
        let (folder, ids) = try folder()
        let claim = ["queue", "claim", "--data", "out", "--by", "core", "--kind"]
        let none = try Patrol.run(claim + ["water_danger"], in: folder)
        #expect(none.output == "nothing waits\n")
        #expect(try Patrol.run(claim + ["no_parking"], in: folder).output.contains(ids[0]))
        let wrong = try Patrol.run(claim + ["parking"], in: folder)
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("no_parking, fire_lane, road_occupation, water_danger"))
    }

    @Test("A folder without a queue is refused and left alone")
    func missing() throws {
        let folder = try Folder()
        let result = try Patrol.run(
            ["queue", "claim", "--data", "out", "--by", "core"],
            in: folder
        )
        #expect(result.status == 1)
        #expect(result.errors.contains("out/alerts.sqlite"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
    }

    @Test("Two programs that claim at the same time never get the same alert")
    func processes() throws {
        let (folder, ids) = try folder()
        let running = try (0..<4).map { number in
            try Patrol.start(
                ["queue", "claim", "--json", "--data", "out", "--by", "c\(number)"],
                in: folder
            )
        }
        let lines = try running.map { try $0.wait().output }.filter { !$0.isEmpty }
        #expect(lines.count == 2)
        #expect(ids.allSatisfy { id in lines.count { $0.contains("\"claim\":\"\(id)-1\"") } == 1 })
    }
}
