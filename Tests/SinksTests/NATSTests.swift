import Alerts
import Foundation
import Glibc
import Scene
import Site
import Testing

@testable import Sinks

@Suite
struct NATSTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    private func configuration(
        _ ports: [Int],
        isSecure: Bool = false,
        replicas: Int = 1
    ) -> NATSConfiguration {
        NATSConfiguration(
            settings: SinkSettings(id: "stream", timeout: .seconds(5)),
            endpoints: ports.map {
                SinkEndpoint(host: "127.0.0.1", port: $0, isSecure: isSecure)
            },
            creates: NATSConfiguration.Stream(replicas: replicas)
        )
    }

    private func worker(_ configuration: NATSConfiguration) throws -> SinkWorker {
        try bench.worker(Bench.site(SinksConfiguration(nats: [configuration])))
    }

    @Test("The stream is created, and takes each event once however often it is sent")
    func delivery() throws {
        let server = try NATSServer(in: bench.folder)
        try server.start()
        let told = try (1...5).map { try bench.tell($0, at: SinkClock.host.now()) }
        let first = try worker(configuration([server.port]))
        first.start()
        try eventually("all have arrived") { first.figures.delivered == 5 }
        bench.finish(first)
        // Without its cursor the sink begins anew.
        try bench.store.forgetCursor("sink:stream", now: SinkClock.host.now())
        let second = try worker(configuration([server.port]))
        second.start()
        try eventually("all have arrived again") { second.figures.delivered == 5 }
        bench.finish(second)
        let reader = try StreamReader("nats://127.0.0.1:\(server.port)")
        let messages = try #require(try reader.messages())
        #expect(messages.map(\.id) == told)
        #expect(try values("id", of: messages.map(\.body)) == told)
        #expect(Set(messages.map(\.subject)) == ["smartpatrol.riverside.alert.gate-1.no_parking"])
        #expect(Set(messages.map(\.contentType)) == [Parcel.contentType])
    }

    @Test("A server that restarts while alerts come in loses none, and their order holds")
    func restart() throws {
        let server = try NATSServer(in: bench.folder)
        try server.start()
        let worker = try worker(configuration([server.port]))
        worker.start()
        var told: [String] = []
        for number in 1...300 {
            if number == 100 { server.end(SIGKILL) }
            if number == 200 { try server.start() }
            told.append(try bench.tell(number, at: SinkClock.host.now()))
            usleep(1000)
        }
        try eventually("all have arrived") { worker.figures.delivered == 300 }
        bench.finish(worker)
        let reader = try StreamReader("nats://127.0.0.1:\(server.port)")
        #expect(try reader.messages()?.map(\.id) == told)
        #expect(worker.figures.failures > 0)
    }

    @Test("Without the stream, and not allowed to create it, the sink waits and says what to do")
    func noStream() throws {
        let server = try NATSServer(in: bench.folder)
        try server.start()
        var timid = configuration([server.port])
        timid.creates = nil
        let told = try bench.tell(1, at: SinkClock.host.now())
        let waiting = try worker(timid)
        waiting.start()
        try eventually("it fails") { waiting.figures.failures > 1 }
        #expect(bench.log.text.contains("allow that with createStream"))
        let other = try Bench()
        try other.tell(2, at: SinkClock.host.now())
        let maker = try other.worker(
            Bench.site(SinksConfiguration(nats: [configuration([server.port])]))
        )
        maker.start()
        try eventually("both have arrived") {
            waiting.figures.delivered == 1 && maker.figures.delivered == 1
        }
        bench.finish(waiting)
        other.finish(maker)
        let reader = try StreamReader("nats://127.0.0.1:\(server.port)")
        #expect(try reader.messages()?.contains { $0.id == told } == true)
    }

    @Test(
        "Who is asked for a user, a token or a key gives it, and never logs it",
        arguments: ["user", "token", "nkey"]
    )
    func login(way: String) throws {
        let key = try NKey(in: bench.folder)
        let rules = [
            "user": "authorization { user: box, password: sesame-7 }",
            "token": "authorization { token: sesame-7 }",
            "nkey": "authorization { users = [ { nkey: \(key.publicKey) } ] }",
        ]
        let server = try NATSServer("one", [try #require(rules[way])], in: bench.folder)
        try server.start()
        let secret = try bench.folder.write("wrong\n", to: "secret")
        let seedFile = try bench.folder.write(key.seed + "\n", to: "seed")
        var named = configuration([server.port])
        try bench.tell(1, at: SinkClock.host.now())
        let stranger = try worker(named)
        stranger.start()
        try eventually("nobody is not let in") { stranger.figures.failures > 1 }
        bench.finish(stranger)
        #expect(stranger.figures.delivered == 0)
        named.login =
            switch way {
            case "user": .user("box", password: .file(secret))
            case "token": .token(.file(secret))
            default: .key(publicKey: key.publicKey, seedFile: seedFile)
            }
        let worker = try worker(named)
        worker.start()
        if way != "nkey" {
            try eventually("it is not let in") { worker.figures.failures > 1 }
            try bench.folder.write("sesame-7\n", to: "secret")
        }
        try eventually("it is let in") { worker.figures.delivered == 1 }
        bench.finish(worker)
        #expect(!bench.log.text.contains("sesame") && !bench.log.text.contains(key.seed))
    }

    @Test("TLS holds: a server of a trusted authority is taken, any other is not")
    func encryption() throws {
        let files = try Certificates(in: bench.folder)
        let server = try NATSServer(
            "one",
            [
                "tls { cert_file: \"\(files.certificate)\", key_file: \"\(files.key)\"",
                "ca_file: \"\(files.authority)\", verify: true }",
            ],
            in: bench.folder
        )
        try server.start()
        try bench.tell(1, at: SinkClock.host.now())
        var secure = configuration([server.port], isSecure: true)
        secure.tls = TLSFiles(
            authorities: files.stranger,
            certificate: files.clientCertificate,
            key: files.clientKey
        )
        let distrustful = try worker(secure)
        distrustful.start()
        try eventually("it does not trust the server") { distrustful.figures.failures > 1 }
        bench.finish(distrustful)
        #expect(distrustful.figures.delivered == 0)
        secure.tls.authorities = files.authority
        let worker = try worker(secure)
        worker.start()
        try eventually("it has arrived") { worker.figures.delivered == 1 }
        bench.finish(worker)
    }

    @Test("A cluster of three whose servers are killed in turn has every event once and in order")
    func cluster() throws {
        let routes = try (0..<3).map { _ in try Service.freePort() }
        let list = routes.map { "nats://127.0.0.1:\($0)" }.joined(separator: ", ")
        let servers = try routes.enumerated().map { number, route in
            try NATSServer(
                "node\(number)",
                [
                    "cluster { name: patrol, listen: 127.0.0.1:\(route), routes: [\(list)] }"
                ],
                in: bench.folder
            )
        }
        for server in servers { try server.start() }
        let worker = try worker(configuration(servers.map(\.port), replicas: 3))
        var told = [try bench.tell(1, at: SinkClock.host.now())]
        worker.start()
        try eventually("the cluster takes the first") { worker.figures.delivered == 1 }
        for number in 2...600 {
            // One after the other goes and comes back: the stream's leader, and the one that the
            // sink talks to, are among them.
            let (node, phase) = ((number - 100) / 150, (number - 100) % 150)
            if phase == 0, servers.indices.contains(node) { servers[node].end(SIGKILL) }
            if phase == 75, servers.indices.contains(node) { try servers[node].start() }
            told.append(try bench.tell(number, at: SinkClock.host.now()))
            usleep(2000)
        }
        try eventually("all have arrived") { worker.figures.delivered == 600 }
        bench.finish(worker)
        let reader = try StreamReader("nats://127.0.0.1:\(servers[1].port)")
        var messages: [StreamReader.Message] = []
        try eventually("the stream can be read") {
            messages = try reader.messages() ?? []
            return messages.count == told.count
        }
        #expect(messages.map(\.id) == told)
    }
}
