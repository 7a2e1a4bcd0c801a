import Alerts
import Foundation
import Scene
import Testing

@Suite
struct SchemaTests {
    /// Prints for each line of the input the path and reason of the first fault, or "ok".
    ///
    /// Given "closed", members that the schema does not list are faults too.
    static let validator = """
        import json, sys, jsonschema
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        def close(node):
            if isinstance(node, dict):
                if isinstance(node.get("properties"), dict) and "type" in node:
                    node["additionalProperties"] = False
                for child in node.values():
                    close(child)
        if sys.argv[2] == "closed":
            close(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for line in sys.stdin.read().splitlines():
            fault = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(line)))
            print("ok" if fault is None else fault.json_path + ": " + fault.message)
        """

    private func verdicts(_ lines: [String], members: String = "closed") throws -> [String] {
        let schema = Python.packageRoot.appendingPathComponent("docs/alert.schema.json").path
        let output = try Python.run(
            Self.validator,
            [schema, members],
            input: lines.joined(separator: "\n")
        )
        return output.split(separator: "\n").map(String.init)
    }

    /// Every kind with every phase, severity, class and clock, the optional members there and not.
    private func allAlerts() -> [AlertEvent] {
        let phases: [Incident.Phase] = [.opened, .updated, .closed]
        var events: [AlertEvent] = []
        for kind in ZoneKind.allCases {
            for (revision, phase) in phases.enumerated() {
                for severity in Severity.allCases {
                    for presentAtStart in [true, false] {
                        let incident = Sample.incident(
                            revision: revision + 1,
                            phase: phase,
                            kind: kind,
                            severity: severity,
                            presentAtStart: presentAtStart
                        )
                        events.append(Sample.event(incident))
                    }
                }
            }
        }
        let bare = AlertContext(
            site: "河岸 1",
            camera: AlertCamera(id: CameraID(rawValue: "相机"), name: ""),
            stream: .live(),
            anchor: ClockAnchor(start: Instant(microseconds: 0), quality: .unknown),
            zoneNames: [:]
        )
        let odd = Sample.incident(box: NormalizedBox(x: -1, y: 2, width: 9, height: .nan))
        events.append(AlertEvent(incident: odd, context: bare, evidence: []))
        for objectClass in ObjectClass.allCases {
            events.append(Sample.event(Sample.incident(objectClass: objectClass)))
        }
        for quality in ClockQuality.allCases {
            let context = Sample.context(quality: quality)
            events.append(Sample.event(Sample.incident(), context: context))
        }
        for depth in WaterDepth.allCases {
            for reason in IncidentReason.allCases {
                let incident = Sample.incident(
                    kind: .waterDanger,
                    severity: .emergency,
                    depth: depth,
                    reasons: [reason, .dark],
                    lastSeen: MediaTime(seconds: 1)
                )
                events.append(Sample.event(incident))
            }
        }
        return events
    }

    /// Every fault with every phase, severity and clock.
    private func allHealth() -> [HealthEvent] {
        let phases: [HealthMatter.Phase] = [.opened, .closed]
        var events: [HealthEvent] = []
        for fault in CameraFault.allCases {
            for (revision, phase) in phases.enumerated() {
                for severity in Severity.allCases {
                    for quality in ClockQuality.allCases {
                        let matter = Sample.health(
                            revision: revision + 1,
                            phase: phase,
                            fault: fault,
                            severity: severity
                        )
                        let context = Sample.context(quality: quality)
                        events.append(Sample.event(matter, context: context))
                    }
                }
            }
        }
        return events
    }

    @Test("Every event obeys the published schema and has no member that it does not list")
    func everyEvent() throws {
        let lines = allAlerts().map { $0.jsonLine() } + allHealth().map { $0.jsonLine() }
        let verdicts = try verdicts(lines)
        #expect(verdicts.count == lines.count)
        for (line, verdict) in zip(lines, verdicts) where verdict != "ok" {
            Issue.record("\(verdict) in \(line)")
        }
    }

    @Test("A broken event is refused by the schema")
    func broken() throws {
        let line = Sample.event(Sample.incident(presentAtStart: true)).jsonLine()
        let breaks = [
            ("\"specversion\":\"1.0\",", ""),
            ("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\""),
            ("smartpatrol.alert.opened.v1", "smartpatrol.alert.began.v1"),
            ("2026-03-01T06:00:42.500000Z", "2026-03-01 06:00:42"),
            ("\"revision\":1", "\"revision\":0"),
            ("\"kind\":\"fire_lane\"", "\"kind\":\"parking\""),
            ("\"severity\":\"critical\"", "\"severity\":\"critical\",\"depth\":\"deep\""),
            ("\"severity\":\"critical\"", "\"severity\":\"critical\",\"reasons\":[\"cold\"]"),
            ("\"severity\":\"critical\"", "\"severity\":\"fatal\""),
            ("\"x\":0.25", "\"x\":-0.25"),
            ("\"x\":0.25", "\"x\":\"0.25\""),
            ("\"dwellSeconds\":30.154", "\"dwellSeconds\":-30.154"),
            ("\"clockQuality\":\"stated\"", "\"clockQuality\":\"good\""),
            ("snapshots/a.jpg", "/etc/passwd"),
            ("snapshots/a.jpg", "snapshots/../../a.jpg"),
            ("\"sha256\":\"ca", "\"sha256\":\"CA"),
            ("\"startedAt\"", "\"beganAt\""),
            ("/sites/riverside/", "/sites/river side/"),
        ]
        let lines = breaks.map { line.replacingOccurrences(of: $0.0, with: $0.1) }
        for (line, verdict) in zip(lines, try verdicts(lines, members: "open")) {
            #expect(verdict != "ok", "\(line)")
        }
        #expect(try verdicts([line]) == ["ok"])
    }

    @Test("A broken health event is refused by the schema")
    func brokenHealth() throws {
        let line = Sample.event(Sample.health()).jsonLine()
        let breaks = [
            ("smartpatrol.health.opened.v1", "smartpatrol.health.updated.v1"),
            ("smartpatrol.health.opened.v1", "smartpatrol.alert.opened.v1"),
            ("alert:v1#health", "alert:v1#data"),
            ("\"subject\":\"moved\"", "\"subject\":\"lane\""),
            ("\"fault\":\"moved\"", "\"fault\":\"tired\""),
            ("\"zonesSuspended\":true", "\"zonesSuspended\":1"),
            ("\"zonesSuspended\":true,", ""),
            ("\"healthId\"", "\"alertId\""),
            ("\"durationSeconds\":30.154", "\"durationSeconds\":-1"),
        ]
        let lines = breaks.map { line.replacingOccurrences(of: $0.0, with: $0.1) }
        for (line, verdict) in zip(lines, try verdicts(lines, members: "open")) {
            #expect(verdict != "ok", "\(line)")
        }
        let alert = Sample.event(Sample.incident()).jsonLine()
        let disguised = alert.replacingOccurrences(of: "alert.opened.v1", with: "health.opened.v1")
        #expect(
            try verdicts([line, disguised], members: "open").map { $0 == "ok" } == [true, false]
        )
    }

    @Test("A member of a later revision does not trouble a reader of today's schema")
    func addition() throws {
        let line = Sample.event(Sample.incident()).jsonLine()
            .replacingOccurrences(of: "\"revision\":1", with: "\"revision\":1,\"weather\":\"rain\"")
        #expect(try verdicts([line], members: "open") == ["ok"])
        #expect(try verdicts([line]) != ["ok"])
        #expect(try AlertEvent(jsonLine: line).data.revision == 1)
    }
}
