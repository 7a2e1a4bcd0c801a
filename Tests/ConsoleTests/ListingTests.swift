import Alerts
import Foundation
import Scene
import Testing

@testable import Console

@Suite
struct ListingTests {
    @Test("Alerts are listed page by page, the newest first, and each once")
    func pages() throws {
        let box = try Box()
        let ids = try (1...5).map { try box.alert($0) }
        var seen: [String] = []
        var cursor = ""
        for count in [2, 2, 1] {
            let page = try box.ask("GET", "/v1/alerts?limit=2\(cursor)")
            #expect(page.status == 200)
            #expect(page.ids("alerts").count == count)
            seen += page.ids("alerts")
            let next = page.json["next"] as? String
            #expect((next == nil) == (seen.count == 5))
            // What opens meanwhile moves nothing.
            if count == 2 { try box.alert(10 + seen.count) }
            cursor = next.map { "&cursor=\($0)" } ?? ""
        }
        #expect(seen == ids.reversed())
    }

    @Test("Each filter passes what it says and holds back the rest")
    func filters() throws {
        let box = try Box()
        let plain = try box.alert(1, ago: 7200)
        let water = try box.alert(2, camera: "pond", kind: .waterDanger, severity: .critical)
        try box.alert(3)
        let closed = try box.alert(3, phase: .closed)
        _ = try box.store.claim(by: "core", limit: 1, now: Box.now)
        func list(_ query: String) throws -> Set<String> {
            let reply = try box.ask("GET", "/v1/alerts?\(query)")
            #expect(reply.status == 200, "\(query): \(reply.text)")
            return Set(reply.ids("alerts"))
        }
        #expect(try list("") == [plain, water, closed])
        #expect(try list("camera=pond") == [water])
        #expect(try list("zone=lane&camera=gate") == [plain, closed])
        #expect(try list("kind=water_danger,fire_lane") == [water])
        #expect(try list("severity=critical") == [water])
        #expect(try list("state=claimed") == [water])
        #expect(try list("state=pending,reported") == [plain, closed])
        #expect(try list("open=false") == [closed])
        #expect(try list("open=true") == [plain, water])
        #expect(try list("since=2026-03-01T06:00:00Z") == [water, closed])
        #expect(try list("until=2026-03-01T14:00:00%2B08:00") == [plain])
        #expect(try list("since=2026-03-01T04:00:00Z&until=2026-03-01T04:00:00.000001Z") == [plain])
    }

    @Test("An alert tells its state, its history and all its events")
    func story() throws {
        let box = try Box()
        let id = try box.alert()
        try box.alert(phase: .closed)
        _ = try box.store.claim(by: "core", now: Box.now)
        let story = try box.ask("GET", "/v1/alerts/\(id)").json
        #expect(story["state"] as? String == "claimed")
        let events = story["events"] as? [[String: Any]] ?? []
        #expect(
            events.map { $0["type"] as? String } == [
                "smartpatrol.alert.opened.v1", "smartpatrol.alert.closed.v1",
            ]
        )
        let steps = story["transitions"] as? [[String: Any]] ?? []
        #expect(steps.map { $0["what"] as? String } == ["claimed"])
        #expect(try box.ask("GET", "/v1/alerts/\(String(repeating: "0", count: 32))").status == 404)
    }

    @Test(
        "A wrong parameter is named with what would be right",
        arguments: [
            ("/v1/alerts?limit=0", "limit"), ("/v1/alerts?limit=201", "limit"),
            ("/v1/alerts?limit=x", "limit"), ("/v1/alerts?kind=parking", "kind"),
            ("/v1/alerts?kind=", "kind"), ("/v1/alerts?state=noted", "state"),
            ("/v1/alerts?severity=high", "severity"), ("/v1/alerts?since=yesterday", "since"),
            ("/v1/alerts?open=1", "open"), ("/v1/alerts?cursor=-1", "cursor"),
            ("/v1/alerts?camera=a%20b", "camera"), ("/v1/alerts?camrea=a", "camrea"),
            ("/v1/alerts?camera=%FF", "camera=%FF"), ("/v1/alerts?open=true&open=true", "open"),
            ("/v1/alerts/5be1", "alert"), ("/v1/stats?timeZone=Mars/Base", "timeZone"),
            ("/v1/events?after=-1", "after"), ("/v1/events?after=99", "Last-Event-ID"),
            ("/healthz?x=1", "x"),
        ]
    )
    func wrong(path: String, parameter: String) throws {
        let reply = try Box().ask("GET", path)
        #expect(reply.status == 400)
        #expect(reply.problem == "bad-parameter")
        #expect(reply.json["parameter"] as? String == parameter)
        let allowed = reply.json["allowed"] as? String ?? ""
        #expect(!allowed.isEmpty || path.contains("%FF") || path.contains("&open"))
    }

    @Test("The figures are those of the queue, and the hours those of the site")
    func statistics() throws {
        let box = try Box()
        let id = try box.alert()
        try box.store.report(alert: id, .confirmed, by: "core", now: Box.now)
        let figures = try box.ask("GET", "/v1/stats").json
        #expect((figures["states"] as? [String: Int])?["reported"] == 1)
        let parts = figures["precision"] as? [[String: Any]] ?? []
        #expect(parts.contains { $0["by"] as? String == "hour" && $0["value"] as? String == "14" })
        let utc = try box.ask("GET", "/v1/stats?timeZone=UTC")
        #expect(utc.text.contains("\"by\":\"hour\",\"value\":\"06\""))
    }

    @Test("The program says that it runs and that its queue can be read")
    func health() throws {
        let box = try Box()
        try box.alert()
        #expect(try box.ask("GET", "/healthz").text == "{\"status\":\"alive\"}")
        #expect(try box.ask("GET", "/readyz").text == "{\"status\":\"ready\",\"end\":1}")
        let head = try box.ask("HEAD", "/readyz")
        #expect(head.status == 200)
        #expect(head.bytes.isEmpty)
    }
}
