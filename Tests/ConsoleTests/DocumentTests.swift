import Alerts
import Foundation
import Scene
import Testing

@testable import Console

/// Holds docs/openapi.yaml to the program.
@Suite
struct DocumentTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Prints each operation, then holds answers, one of JSON a line, to their schemas.
    ///
    /// Members that a schema does not list are faults here, so that none goes undocumented.
    private static let checker = """
        import json, sys, jsonschema, yaml
        document = yaml.safe_load(open(sys.argv[1] + "/docs/openapi.yaml"))
        event = jsonschema.Draft202012Validator(
            json.load(open(sys.argv[1] + "/docs/alert.schema.json")))
        def events(node):
            if isinstance(node, dict):
                if "specversion" in node:
                    yield node
                for child in node.values():
                    yield from events(child)
            elif isinstance(node, list):
                for child in node:
                    yield from events(child)
        schemas = document["components"]["schemas"]
        for name, schema in schemas.items():
            if name != "Event" and schema.get("type") == "object":
                schema.setdefault("unevaluatedProperties", name in ("AlertRecord", ))
        for name in ("ListedAlert", "AlertStory"):
            schemas[name]["unevaluatedProperties"] = False
        operations = {}
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                operations[operation["operationId"]] = operation
                print(operation["operationId"], method.upper(), path,
                      "open" if operation.get("security") == [] else "role")
        print("--")
        for line in sys.stdin.read().splitlines():
            answer = json.loads(line)
            responses = operations[answer["operation"]]["responses"]
            response = responses.get(str(answer["status"]))
            if response is None:
                print(answer["operation"], answer["status"], "is not documented")
                continue
            while "$ref" in response:
                response = document["components"]["responses"][response["$ref"].split("/")[-1]]
            content = response["content"].get(answer["type"])
            if content is None:
                print(answer["operation"], answer["type"], "is not documented")
                continue
            schema = {"components": document["components"], **content["schema"]}
            validator = jsonschema.Draft202012Validator(schema)
            faults = list(validator.iter_errors(answer["body"]))
            for found in events(answer["body"]):
                faults += event.iter_errors(found)
            fault = jsonschema.exceptions.best_match(faults)
            print("ok" if fault is None else
                  "%s %s: %s" % (answer["operation"], fault.json_path, fault.message))
        """

    private func check(_ answers: [[String: Any]] = []) throws -> (routes: [String], [String]) {
        let python = Self.root.appendingPathComponent(".venv/bin/python3")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "Python with PyYAML is missing in .venv: run `make setup`"
        )
        let lines = try answers.map { answer in
            String(decoding: try JSONSerialization.data(withJSONObject: answer), as: UTF8.self)
        }
        let folder = try Box.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("answers")
        try Data(lines.joined(separator: "\n").utf8).write(to: input)
        let process = Process()
        process.executableURL = python
        process.arguments = ["-c", Self.checker, Self.root.path]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        try #require(process.terminationStatus == 0, "\(text)")
        let parts = text.split(separator: "--\n", maxSplits: 1, omittingEmptySubsequences: false)
        return (
            parts[0].split(separator: "\n").map(String.init),
            parts.count > 1 ? parts[1].split(separator: "\n").map(String.init) : []
        )
    }

    @Test("Every operation of the program is in the document, and no other")
    func operations() throws {
        let own = Console.Operation.allCases.map { operation in
            let (method, path, role) = operation.route
            return "\(operation.rawValue) \(method) \(path) \(role == nil ? "open" : "role")"
        }
        #expect(try check().routes.sorted() == own.sorted())
    }

    @Test("Every sort of problem is in the document")
    func problems() throws {
        let document = Self.root.appendingPathComponent("docs/openapi.yaml")
        let text = try String(contentsOf: document, encoding: .utf8)
        let named = text.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: "- urn:smartpatrol:problem:")
            return parts.count == 2 ? String(parts[1]) : nil
        }
        #expect(named.sorted() == Problem.Kind.allCases.map(\.rawValue).sorted())
    }

    @Test("Answers of all operations are what their schemas say, and have no other members")
    func answers() throws {
        let box = try Box()
        var answers: [[String: Any]] = []
        func note(_ operation: Console.Operation, _ path: String, _ body: String? = nil) throws {
            let method = operation.route.method
            let reply = try box.ask(method, path, body)
            answers.append([
                "operation": operation.rawValue, "status": reply.status,
                "type": reply.headers["content-type"] ?? "", "body": reply.json,
            ])
        }
        let ids = try [
            box.alert(1, kind: .waterDanger, severity: .critical), box.alert(2), box.alert(3),
        ]
        try note(.claimAlerts, "/v1/claims", "{\"by\":\"core\",\"limit\":2}")
        try note(.extendClaim, "/v1/claims/\(ids[0])-1/extend", "{\"by\":\"core\"}")
        try note(.acknowledgeClaim, "/v1/claims/\(ids[0])-1/ack", "{\"by\":\"core\"}")
        try note(
            .releaseClaim,
            "/v1/claims/\(ids[1])-1/release",
            "{\"by\":\"core\",\"reason\":\"x\"}"
        )
        try note(.arriveAtAlert, "/v1/alerts/\(ids[0])/arrive", "{\"by\":\"core\"}")
        let report = "{\"verdict\":\"out_of_scope\",\"text\":\"树\",\"by\":\"car\"}"
        try note(.reportAlert, "/v1/alerts/\(ids[0])/report", report)
        try note(.retryAlert, "/v1/alerts/\(ids[0])/retry")
        try note(.listAlerts, "/v1/alerts?limit=2")
        try note(.listAlerts, "/v1/alerts?limit=0")
        try note(.showAlert, "/v1/alerts/\(ids[0])")
        try note(.showAlert, "/v1/alerts/\(String(repeating: "0", count: 32))")
        try note(.getStatistics, "/v1/stats")
        try note(.getEvidence, "/v1/evidence/\(ids[0])/none.jpg")
        try note(.followEvents, "/v1/events?after=x")
        try note(.getHealth, "/healthz")
        try note(.getReadiness, "/readyz")
        let seen = Set(answers.compactMap { $0["operation"] as? String })
        #expect(seen == Set(Console.Operation.allCases.map(\.rawValue)))
        let (_, verdicts) = try check(answers)
        #expect(verdicts == answers.map { _ in "ok" })
    }
}
