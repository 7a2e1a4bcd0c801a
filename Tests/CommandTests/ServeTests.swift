import Alerts
import Foundation
import Glibc
import Scene
import Testing

@Suite
struct ServeTests {
    /// A data folder with alerts, each with a picture.
    private func folder(alerts: Int) throws -> (Folder, AlertStore) {
        let folder = try Folder()
        let out = folder.url.appendingPathComponent("out")
        let store = try AlertStore(directory: out)
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        let pictures = out.appendingPathComponent("evidence")
        try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
        for number in 1...alerts {
            let context = AlertContext(
                site: "s",
                camera: AlertCamera(id: CameraID(rawValue: "c"), name: "Gate"),
                stream: .live(),
                anchor: ClockAnchor(start: now, quality: .host),
                zoneNames: [:]
            )
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
                severity: .warning,
                object: object,
                startedAt: .zero,
                time: .zero
            )
            let bytes = Array("picture \(number)".utf8)
            try Data(bytes).write(to: pictures.appendingPathComponent("\(number).jpg"))
            let picture = EvidenceFile(
                kind: .snapshot,
                file: "evidence/\(number).jpg",
                sha256: Digest.sha256(bytes),
                mediaType: "image/jpeg"
            )
            let event = AlertEvent(incident: incident, context: context, evidence: [picture])
            try store.commit(event, recordedAt: now)
        }
        return (folder, store)
    }

    /// Starts `patrol serve` and waits until it listens.
    private func serve(
        _ arguments: [String] = [],
        in folder: Folder
    ) throws -> (running: Patrol.Running, address: String) {
        let running = try Patrol.start(
            ["serve", "--data", "out", "--port", "0"] + arguments,
            in: folder
        )
        while running.process.isRunning, !running.output.hasSuffix("\n") { usleep(20_000) }
        let address = running.output.trimmingCharacters(in: .newlines)
        try #require(address.hasPrefix("http://127.0.0.1:"), "\(running.errors)")
        return (running, address)
    }

    /// Runs one of the consumers of the documentation.
    private func consume(_ name: String, _ arguments: [String], in folder: Folder) throws -> String
    {
        let process = Process()
        process.executableURL = Patrol.packageRoot.appendingPathComponent("docs/consumer/\(name)")
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(text)")
        return text
    }

    @Test("The consumers of the documentation take alerts to their reports")
    func consumers() throws {
        let (folder, store) = try folder(alerts: 8)
        let made = try Patrol.run(
            ["token", "add", "--tokens", "tokens", "core", "--role", "dispatch"],
            in: folder
        )
        #expect(made.status == 0, "\(made.errors)")
        let token = made.output.trimmingCharacters(in: .newlines)
        let (running, address) = try serve(["--tokens", "tokens"], in: folder)
        let walk = try consume("walk.sh", [address, token], in: folder)
        #expect(walk.contains("\"state\":\"reported\""))
        #expect(folder.text("picture.jpg").hasPrefix("picture "))
        let words = try consume("consumer.py", [address, token], in: folder)
        #expect(words.split(separator: "\n").count == 7)
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        #expect(try store.statistics(now: now).states == [.reported: 8])
        let reporters = try store.transitions(after: 0, limit: 100)
            .filter { $0.kind == .reported }.map(\.by)
        #expect(reporters == [String](repeating: "core", count: 8))
        #expect(try store.check().isEmpty)
        running.signal(SIGTERM)
        #expect(try running.wait().status == 128 + SIGTERM)
    }

    @Test("Tokens are made, listed and removed by name")
    func tokens() throws {
        let folder = try Folder()
        func run(_ arguments: [String], status: Int32 = 0) throws -> Patrol.Result {
            let command = ["token", arguments[0], "--tokens", "tokens"] + arguments.dropFirst()
            let result = try Patrol.run(command, in: folder)
            #expect(result.status == status, "\(arguments): \(result.errors)")
            return result
        }
        #expect(try run(["list"], status: 1).errors.contains("patrol token add"))
        #expect(try run(["add", "core", "--role", "dispatch"]).output.hasPrefix("patrol_"))
        #expect(try run(["add", "core", "--role", "view"], status: 1).errors.contains("already"))
        _ = try run(["add", "screen", "--role", "viewer"], status: 64)
        #expect(try run(["list"]).output.contains("core  dispatch  20"))
        _ = try run(["remove", "core"])
        #expect(try run(["remove", "core"], status: 1).errors.contains("no token of core"))
    }

    @Test("An address that others can reach takes tokens, and a folder without a queue is refused")
    func refused() throws {
        let (folder, _) = try folder(alerts: 1)
        let open = try Patrol.run(["serve", "--data", "out", "--address", "0.0.0.0"], in: folder)
        #expect(open.status == 1)
        #expect(open.errors.contains("tokens"))
        let absent = try Patrol.run(["serve", "--data", "none"], in: folder)
        #expect(absent.status == 1)
        #expect(absent.errors.contains("none/alerts.sqlite"))
        let half = try Patrol.run(["serve", "--data", "out", "--key", "k"], in: folder)
        #expect(half.status == 64)
    }

    @Test("A site that is watched serves its alerts while it runs")
    func run() throws {
        let folder = try Folder()
        _ = try Fixtures.video("a.mp4", seconds: 60, in: folder)
        try folder.write(
            """
            version: 1
            site: {id: test}
            http: {port: 0}
            cameras:
              - id: gate
                source: a.mp4
                zones:
                  - {id: lane, kind: no_parking, polygon: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]}
            """,
            to: "site.yaml"
        )
        let running = try Patrol.start(["run", "--site", "site.yaml", "--data", "out"], in: folder)
        while running.process.isRunning, !running.errors.contains("/v1/alerts") { usleep(20_000) }
        let words = running.errors.split(whereSeparator: \.isWhitespace)
        let address = try #require(words.first { $0.hasPrefix("http://") }).dropLast(10)
        #expect(try consume("consumer.py", [String(address)], in: folder).isEmpty)
        running.signal(SIGTERM)
        #expect(try running.wait().status == 128 + SIGTERM)
    }
}
