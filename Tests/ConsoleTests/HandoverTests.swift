import Alerts
import Foundation
import Scene
import Testing

@testable import Console

@Suite
struct HandoverTests {
    @Test("An alert goes from the claim to the report, and each step tells how it stands")
    func loop() throws {
        let box = try Box()
        try box.alert(1)
        let id = try box.alert(2, kind: .waterDanger, severity: .critical)
        let claim = try box.ask("POST", "/v1/claims", "{\"by\":\"core\",\"lease\":30}")
        #expect(claim.ids("claims") == [id])
        func state(_ path: String, _ body: String) throws -> String? {
            let reply = try box.ask("POST", path, body)
            #expect(reply.status == 200, "\(path): \(reply.text)")
            return reply.json["state"] as? String
        }
        let name = "\(id)-1"
        let by = "{\"by\":\"core\"}"
        #expect(
            try state("/v1/claims/\(name)/extend", "{\"by\":\"core\",\"lease\":300}") == "claimed"
        )
        #expect(try state("/v1/claims/\(name)/ack", by) == "acknowledged")
        #expect(try state("/v1/claims/\(name)/ack", by) == "acknowledged")
        #expect(try state("/v1/alerts/\(id)/arrive", by) == "arrived")
        let report = "{\"by\":\"car-7\",\"verdict\":\"confirmed\",\"text\":\"救上来了\"}"
        #expect(try state("/v1/alerts/\(id)/report", report) == "reported")
        let record = try #require(try box.store.record(alert: id))
        #expect(record.report?.by == "car-7")
        #expect(record.report?.text == "救上来了")
        #expect(
            record.transitions.map(\.kind) == [
                .claimed, .extended, .acknowledged, .arrived, .reported,
            ]
        )
        #expect(try box.store.check().isEmpty)
    }

    @Test("What is released is another's, and what is covered, dead or expired can be put back")
    func release() throws {
        let box = try Box(policy: HandoverPolicy(tries: 1))
        let id = try box.alert()
        #expect(try box.ask("POST", "/v1/claims", "{\"by\":\"a\"}").ids("claims") == [id])
        let body = "{\"by\":\"a\",\"reason\":\"no car\"}"
        let released = try box.ask("POST", "/v1/claims/\(id)-1/release", body)
        #expect(released.json["state"] as? String == "dead")
        let retried = try box.ask("POST", "/v1/alerts/\(id)/retry")
        #expect(retried.json["state"] as? String == "pending")
        #expect(try box.store.record(alert: id)?.transitions.last?.by == "local")
    }

    @Test("What the queue refuses is a conflict, and what is not there is not found")
    func refusals() throws {
        let box = try Box()
        let id = try box.alert()
        _ = try box.ask("POST", "/v1/claims", "{\"by\":\"a\"}")
        let other = try box.ask("POST", "/v1/claims/\(id)-1/ack", "{\"by\":\"b\"}")
        #expect(other.problem == "conflict")
        #expect(other.status == 409)
        #expect(other.text.contains("belongs to a"))
        #expect(try box.ask("POST", "/v1/claims/\(id)-9/ack").problem == "not-found")
        let none = String(repeating: "0", count: 32)
        #expect(try box.ask("POST", "/v1/alerts/\(none)/arrive").problem == "not-found")
        let early = try box.ask("POST", "/v1/alerts/\(id)/retry")
        #expect(early.problem == "conflict")
    }

    @Test(
        "A wrong member of the body is named with what would be right",
        arguments: [
            ("/v1/claims", "{\"limit\":0}", "limit"), ("/v1/claims", "{\"limit\":1.5}", "limit"),
            ("/v1/claims", "{\"limit\":true}", "limit"), ("/v1/claims", "{\"wait\":61}", "wait"),
            ("/v1/claims", "{\"lease\":0.5}", "lease"), ("/v1/claims", "{\"by\":\"a b\"}", "by"),
            ("/v1/claims", "{\"by\":null}", "by"), ("/v1/claims", "{\"kinds\":[\"x\"]}", "kinds"),
            ("/v1/claims", "{\"leese\":5}", "leese"),
            ("/v1/alerts/00000000000000000000000000000000/report", "{}", "verdict"),
            (
                "/v1/alerts/00000000000000000000000000000000/report",
                "{\"verdict\":\"right\"}", "verdict"
            ),
            ("/v1/claims", "[]", nil), ("/v1/claims", "{\"limit\":1", nil),
        ] as [(String, String, String?)]
    )
    func wrong(path: String, body: String, member: String?) throws {
        let box = try Box()
        try box.alert()
        let reply = try box.ask("POST", path, body)
        #expect(reply.status == 400)
        #expect(reply.problem == "bad-body")
        #expect(reply.json["parameter"] as? String == member)
        #expect(try box.store.statistics(now: Box.now).states[.pending] == 1)
    }

    @Test("Who waits gets an alert as soon as it is kept, and only what it asked for")
    func waiting() async throws {
        let box = try Box()
        async let waiting = Task.detached {
            try box.ask(
                "POST",
                "/v1/claims",
                "{\"by\":\"a\",\"wait\":60,\"kinds\":[\"water_danger\"],\"severity\":\"critical\"}"
            )
        }.value
        let other = try box.alert(1)
        let id = try box.alert(2, kind: .waterDanger, severity: .critical)
        #expect(try await waiting.ids("claims") == [id])
        #expect(try box.store.record(alert: other)?.state == .pending)
    }

    @Test("Who hangs up while it waits leaves the alert to others")
    func gone() throws {
        let box = try Box()
        var wire: Wire? = try Wire(to: box.port)
        let body = "{\"by\":\"lost\",\"wait\":60}"
        wire?.send(
            "POST /v1/claims HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        // Somebody else's answer on the same thread shows that the first one waits by now.
        #expect(try box.ask("POST", "/v1/claims", "{\"wait\":0.5}").ids("claims").isEmpty)
        wire = nil
        #expect(try box.ask("POST", "/v1/claims", "{\"wait\":0.5}").ids("claims").isEmpty)
        let id = try box.alert()
        #expect(
            try box.ask("POST", "/v1/claims", "{\"by\":\"b\",\"wait\":5}").ids("claims") == [id]
        )
        #expect(try box.store.record(alert: id)?.claim?.consumer == "b")
    }

    @Test("Twenty consumers at once share the alerts without any getting another's")
    func many() async throws {
        let box = try Box()
        let ids = try (1...40).map { try box.alert($0) }
        let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
            for consumer in 0..<20 {
                group.addTask {
                    try await Task.detached {
                        let body = "{\"by\":\"c\(consumer)\",\"limit\":3,\"wait\":0}"
                        return try box.ask("POST", "/v1/claims", body).ids("claims")
                    }.value
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 40)
        #expect(Set(claimed) == Set(ids))
        #expect(try box.store.check().isEmpty)
    }
}
