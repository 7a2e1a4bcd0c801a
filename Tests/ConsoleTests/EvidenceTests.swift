import Alerts
import Foundation
import Testing

@testable import Console

@Suite
struct EvidenceTests {
    private let box: Box
    private let id: String
    private let bytes: [UInt8]
    private var path: String { "/v1/evidence/\(id)/1.jpg" }

    init() throws {
        box = try Box()
        id = try box.alert(1)
        bytes = Array(
            try Data(contentsOf: box.folder.appendingPathComponent("evidence/gate/1.jpg"))
        )
    }

    @Test("A file comes whole, with its type, its hash as its tag and its length")
    func whole() throws {
        let reply = try box.ask("GET", path)
        #expect(reply.status == 200)
        #expect(reply.bytes == bytes)
        #expect(reply.headers["content-type"] == "image/jpeg")
        #expect(reply.headers["etag"] == "\"\(Digest.sha256(bytes))\"")
        #expect(reply.headers["accept-ranges"] == "bytes")
        let head = try box.ask("HEAD", path)
        #expect(head.status == 200)
        #expect(head.headers["content-length"] == "\(bytes.count)")
        #expect(head.bytes.isEmpty)
    }

    @Test(
        "A part of the file comes as it was asked for",
        arguments: [
            ("bytes=0-9", 0, 10), ("bytes=100-", 100, nil), ("bytes=-7", -7, nil),
            ("bytes=70000-140000", 70_000, 140_001), ("bytes=0-99999999", 0, nil),
            ("bytes=-99999999", 0, nil),
        ] as [(String, Int, Int?)]
    )
    func part(range: String, begin: Int, end: Int?) throws {
        let reply = try box.ask("GET", path, headers: ["Range": range])
        let first = begin < 0 ? bytes.count + begin : begin
        let last = end ?? bytes.count
        #expect(reply.status == 206)
        #expect(reply.bytes == Array(bytes[first..<last]))
        #expect(reply.headers["content-range"] == "bytes \(first)-\(last - 1)/\(bytes.count)")
    }

    @Test(
        "What lies behind the end is refused with the length, and what is no range gets the whole"
    )
    func strange() throws {
        for range in ["bytes=900000-", "bytes=-0"] {
            let reply = try box.ask("GET", path, headers: ["Range": range])
            #expect(reply.status == 416)
            #expect(reply.problem == "range-not-satisfiable")
            #expect(reply.headers["content-range"] == "bytes */\(bytes.count)")
        }
        for range in ["bytes=9-1", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=x-y"] {
            #expect(try box.ask("GET", path, headers: ["Range": range]).status == 200, "\(range)")
        }
    }

    @Test("Who has the file as it is gets it no more, and who has a part of another gets it whole")
    func conditions() throws {
        let tag = "\"\(Digest.sha256(bytes))\""
        for tags in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let reply = try box.ask("GET", path, headers: ["If-None-Match": tags])
            #expect(reply.status == 304, "\(tags)")
            #expect(reply.headers["etag"] == tag)
        }
        #expect(try box.ask("GET", path, headers: ["If-None-Match": "\"x\""]).status == 200)
        let same = ["Range": "bytes=0-9", "If-Range": tag]
        #expect(try box.ask("GET", path, headers: same).status == 206)
        let other = ["Range": "bytes=0-9", "If-Range": "\"x\""]
        #expect(try box.ask("GET", path, headers: other).status == 200)
    }

    @Test(
        "No path leads to a file that the alert does not name",
        arguments: [
            "../../alerts.sqlite", "..%2F..%2Falerts.sqlite", "%2e%2e%2f%2e%2e%2falerts.sqlite",
            "....//alerts.sqlite", "alerts.sqlite", ".", "..", "%00", "1.jpg%00.txt",
            "/etc/passwd", "%2Fetc%2Fpasswd", "2.jpg", "",
        ]
    )
    func traversal(name: String) throws {
        try box.alert(2)
        let wire = try Wire(to: box.port)
        wire.send(
            "GET /v1/evidence/\(id)/\(name) HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\n\r\n"
        )
        let reply = wire.read()
        #expect(reply.hasPrefix("HTTP/1.1 404") || reply.hasPrefix("HTTP/1.1 400"), "\(reply)")
        #expect(reply.contains("application/problem+json"))
        #expect(!reply.contains("SQLite") && !reply.contains("root:"))
    }

    @Test("A file that was replaced by a link is not followed, and one that is gone not found")
    func link() throws {
        let file = box.folder.appendingPathComponent("evidence/gate/1.jpg")
        try FileManager.default.removeItem(at: file)
        #expect(try box.ask("GET", path).problem == "not-found")
        try FileManager.default.createSymbolicLink(
            atPath: file.path,
            withDestinationPath: "/etc/passwd"
        )
        #expect(try box.ask("GET", path).problem == "not-found")
    }
}
