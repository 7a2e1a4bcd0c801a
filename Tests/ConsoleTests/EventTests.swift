import Alerts
import Foundation
import Scene
import Testing

@testable import Console

@Suite
struct EventTests {
    private func open(_ box: Box, _ query: String = "", last: String? = nil) throws -> Wire {
        let wire = try Wire(to: box.port)
        let header = last.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        wire.send("GET /v1/events\(query) HTTP/1.1\r\nHost: localhost\r\n\(header)\r\n")
        return wire
    }

    /// The places in the log that a stream has told of.
    private func places(_ text: String) -> [Int] {
        text.unicodeScalars.split(separator: "\n").map(String.init).compactMap { line in
            line.hasPrefix("id: ") ? Int(line.dropFirst(4)) : nil
        }
    }

    @Test("A stream tells of what is kept, then of what comes, in order and each once")
    func follow() throws {
        let box = try Box()
        for number in 1...150 { try box.alert(number) }
        let stream = try open(box, "?after=0")
        var text = stream.read(until: "id: 150\n")
        #expect(text.contains("text/event-stream"))
        #expect(text.contains("retry: 2000"))
        try box.alert(151)
        text += stream.read(until: "id: 151\n")
        try box.alert(151, phase: .closed)
        text += stream.read(until: "id: 152\n")
        text += stream.read(until: "closed.v1")
        #expect(places(text) == Array(1...152))
        #expect(text.contains("\"sequence\":\"00000000000000000152\""))
    }

    @Test("Who comes back with its last event gets what follows, and who comes new what comes next")
    func resume() throws {
        let box = try Box()
        for number in 1...5 { try box.alert(number) }
        let resumed = try open(box, "?after=0", last: "3")
        #expect(places(resumed.read(until: "id: 5\n")) == [4, 5])
        let new = try open(box)
        _ = new.read(until: "retry")
        try box.alert(6)
        #expect(places(new.read(until: "id: 6\n")) == [6])
    }

    @Test("Where events were removed, a stream is refused with what to do, or goes on from there")
    func gone() throws {
        let box = try Box()
        for number in 1...9 { try box.alert(number) }
        try box.store.adopt(HandoverPolicy(maximumBytes: 6000), now: Box.now)
        try box.alert(10)
        let oldest = try #require(try box.store.events(limit: 1).first).sequence
        #expect(oldest > 2)
        let refused = try box.ask("GET", "/v1/events", headers: ["Last-Event-ID": "1"])
        #expect(refused.status == 410)
        #expect(refused.problem == "gone")
        #expect(refused.text.contains("\(oldest - 2) events after 1"))
        let stream = try open(box, "?gaps=allow", last: "1")
        let text = stream.read(until: "id: 10\n")
        #expect(text.contains("event: gap\ndata: {\"after\":1,\"missing\":\(oldest - 2)}"))
        #expect(places(text).first == Int(oldest))
    }

    @Test(
        "A position that is none is refused",
        arguments: ["x", "-1", "1.5", "99999999999999999999", "7"]
    )
    func position(last: String) throws {
        let reply = try Box().ask("GET", "/v1/events", headers: ["Last-Event-ID": last])
        #expect(reply.status == 400)
        #expect(reply.json["parameter"] as? String == "Last-Event-ID")
    }

    @Test("A silent stream gives signs of life, and ends with the server")
    func life() throws {
        var limits = ConsoleLimits()
        limits.heartbeatSeconds = 0.1
        let box = try Box(limits: limits)
        let stream = try open(box)
        #expect(stream.read(until: "\r\n:\n\n").contains("200 OK"))
        box.server.stop()
        _ = stream.read()
    }
}
