import Alerts
import Foundation
import Glibc
import Scene
import Site
import Synchronization
import Testing

@testable import Sinks

@Suite
struct MQTTTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    private func configuration(_ port: Int, isSecure: Bool = false) -> MQTTConfiguration {
        MQTTConfiguration(
            settings: SinkSettings(id: "broker", timeout: .seconds(5)),
            endpoint: SinkEndpoint(host: "127.0.0.1", port: port, isSecure: isSecure),
            clientID: "smartpatrol-riverside-broker"
        )
    }

    private func worker(
        _ configuration: MQTTConfiguration,
        clock: SinkClock? = nil
    ) throws -> SinkWorker {
        try bench.worker(Bench.site(SinksConfiguration(mqtt: [configuration])), clock: clock)
    }

    private func ids(_ heard: [[String]]) throws -> [String] {
        try values("id", of: heard.map { $0[4] })
    }

    private let alerts = "smartpatrol/riverside/alert/gate-1/no_parking"
    private let status = "smartpatrol/riverside/status/broker"

    @Test("Events come under their topics with expiry and media type, and the sink's state is told")
    func delivery() throws {
        let broker = try Broker(in: bench.folder)
        try broker.start()
        try broker.listen()
        let told = try (1...5).map { try bench.tell($0, at: SinkClock.host.now()) }
        let worker = try worker(configuration(broker.port))
        worker.start()
        try eventually("all are heard") { broker.heard(alerts).count == 5 }
        let heard = broker.heard(alerts)
        #expect(try ids(heard) == told)
        for message in heard {
            let expiry = try #require(Int(message[1]))
            #expect((86_000...86_400).contains(expiry))
            #expect(message[2] == Parcel.contentType)
            #expect(message[4].contains("\"sequence\":\"0000"))
        }
        #expect(broker.heard(status).map { $0[4].contains("\"status\":\"online\"") } == [true])
        bench.finish(worker)
        try eventually("the end is told") { broker.heard(status).count == 2 }
        #expect(broker.heard(status)[1][4].contains("\"status\":\"offline\""))
        #expect(worker.figures.delivered == 5)
        #expect(try bench.store.cursors().map(\.behind) == [0])
    }

    @Test("A broker that restarts while alerts come in loses none, and their order holds")
    func restart() throws {
        let broker = try Broker(in: bench.folder)
        try broker.start()
        try broker.listen()
        let worker = try worker(configuration(broker.port))
        worker.start()
        var told: [String] = []
        for number in 1...600 {
            if number % 200 == 100 { broker.stop() }
            if number % 200 == 150 { try broker.start() }
            told.append(try bench.tell(number, at: SinkClock.host.now()))
            usleep(1000)
        }
        try eventually("all are heard") { try Set(ids(broker.heard(alerts))).count == 600 }
        #expect(firsts(try ids(broker.heard(alerts))) == told)
        #expect(worker.figures.failures > 0)
        bench.finish(worker)
    }

    @Test("After an hour without the broker, all alerts of that hour come in order")
    func hour() throws {
        let broker = try Broker(in: bench.folder)
        // Who listens has a session that outlives the outage.
        try broker.start()
        try broker.listen()
        broker.stop()
        let worker = try worker(configuration(broker.port), clock: bench.clock)
        worker.start()
        var told: [String] = []
        var due = Bench.start
        let end = Bench.start + .seconds(3600)
        // The sink's waits turn the clock; every ten seconds of it bring an alert.
        while due < end {
            try eventually("time passes") { bench.time.withLock { $0 } >= due }
            told.append(try bench.tell(told.count + 1, at: due))
            due = due + .seconds(10)
        }
        #expect(worker.figures.delivered == 0)
        let waits = bench.waits.withLock { $0 }
        #expect(Array(waits.prefix(7)) == [1, 2, 4, 8, 16, 32, 60].map { Duration.seconds($0) })
        #expect(waits.dropFirst(7).allSatisfy { $0 == .seconds(60) })
        try broker.start()
        try eventually("all are heard") { try Set(ids(broker.heard(alerts))).count == 360 }
        #expect(firsts(try ids(broker.heard(alerts))) == told)
        #expect(bench.log.text.contains("Connection refused"))
        bench.finish(worker)
    }

    @Test("A broker that freezes is given up after the timeout, and gets all when it goes on")
    func freeze() throws {
        let broker = try Broker(in: bench.folder)
        try broker.start()
        try broker.listen()
        var slow = configuration(broker.port)
        slow.settings.timeout = .seconds(1)
        let worker = try worker(slow)
        worker.start()
        try eventually("it is connected") { broker.heard(status).count == 1 }
        broker.freeze(true)
        let told = try (1...5).map { try bench.tell($0, at: SinkClock.host.now()) }
        try eventually("it is given up") { worker.figures.failures > 1 }
        broker.freeze(false)
        try eventually("all are heard") { try Set(ids(broker.heard(alerts))).count == 5 }
        #expect(firsts(try ids(broker.heard(alerts))) == told)
        #expect(bench.log.text.contains("in time"))
        bench.finish(worker)
    }

    @Test("The last will is told when the program dies, and the password is never logged")
    func passwordAndWill() throws {
        let passwords = bench.folder.path("passwords")
        try bench.folder.write("", to: "passwords")
        for (user, password) in [("box", "sesame"), ("ear", "cave")] {
            try Service.run(
                "mosquitto_passwd",
                ["-b", passwords, user, password],
                in: bench.folder
            )
        }
        let broker = try Broker(
            ["allow_anonymous false", "password_file \(passwords)"],
            in: bench.folder
        )
        try broker.start()
        try broker.listen(["-u", "ear", "-P", "cave"])
        var named = configuration(broker.port)
        named.user = "box"
        named.password = .file(try bench.folder.write("wrong-sesame\n", to: "password"))
        let worker = try worker(named)
        worker.start()
        let told = try bench.tell(1, at: SinkClock.host.now())
        try eventually("it is not let in") { worker.figures.failures > 1 }
        // The secret is read anew for each connection.
        try bench.folder.write("sesame\n", to: "password")
        try eventually("it is let in") { broker.heard(alerts).count == 1 }
        #expect(try ids(broker.heard(alerts)) == [told])
        bench.finish(worker)
        #expect(bench.log.text.contains("does not let the program in"))
        #expect(!bench.log.text.contains("sesame"))
        var client: MQTTClient? = try MQTTClient(
            named,
            clientID: "other",
            password: "sesame",
            will: MQTTClient.Will(topic: "will", body: "gone")
        )
        try client?.connect(to: named.endpoint, by: .now + .seconds(10)) { false }
        // The connection ends without a word, as when the program is killed.
        client = nil
        try eventually("the will is heard") { broker.heard("will\t").map { $0[4] } == ["gone"] }
    }

    @Test("TLS holds: a broker of a trusted authority is taken, any other is not")
    func encryption() throws {
        let files = try Certificates(in: bench.folder)
        let broker = try Broker(
            [
                "allow_anonymous true", "cafile \(files.authority)",
                "certfile \(files.certificate)", "keyfile \(files.key)",
                "require_certificate true",
            ],
            in: bench.folder
        )
        try broker.start()
        try broker.listen([
            "--cafile", files.authority, "--cert", files.clientCertificate, "--key",
            files.clientKey,
        ])
        var secure = configuration(broker.port, isSecure: true)
        secure.tls = TLSFiles(
            authorities: files.stranger,
            certificate: files.clientCertificate,
            key: files.clientKey
        )
        let told = try bench.tell(1, at: SinkClock.host.now())
        let distrustful = try worker(secure)
        distrustful.start()
        try eventually("it does not trust the broker") { distrustful.figures.failures > 1 }
        bench.finish(distrustful)
        #expect(broker.heard(alerts).isEmpty)
        secure.tls.authorities = files.authority
        let worker = try worker(secure)
        worker.start()
        try eventually("it is heard") { broker.heard(alerts).count == 1 }
        #expect(try ids(broker.heard(alerts)) == [told])
        bench.finish(worker)
    }
}
