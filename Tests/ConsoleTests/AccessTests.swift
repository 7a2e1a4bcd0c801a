import Alerts
import Foundation
import Logging
import Scene
import Testing

@testable import Console

@Suite
struct AccessTests {
    private let folder: URL
    private let file: TokenFile

    init() throws {
        folder = try Box.newFolder()
        file = TokenFile(path: folder.appendingPathComponent("tokens").path)
    }

    private func add(_ name: String, _ role: Role) throws -> [String: String] {
        let made = try AccessToken.make(name: name, role: role, madeAt: "2026-03-01T00:00:00Z")
        try file.add(made.kept)
        return ["Authorization": "Bearer \(made.secret)"]
    }

    private func refusal(_ settings: ConsoleSettings) throws -> ConsoleError? {
        let store = try AlertStore(directory: folder)
        do {
            _ = try ConsoleServer(
                settings: settings,
                store: store,
                folder: folder.path,
                logger: .init(label: "test")
            )
            return nil
        } catch {
            return error
        }
    }

    @Test("A role may do what it says and no more, and the bearer is who did it")
    func roles() throws {
        let view = try add("screen", .view)
        let core = try add("core", .dispatch)
        let chief = try add("chief", .admin)
        let box = try Box(tokens: file.path, folder: folder)
        let id = try box.alert()
        let none = try box.ask("GET", "/v1/alerts")
        #expect(none.status == 401)
        #expect(none.headers["www-authenticate"] == "Bearer realm=\"patrol\"")
        #expect(try box.ask("GET", "/readyz").status == 200)
        #expect(try box.ask("GET", "/v1/alerts", headers: view).ids("alerts") == [id])
        let denied = try box.ask("POST", "/v1/claims", headers: view)
        #expect(denied.status == 403)
        #expect(denied.problem == "forbidden")
        #expect(try box.ask("POST", "/v1/claims", headers: core).ids("claims") == [id])
        #expect(try box.store.record(alert: id)?.claim?.consumer == "core")
        let name = "/v1/claims/\(id)-1"
        let other = try box.ask("POST", "\(name)/release", "{\"by\":\"other\"}", headers: core)
        #expect(other.json["parameter"] as? String == "by")
        #expect(other.status == 403)
        let part = try box.ask("POST", "/v1/claims", "{\"by\":\"core:2\"}", headers: core)
        #expect(part.status == 200)
        let foreign = try box.ask("POST", "\(name)/ack", "{\"by\":\"core\"}", headers: chief)
        #expect(foreign.json["state"] as? String == "acknowledged")
        _ = try box.ask("POST", "/v1/alerts/\(id)/arrive", headers: chief)
        #expect(
            try box.store.record(alert: id)?.transitions.map(\.by) == ["core", "core", "chief"]
        )
    }

    @Test("A token that is removed is refused soon, and one that is added taken")
    func changes() throws {
        let core = try add("core", .dispatch)
        let box = try Box(tokens: file.path, folder: folder)
        #expect(try box.ask("GET", "/v1/alerts", headers: core).status == 200)
        let other = try add("other", .view)
        try file.remove("core")
        while try box.ask("GET", "/v1/alerts", headers: core).status == 200 { usleep(50_000) }
        #expect(try box.ask("GET", "/v1/alerts", headers: core).status == 401)
        #expect(try box.ask("GET", "/v1/alerts", headers: other).status == 200)
    }

    @Test("Whoever tries many wrong tokens has to wait, even with the right one")
    func tries() throws {
        let core = try add("core", .dispatch)
        let box = try Box(tokens: file.path, folder: folder)
        for number in 0..<10 {
            let wrong = ["Authorization": "Bearer patrol_\(number)"]
            #expect(try box.ask("GET", "/v1/alerts", headers: wrong).status == 401)
        }
        let refused = try box.ask("GET", "/v1/alerts", headers: core)
        #expect(refused.status == 429)
        #expect(refused.problem == "too-many-tries")
        #expect(Int(refused.headers["retry-after"] ?? "").map { (1...60).contains($0) } == true)
    }

    @Test("An address may try again after a minute, and others meanwhile")
    func window() {
        let tries = FailedTries(limit: 2, capacity: 3)
        let now = ContinuousClock.now
        for _ in 0..<2 { tries.note("192.0.2.1", now: now) }
        #expect(tries.wait(for: "192.0.2.1", now: now) == 60)
        #expect(tries.wait(for: "192.0.2.2", now: now) == nil)
        #expect(tries.wait(for: "192.0.2.1", now: now + .seconds(60)) == nil)
        for number in 0..<2 { tries.note("2001:db8:1:1::\(number)", now: now) }
        #expect(tries.wait(for: "2001:db8:1:1::9", now: now) != nil)
        for number in 5..<9 { tries.note("192.0.2.\(number)", now: now + .seconds(1)) }
        #expect(tries.wait(for: "192.0.2.1", now: now + .seconds(1)) == nil)
    }

    @Test("The file holds no token, is its owner's alone, and is read as it was written")
    func kept() throws {
        let secret = try #require(try add("core", .dispatch)["Authorization"]).dropFirst(7)
        _ = try add("screen", .view)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(!text.contains(secret.dropFirst(7)))
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let tokens = try file.read()
        #expect(tokens.map(\.name) == ["core", "screen"])
        #expect(AccessToken.find(String(secret), among: tokens)?.role == .dispatch)
        #expect(AccessToken.find(String(secret) + "0", among: tokens) == nil)
        #expect(throws: ConsoleError.self) { try add("core", .view) }
        #expect(throws: ConsoleError.self) { try add("a b", .view) }
        #expect(throws: ConsoleError.self) { try file.remove("nobody") }
        try Data("core dispatch now\n".utf8).write(to: URL(fileURLWithPath: file.path))
        #expect(throws: ConsoleError.self) { try file.read() }
    }

    @Test("What would be unsafe is refused before anything listens")
    func unsafe() throws {
        let open = try refusal(ConsoleSettings(address: "0.0.0.0"))
        #expect(open?.code == .refused)
        #expect(open?.message.contains("tokens") == true)
        let absent = try refusal(ConsoleSettings(address: "::", tokens: file.path))
        #expect(absent?.code == .missing)
        #expect(absent?.message.contains("patrol token add") == true)
        try Data("# nobody\n".utf8).write(to: URL(fileURLWithPath: file.path))
        chmod(file.path, 0o600)
        #expect(try refusal(ConsoleSettings(tokens: file.path))?.code == .refused)
        chmod(file.path, 0o666)
        #expect(try refusal(ConsoleSettings(tokens: file.path))?.code == .unavailable)
        let none = folder.appendingPathComponent("none.pem").path
        #expect(
            try refusal(ConsoleSettings(certificate: none, key: none))?.code == .unavailable
        )
    }

    @Test("An address that is taken is named")
    func taken() throws {
        let box = try Box()
        let server = try ConsoleServer(
            settings: ConsoleSettings(port: Int(box.port)),
            store: box.store,
            folder: box.folder.path,
            logger: .init(label: "test")
        )
        do {
            _ = try server.start()
            Issue.record("two servers listen on one port")
        } catch {
            #expect(error.code == .unavailable)
            #expect(error.message.contains("127.0.0.1 port \(box.port)"))
        }
        server.stop()
    }

    @Test("With a certificate it speaks TLS 1.2 or later, and nothing else")
    func tls() throws {
        let (certificate, key) = (path("cert.pem"), path("key.pem"))
        try run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=IP:127.0.0.1",
        ])
        let core = try add("core", .dispatch)
        let box = try Box(
            tokens: file.path,
            certificate: certificate,
            key: key,
            folder: folder
        )
        let id = try box.alert()
        #expect(box.address.hasPrefix("https://"))
        let header = "Authorization: \(core["Authorization"] ?? "")"
        let answer = try run([
            "curl", "--silent", "--show-error", "--cacert", certificate, "--header", header,
            "--data", "{}", "--header", "Content-Type: application/json",
            "\(box.address)/v1/claims",
        ])
        #expect(answer.contains("\"claim\":\"\(id)-1\",\"consumer\":\"core\""))
        let wire = try Wire(to: box.port)
        wire.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(!wire.read().contains("alive"))
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// What a program prints; it must succeed.
    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(arguments[0]): \(text); run `make setup`")
        return text
    }
}
