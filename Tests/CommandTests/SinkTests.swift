import Alerts
import Foundation
import Glibc
import Scene
import Testing

@Suite
struct SinkTests {
    /// A web server of the tests of sinks, which ends with this object.
    private final class WebServer {
        let port: String
        private let process = Process()

        init(_ plan: [String], in folder: Folder) throws {
            let script = Patrol.packageRoot
                .appendingPathComponent("Tests/SinksTests/Support/webhook-server.py")
            process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            process.arguments = [script.path, "sesame", folder.path("requests.jsonl")] + plan
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            let words = said.split(whereSeparator: \.isWhitespace)
            port = try #require(words.count == 2 ? String(words[1]) : nil)
        }

        deinit {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    private func writeSite(_ port: String, in folder: Folder) throws {
        try folder.write("sesame\n", to: "hook.key")
        try folder.write(
            """
            version: 1
            site: {id: test}
            cameras: [{id: lane, source: a.mp4, zones: []}]
            sinks:
              webhook:
                - {id: core, url: "http://127.0.0.1:\(port)/", secret: {file: hook.key}}
                - id: deaf
                  url: http://127.0.0.1:9/
                  secret: {environment: DEAF_SECRET}

            """,
            to: "site.yaml"
        )
    }

    @Test("A test alert goes through every sink, and past the queue")
    func testAlert() throws {
        let folder = try Folder()
        let server = try WebServer([], in: folder)
        try writeSite(server.port, in: folder)
        let arguments = ["queue", "test-alert", "--site", "site.yaml", "--out", "out"]
        let result = try Patrol.run(
            arguments + ["--json"],
            in: folder,
            environment: ["DEAF_SECRET": "x"]
        )
        #expect(result.status == 1)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 3, "\(result.output)\(result.errors)")
        for (line, arrived) in zip(lines, [("file", true), ("core", true), ("deaf", false)]) {
            #expect(line.contains("\"sink\":\"\(arrived.0)\""))
            #expect(line.contains("\"arrived\":\(arrived.1)"))
        }
        #expect(lines[2].contains("cannot post to http://127.0.0.1:9/"))
        let sent = folder.text("out/test-alert.jsonl")
        #expect(sent.contains("\"type\":\"smartpatrol.test.opened.v1\""))
        #expect(sent.hasSuffix("\"test\":true}\n"))
        let request = folder.text("requests.jsonl")
        #expect(request.contains("\"event\": \"smartpatrol.test.opened.v1\""))
        #expect(request.contains("\"valid\": true"))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        #expect(files == ["test-alert.jsonl"])
        let table = try Patrol.run(arguments, in: folder)
        #expect(table.output.contains("DEAF_SECRET is not set"))
    }

    @Test("patrol run sends what comes into the queue, and needs the secrets to start")
    func run() throws {
        let folder = try Folder()
        let server = try WebServer(["500"], in: folder)
        try writeSite(server.port, in: folder)
        _ = try Fixtures.video("a.mp4", seconds: 1, in: folder)
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        let context = AlertContext(
            site: "test",
            camera: AlertCamera(id: CameraID(rawValue: "lane"), name: "L"),
            stream: .live(),
            anchor: ClockAnchor(start: now, quality: .host),
            zoneNames: [:]
        )
        let store = try AlertStore(directory: folder.url.appendingPathComponent("data"))
        let matter = HealthMatter(
            number: 1,
            revision: 1,
            phase: .opened,
            fault: .moved,
            severity: .warning,
            startedAt: .zero,
            time: .zero
        )
        try store.commit(
            HealthEvent(matter: matter, context: context, evidence: []),
            recordedAt: now
        )
        let arguments = ["run", "--site", "site.yaml", "--data", "data"]
        let refused = try Patrol.run(arguments, in: folder)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("sink deaf: the environment variable DEAF_SECRET"))
        let result = try Patrol.run(arguments, in: folder, environment: ["DEAF_SECRET": "x"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(folder.text("requests.jsonl").contains("smartpatrol.health.opened.v1"))
        #expect(result.errors.contains("answered 500"))
        let readers = try Patrol.run(["queue", "consumers", "--data", "data"], in: folder).output
        #expect(readers.contains("sink:core"))
    }
}
