import Alerts
import Foundation
import Scene
import Site
import Testing
import Yams

@testable import Sinks

/// Holds docs/asyncapi.yaml to the code.
@Suite
struct AsyncAPITests {
    private typealias Object = [String: Any]

    private let document: Object

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/asyncapi.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        document = try #require(try Yams.load(yaml: text) as? Object)
    }

    private func at(_ path: String) throws -> Any {
        var value: Any = document
        for key in path.split(separator: "/") {
            value = try #require((value as? Object)?[String(key)], "\(path) is missing")
        }
        return value
    }

    private func address(_ channel: String, _ values: [String: String]) throws -> String {
        var text = try #require(try at("channels/\(channel)/address") as? String)
        let parameters = try #require(try at("channels/\(channel)/parameters") as? Object)
        #expect(parameters.keys.sorted() == values.keys.sorted())
        for (name, value) in values {
            text = text.replacingOccurrences(of: "{\(name)}", with: value)
        }
        return text
    }

    /// Every reference within the document, with the key that it stands at.
    private func references(_ value: Any) -> [String] {
        if let list = value as? [Any] { return list.flatMap(references) }
        guard let object = value as? Object else { return [] }
        return object.flatMap { key, value in
            key == "$ref" ? [value as? String ?? ""] : references(value)
        }
    }

    @Test("It is AsyncAPI 3, every channel has an operation, and no reference leads nowhere")
    func whole() throws {
        #expect(document["asyncapi"] as? String == "3.0.0")
        let channels = try #require(document["channels"] as? Object)
        let operations = try #require(document["operations"] as? Object)
        #expect(channels.keys.sorted() == operations.keys.sorted())
        for (name, operation) in operations {
            let operation = try #require(operation as? Object)
            #expect(operation["action"] as? String == "send")
            #expect(references(operation) == ["#/channels/\(name)"])
        }
        let references = references(document)
        #expect(references.count > 30)
        for reference in references where reference.hasPrefix("#/") {
            _ = try at(String(reference.dropFirst(2)))
        }
    }

    @Test("Topics and subjects are those of the code")
    func addresses() throws {
        let parcel = Parcel(
            sequence: 1,
            id: "a",
            body: "",
            route: ["alert", "gate-1", "fire_lane"]
        )
        let values = ["site": "riverside", "camera": "gate-1", "kind": "fire_lane"]
        #expect(
            try address("mqttAlert", values.merging(["topic": "a/b"]) { $1 })
                == parcel.address(prefix: "a/b", site: "riverside", separator: "/")
        )
        #expect(
            try address("natsAlert", values.merging(["subject": "a.b"]) { $1 })
                == parcel.address(prefix: "a.b", site: "riverside", separator: ".")
        )
        let broker = MQTTCarrier(
            MQTTConfiguration(
                settings: SinkSettings(id: "broker"),
                endpoint: SinkEndpoint(host: "h", port: 1),
                clientID: "c"
            ),
            site: "riverside",
            secrets: Secrets(environment: [:])
        ) { false }
        #expect(
            try address(
                "mqttStatus",
                ["topic": "smartpatrol", "site": "riverside", "sink": "broker"]
            ) == broker.statusTopic
        )
        let status = try JSONSerialization.jsonObject(with: Data(broker.status("online").utf8))
        let words = try #require(status as? [String: String])
        let known = try #require(
            try at("components/schemas/status/properties") as? Object
        )
        #expect(words.keys.sorted() == known.keys.sorted())
        let trial = Parcel(sequence: 0, id: "a", body: "", route: ["test"])
        #expect(
            try address("mqttTest", ["topic": "t", "site": "s"])
                == trial.address(prefix: "t", site: "s", separator: "/")
        )
        #expect(
            try address("natsTest", ["subject": "t", "site": "s"])
                == trial.address(prefix: "t", site: "s", separator: ".")
        )
    }

    @Test("Every kind, fault, type and header that the code sends is there, and no other")
    func words() throws {
        for channel in ["mqttAlert", "natsAlert"] {
            let kinds = try at("channels/\(channel)/parameters/kind/enum") as? [String]
            #expect(kinds == ZoneKind.allCases.map(\.rawValue))
        }
        for channel in ["mqttHealth", "natsHealth"] {
            let faults = try at("channels/\(channel)/parameters/fault/enum") as? [String]
            #expect(faults.map(Set.init) == Set(CameraFault.allCases.map(\.rawValue)))
        }
        func types(_ schema: String) throws -> [String]? {
            let parts = try #require(try at("components/schemas/\(schema)/allOf") as? [Object])
            let own = try #require(parts.last?["properties"] as? Object)
            return (own["type"] as? Object)?["enum"] as? [String]
        }
        #expect(try types("alert") == AlertEvent.Kind.allCases.map(\.rawValue))
        #expect(try types("health") == HealthEvent.Kind.allCases.map(\.rawValue))
        #expect(
            try at("components/schemas/test/properties/type/const") as? String
                == TestAlert.typeName
        )
        let headers = try #require(
            try at("components/schemas/webhookHeaders/properties") as? Object
        )
        #expect(
            headers.keys.sorted()
                == ["Authorization", "Idempotency-Key", WebhookSignature.header]
        )
        let messages = try #require(try at("components/messages") as? Object)
        for (name, message) in messages {
            let type = (message as? Object)?["contentType"] as? String
            let wanted = name == "status" ? MQTTCarrier.statusType : Parcel.contentType
            #expect(type == wanted, "\(name)")
        }
    }

    @Test("What is delivered has the extensions that are described")
    func extensions() throws {
        let bench = try Bench()
        try bench.tell(1)
        let stored = try #require(try bench.store.events(limit: 1).first)
        let line = Data(stored.delivered.utf8)
        let event = try #require(try JSONSerialization.jsonObject(with: line) as? Object)
        let plain = try JSONSerialization.jsonObject(with: Data(stored.line.utf8)) as? Object
        let more = Set(event.keys).subtracting(try #require(plain).keys)
        let required = try at("components/schemas/delivered/required") as? [String]
        #expect(more == required.map(Set.init))
    }
}
