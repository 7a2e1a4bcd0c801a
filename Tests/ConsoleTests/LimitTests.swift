import Alerts
import Foundation
import Testing

@testable import Console

@Suite
struct LimitTests {
    private func limits(_ set: (inout ConsoleLimits) -> Void) -> ConsoleLimits {
        var limits = ConsoleLimits()
        set(&limits)
        return limits
    }

    /// What a server answers to these bytes.
    private func raw(_ box: Box, _ text: String) throws -> String {
        let wire = try Wire(to: box.port)
        wire.send(text)
        return wire.read()
    }

    @Test("A body, headers or a line that are too large are refused, and what is no HTTP")
    func sizes() throws {
        let box = try Box()
        let large = String(repeating: "x", count: 70_000)
        let body = try box.ask("POST", "/v1/claims", "{\"by\":\"\(large)\"}")
        #expect(body.status == 413)
        #expect(body.problem == "body-too-large")
        let chunks =
            "POST /v1/claims HTTP/1.1\r\nHost: localhost\r\n"
            + "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n"
            + "\(String(large.utf8.count, radix: 16))\r\n\(large)\r\n0\r\n\r\n"
        #expect(try raw(box, chunks).hasPrefix("HTTP/1.1 413"))
        let header = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: \(large)\r\n\r\n"
        #expect(try raw(box, header).hasPrefix("HTTP/1.1 431"))
        let many = (0..<120).map { "X\($0): 1\r\n" }.joined()
        let fields = try raw(box, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(many)\r\n")
        #expect(fields.hasPrefix("HTTP/1.1 431"))
        #expect(fields.contains("urn:smartpatrol:problem:headers-too-large"))
        let garbage = try raw(box, "what is going on?\r\n\r\n")
        #expect(garbage.hasPrefix("HTTP/1.1 400"))
        #expect(garbage.contains("application/problem+json"))
        #expect(try box.ask("GET", "/healthz").status == 200)
    }

    @Test("A body that does not come as announced does nothing")
    func short() throws {
        let box = try Box(limits: limits { $0.bodySeconds = 1 })
        let id = try box.alert()
        let head =
            "POST /v1/claims HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\n"
        #expect(try raw(box, head + "Content-Length: 90\r\n\r\n{}").isEmpty)
        let broken = try raw(box, head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n")
        #expect(broken.hasPrefix("HTTP/1.1 400"))
        #expect(try box.store.record(alert: id)?.state == .pending)
    }

    @Test("What is not there, or not by that method, says so")
    func routes() throws {
        let box = try Box()
        for path in ["/", "/v1", "/v1/alerts/", "/v2/alerts", "/v1/claims/x/y/z", "/v1//alerts"] {
            let reply = try box.ask("GET", path)
            #expect(reply.status == 404, "\(path)")
            #expect(reply.problem == "not-found")
            #expect(reply.json["instance"] as? String == path)
        }
        let method = try box.ask("DELETE", "/v1/alerts")
        #expect(method.status == 405)
        #expect(method.problem == "method-not-allowed")
        #expect(method.headers["allow"] == "GET, HEAD")
        #expect(try box.ask("GET", "/v1/claims").headers["allow"] == "POST")
        let form = try box.ask(
            "POST",
            "/v1/claims",
            "by=me",
            headers: ["Content-Type": "text/plain"]
        )
        #expect(form.status == 415)
        #expect(form.problem == "unsupported-media-type")
    }

    @Test("Without tokens, a page in a browser on this host is kept out")
    func browsers() throws {
        let box = try Box()
        let rebound = "GET /v1/alerts HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        let misled = try raw(box, rebound)
        #expect(misled.hasPrefix("HTTP/1.1 421"))
        #expect(misled.contains("urn:smartpatrol:problem:wrong-host"))
        let foreign = ["Origin": "https://evil.example"]
        #expect(try box.ask("POST", "/v1/claims", headers: foreign).problem == "forbidden")
        #expect(try box.ask("POST", "/v1/claims", headers: ["Origin": box.address]).status == 200)
    }

    @Test("More connections, waiting claims or streams than there may be are told so")
    func counts() throws {
        let box = try Box(
            limits: limits {
                $0.connections = 4
                $0.waitingClaims = 1
                $0.eventStreams = 1
            }
        )
        let stream = try Wire(to: box.port)
        stream.send("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        _ = stream.read(until: "retry")
        let second = try box.ask("GET", "/v1/events")
        #expect(second.status == 503)
        #expect(second.problem == "busy")
        #expect(second.headers["retry-after"] == "5")
        let waiting = try Wire(to: box.port)
        let body = "{\"wait\":60}"
        waiting.send(
            "POST /v1/claims HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        while try box.ask("POST", "/v1/claims", "{\"wait\":0.01}").status == 200 { usleep(10_000) }
        #expect(try box.ask("POST", "/v1/claims", "{\"wait\":1}").problem == "busy")
        let idle = try (0..<2).map { _ in try Wire(to: box.port) }
        for wire in idle {
            wire.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(wire.read(until: "alive").hasPrefix("HTTP/1.1 200"))
        }
        try withExtendedLifetime((stream, waiting, idle)) {
            let refused = try raw(box, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(refused.hasPrefix("HTTP/1.1 503"))
            #expect(refused.contains("urn:smartpatrol:problem:busy"))
        }
    }

    @Test("A connection on which nothing happens is closed")
    func idle() throws {
        let box = try Box(limits: limits { $0.idleSeconds = 1 })
        let wire = try Wire(to: box.port)
        wire.send("GET /healthz HT")
        #expect(wire.read().isEmpty)
    }
}
