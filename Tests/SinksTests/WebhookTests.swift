import Alerts
import Foundation
import Glibc
import Scene
import Site
import Synchronization
import Testing

@testable import Sinks

/// A real web server that answers as a plan says.
private final class WebServer {
    let port: Int
    private let folder: Folder
    private let service: Service

    init(_ plan: [String], in folder: Folder) throws {
        let script = try #require(
            Bundle.module.url(
                forResource: "webhook-server",
                withExtension: "py",
                subdirectory: "Support"
            )
        )
        self.folder = folder
        service = try Service(
            "python3",
            [script.path, "sesame", folder.path("requests.jsonl")] + plan,
            output: "server.log",
            in: folder
        )
        try eventually("the web server is ready") { folder.text("server.log").contains("\n") }
        let words = folder.text("server.log").split(whereSeparator: \.isWhitespace)
        port = try #require(words.count == 2 ? Int(words[1]) : nil, "\(words)")
    }

    var requests: [String] { folder.lines("requests.jsonl") }
}

@Suite
struct WebhookTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    private func site(
        _ port: Int,
        timeout: Double = 1,
        tries: Int = 3,
        token: SecretReference? = nil
    ) -> SiteConfiguration {
        Bench.site(
            SinksConfiguration(webhooks: [
                WebhookConfiguration(
                    settings: SinkSettings(id: "core", timeout: .seconds(timeout), tries: tries),
                    url: "http://127.0.0.1:\(port)/alerts?key=abc",
                    secret: .environment("SINK_SECRET"),
                    token: token
                )
            ])
        )
    }

    @Test("A server that fails, hangs, hangs up and is busy gets every event, signed and in order")
    func failures() throws {
        let plan = ["200", "500", "503:7", "hang", "close", "429", "408", "401", "404", "move"]
        let server = try WebServer(plan, in: bench.folder)
        let now = SinkClock.host.now()
        let ids = try (1...6).map { try bench.tell($0, at: now) }
        let token = try bench.folder.write("  open\n", to: "token")
        let worker = try bench.worker(site(server.port, token: .file(token)))
        worker.start()
        try eventually("all have arrived") { worker.figures.delivered == 6 }
        bench.finish(worker)
        let requests = server.requests
        #expect(requests.count == 6 + plan.count - 1)
        let sent: [String] = try values("id", of: requests)
        #expect(firsts(sent) == ids)
        #expect(try values("valid", of: requests) == requests.map { _ in true })
        #expect(try values("key", of: requests) == sent.map { "\"\($0)\"" })
        #expect(Set<String>(try values("path", of: requests)) == ["/alerts?key=abc"])
        #expect(Set<String>(try values("type", of: requests)) == [Parcel.contentType])
        #expect(Set<String>(try values("authorization", of: requests)) == ["Bearer open"])
        #expect(worker.figures.failures == plan.count - 1)
        #expect(worker.figures.refused == 0)
        #expect(bench.waits.withLock { $0 }.contains(.seconds(7)))
        #expect(try bench.store.cursors().map(\.name) == ["sink:core"])
        #expect(try bench.store.cursors().map(\.behind) == [0])
        let words = bench.log.text
        #expect(words.contains("answered 500: as the plan says"))
        #expect(words.contains("did not answer within 1.0 s"))
        #expect(words.contains("works again"))
        #expect(!words.contains("sesame") && !words.contains("open") && !words.contains("abc"))
    }

    @Test("An event that the server does not want is put aside after its tries, and counted")
    func refused() throws {
        let server = try WebServer(["200", "400", "400", "422"], in: bench.folder)
        let now = SinkClock.host.now()
        let ids = try (1...3).map { try bench.tell($0, at: now) }
        let worker = try bench.worker(site(server.port))
        worker.start()
        try eventually("the others have arrived") { worker.figures.delivered == 2 }
        bench.finish(worker)
        #expect(try values("id", of: server.requests) == [ids[0], ids[1], ids[1], ids[1], ids[2]])
        #expect(worker.figures.refused == 1)
        let notes = bench.folder.lines("sinks/core.refused.jsonl")
        #expect(try values("id", of: notes) == [ids[1]])
        #expect(try values("tries", of: notes) == [3])
        #expect(try values("sequence", of: notes) == [2])
        #expect(notes[0].contains("answered 422"))
        let stages = try bench.store.statistics(now: now).stages
        #expect(stages.first { $0.name == "delivered" }?.count == 2)
    }

    @Test("A sink goes on behind its cursor, and a new one begins with what has not expired")
    func resume() throws {
        let server = try WebServer([], in: bench.folder)
        let now = SinkClock.host.now()
        try bench.tell(1, at: now + .seconds(-2 * 86_400))
        let ids = try [2, 3].map { try bench.tell($0, at: now) }
        let first = try bench.worker(site(server.port))
        first.start()
        try eventually("two have arrived") { first.figures.delivered == 2 }
        bench.finish(first)
        let later = try [4, 5].map { try bench.tell($0, at: now) }
        let second = try bench.worker(site(server.port))
        second.start()
        try eventually("two more have arrived") { second.figures.delivered == 2 }
        bench.finish(second)
        #expect(try values("id", of: server.requests) == ids + later)
        #expect(try values("sequence", of: server.requests) == [2, 3, 4, 5])
        let stages = try bench.store.statistics(now: now).stages
        #expect(stages.first { $0.name == "delivered" }?.count == 4)
    }

    @Test("A sink whose server hangs ends when it is asked to")
    func end() throws {
        let server = try WebServer(["hang"], in: bench.folder)
        try bench.tell(1, at: SinkClock.host.now())
        let worker = try bench.worker(site(server.port, timeout: 60))
        worker.start()
        try eventually("the server was asked") { server.requests.count == 1 }
        worker.end(at: .now)
        #expect(worker.wait(until: .now + .seconds(5)))
        #expect(try bench.store.cursors().map(\.behind) == [1])
    }

    @Test("A secret that is missing is told before anything starts, with the sink's name")
    func missingSecret() {
        var sink = site(1)
        sink.sinks.webhooks[0].secret = .file("/nowhere/key")
        let failure = #expect(throws: SinkError.self) { try bench.worker(sink) }
        #expect(failure?.message.hasPrefix("sink core: cannot read /nowhere/key: No such") == true)
        sink.sinks.webhooks[0].secret = .environment("ABSENT")
        let other = #expect(throws: SinkError.self) { try bench.worker(sink) }
        #expect(other?.message.hasPrefix("sink core: the environment variable ABSENT") == true)
    }

    @Test("A signature is HMAC-SHA256 of the seconds, a dot and the body")
    func signature() {
        // RFC 4231, test case 2.
        let mac = WebhookSignature.mac(
            of: Array("what do ya want for nothing?".utf8),
            key: Array("Jefe".utf8)
        )
        #expect(mac.prefix(4) == [0x5b, 0xdc, 0xc1, 0x46])
        let value = WebhookSignature.value(body: "{}", seconds: 1_772_344_800, key: "sesame")
        #expect(value.hasPrefix("t=1772344800,v1="))
        #expect(value.count == 16 + 64)
    }
}
