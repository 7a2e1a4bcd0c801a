import Site
import Testing

/// A text with a mistake, and the line that reports it.
struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var report: String
    var testDescription: String { report }

    init(_ text: String, _ report: String) {
        self.text = text
        self.report = "site.yaml:" + report
    }
}

private let zone = "cameras[0].zones[0]"

@Suite struct DiagnosticTests {
    static let structure: [Mistake] = [
        Mistake("", " is empty; start from docs/site.example.yaml"),
        Mistake("# nothing\n", " is empty; start from docs/site.example.yaml"),
        Mistake(
            "just text",
            "1:1: \"just text\" stands here where a group of keys with values is expected"
        ),
        Mistake(
            Samples.camera("nmae: Gate"),
            "5:5: cameras[0].nmae: \"nmae\" is not a key of this place; did you mean name?"
        ),
        Mistake(
            Samples.camera("analysis: {pace: 5}"),
            "5:16: cameras[0].analysis.pace: \"pace\" is not a key of this place; "
                + "known keys are rate"
        ),
        Mistake(
            Samples.camera("name:"),
            "5:10: cameras[0].name: has no value; write a text, or remove the key"
        ),
        Mistake(
            Samples.camera("name: [a, b]"),
            "5:11: cameras[0].name: a list stands here where a text is expected"
        ),
        Mistake(
            Samples.camera("name: {a: b}"),
            "5:11: cameras[0].name: keys with values stand here where a text is expected"
        ),
        Mistake(
            Samples.camera("location: Bridge"),
            "5:15: cameras[0].location: \"Bridge\" stands here where a group of keys with values "
                + "is expected"
        ),
        Mistake(
            Samples.camera("id: port"),
            "5:5: cameras[0].id: \"id\" stands here twice, first in line 4; keep one of them"
        ),
        Mistake(
            Samples.camera("name: *nobody"),
            "5:11: cameras[0].name: there is no anchor &nobody for this alias"
        ),
        Mistake(
            Samples.camera("? [a, b]\n    : c"),
            "5:7: cameras[0]: a key must be a word"
        ),
        Mistake(
            "version: 1\nsite: {id: town}\ncameras: []",
            "3:10: cameras: has 0 cameras and needs at least 1"
        ),
        Mistake(
            "version: 1\nsite: {id: town}\ncameras: {}",
            "3:10: cameras: keys with values stand here where a list of cameras is expected"
        ),
        Mistake(
            "version: 2\nsite: {id: town}\ncameras: [{id: gate, zones: []}]",
            "1:10: version: \"2\" is not a version of the site file that this program reads; "
                + "write 1"
        ),
        Mistake(
            "version: 1\nsite: {id: town}\ncameras:\n  - id: gate\n    zones: []\n  - id: gate\n"
                + "    zones: []",
            "6:9: cameras[1].id: \"gate\" stands here twice, first in line 4; give each its own"
        ),
    ]

    @Test("A mistake of structure is reported at its line and column", arguments: structure)
    func reportsStructure(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    static let values: [Mistake] = [
        Mistake(
            Samples.zone("dwell: abc"),
            "9:16: \(zone).dwell: \"abc\" is not a duration; write 90s, 2m or 1h"
        ),
        Mistake(
            Samples.zone("dwell: 1e3"),
            "9:16: \(zone).dwell: \"1e3\" is not a duration; write 90s, 2m or 1h"
        ),
        Mistake(
            Samples.zone("dwell: 0.4"),
            "9:16: \(zone).dwell: \"0.4\" is out of range; write 0.5s to 24h"
        ),
        Mistake(
            Samples.zone("dwell: 25h"),
            "9:16: \(zone).dwell: \"25h\" is out of range; write 0.5s to 24h"
        ),
        Mistake(
            Samples.zone("rearm: -1s"),
            "9:16: \(zone).rearm: \"-1s\" is out of range; write 0s to 24h"
        ),
        Mistake(
            Samples.zone("severity: urgent"),
            "9:19: \(zone).severity: \"urgent\" is not a severity; write info, warning, critical"
        ),
        Mistake(
            Samples.zone("classes: [vehicle, cars]"),
            "9:28: \(zone).classes[1]: \"cars\" is not a class; write person, vehicle, "
                + "two_wheeler, object, animal, boat, unknown"
        ),
        Mistake(
            Samples.zone("classes: [vehicel]"),
            "9:19: \(zone).classes[0]: \"vehicel\" is not a class; did you mean vehicle?"
        ),
        Mistake(
            Samples.zone("classes: []"),
            "9:18: \(zone).classes: has 0 classes and needs at least 1"
        ),
        Mistake(
            Samples.zone("minimumSize: 2"),
            "9:22: \(zone).minimumSize: \"2\" is out of range; write 0 to 1"
        ),
        Mistake(
            Samples.zone("maximumSize: big"),
            "9:22: \(zone).maximumSize: \"big\" is not a number; write 0 to 1"
        ),
        Mistake(
            Samples.zone("minimumSize: 0.5\n        maximumSize: 0.1"),
            "9:22: \(zone).minimumSize: minimumSize 0.5 is not below maximumSize 0.1; "
                + "no object can have both; make the first smaller than the second"
        ),
        Mistake(
            Samples.zone("anchor: groundcontact"),
            "9:17: \(zone).anchor: \"groundcontact\" is not an anchor; "
                + "did you mean ground_contact?"
        ),
        Mistake(
            Samples.zone("anchor: {overlap: 0}"),
            "9:27: \(zone).anchor.overlap: \"0\" is out of range; write 0.01 to 1"
        ),
        Mistake(
            Samples.zone("anchor: {}"),
            "9:17: \(zone).anchor.overlap: is missing; write overlap: 0.3"
        ),
        Mistake(
            Samples.camera("analysis: {rate: 30}"),
            "5:22: cameras[0].analysis.rate: \"30\" is out of range; "
                + "write 1 to 25 pictures a second"
        ),
        Mistake(
            Samples.camera("direction: 361"),
            "5:16: cameras[0].direction: \"361\" is out of range; write degrees 0 to 360"
        ),
        Mistake(
            Samples.camera("direction: up"),
            "5:16: cameras[0].direction: \"up\" is not a direction; "
                + "write degrees 0 to 360 or n, ne, e, se, ..."
        ),
        Mistake(
            Samples.camera("deviceId: 3402"),
            "5:15: cameras[0].deviceId: \"3402\" is not a GB/T 28181 id; "
                + "write its 20 digits in quotes"
        ),
        Mistake(
            Samples.camera("location: {latitude: 30}"),
            "5:26: cameras[0].location.latitude: stands without longitude; write both or none"
        ),
        Mistake(
            Samples.camera("whenMoved: relern"),
            "5:16: cameras[0].whenMoved: \"relern\" is not an answer to a moved camera; "
                + "did you mean relearn?"
        ),
        Mistake(
            "version: 1\nsite: {id: 滨河}\ncameras: [{id: gate, zones: []}]",
            "2:12: site.id: \"滨河\" is not an id; write 1 to 64 letters a-z, digits, - and _, "
                + "a letter or digit first"
        ),
    ]

    @Test("A wrong value is reported with what would be allowed", arguments: values)
    func reportsValue(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    @Test("A diagnostic carries its parts for programs")
    func parts() throws {
        let found = try #require(Samples.diagnostics(Samples.zone("dwell: abc")).first)
        #expect(found.file == "site.yaml")
        #expect(found.line == 9)
        #expect(found.column == 16)
        #expect(found.keyPath == "cameras[0].zones[0].dwell")
        #expect(found.value == "abc")
        #expect(found.suggestion == "write 90s, 2m or 1h")
    }

    @Test("Every mistake of a file is reported in one run, in the order of lines")
    func all() {
        let text = """
            version: 3
            site: {name: "", timeZone: Asia/Shanghi}
            cameras:
              - id: gate 3
                nmae: Gate
                source: ftp://192.0.2.1/
                zones:
                  - id: kerb
                    kind: no_park
                    polygon: [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]]
                    dwell: abc
                    dwell: 90
                  - kind: fire_lane
                    polygon: [[0.1, 0.1], [1.9, 0.1]]
            camras: []
            """
        let found = Samples.diagnostics(text).map { "\($0.line):\($0.column) \($0.keyPath)" }
        #expect(
            found == [
                "1:10 version",
                "2:7 site.id",
                "2:14 site.name",
                "2:28 site.timeZone",
                "4:9 cameras[0].id",
                "5:5 cameras[0].nmae",
                "6:13 cameras[0].source",
                "9:15 cameras[0].zones[0].kind",
                "10:18 cameras[0].zones[0].polygon",
                "11:16 cameras[0].zones[0].dwell",
                "12:9 cameras[0].zones[0].dwell",
                "13:9 cameras[0].zones[1].id",
                "14:18 cameras[0].zones[1].polygon",
                "15:1 camras",
            ]
        )
    }

    @Test("Diagnostics are bounded")
    func bounded() {
        let keys = (0..<3000).map { "key\($0): 1" }.joined(separator: "\n")
        #expect(Samples.diagnostics(keys).count == 1000)
    }
}
