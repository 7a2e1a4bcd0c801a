import Rules
import Scene
import Site
import Testing

@Suite struct YamlTests {
    static let syntax: [Mistake] = [
        Mistake(
            "version: 1\nsite: {id: town\ncameras: []",
            "3:8: this is not YAML: while parsing a flow mapping that starts in line 2: "
                + "did not find expected ',' or '}'"
        ),
        Mistake(
            "version: 1\nsite:\n\tid: town\n",
            "3:1: this is not YAML: while scanning for the next token that starts in line 3: "
                + "found character that cannot start any token; "
                + "indent with spaces instead of tabs"
        ),
        Mistake(
            "version: 1\n---\nversion: 1\n",
            "2:1: this is not YAML: expected a single document in the stream that starts in "
                + "line 1: but found another document"
        ),
        Mistake(
            "version: 1\nname: a\u{7}b\n",
            "2:8: the character U+7 is not allowed in a site file; remove it"
        ),
        Mistake(
            "version: 1\n? [a]\n: 1\n? [a]\n: 2\n",
            "2:3: keys stand here more than once: <uncovertable>; keep one of each"
        ),
    ]

    @Test("Text that is not YAML is reported where it stops to be", arguments: syntax)
    func reports(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    @Test("Repeated keys are all reported, quoted and unquoted, and hide no other mistake")
    func repeatedKeys() {
        let text = """
            version: 1
            version: 1
            "version": 1
            site: {id: town, id: city, timeZone: UTC}
            cameras:
              - id: gate
                zones: []
                名: 1
                名: 2
            """
        let found = Samples.diagnostics(text).map { "\($0.line):\($0.column) \($0.message)" }
        #expect(
            found == [
                "2:1 \"version\" stands here twice, first in line 1",
                "3:1 \"version\" stands here twice, first in line 1",
                "4:18 \"id\" stands here twice, first in line 4",
                "8:5 \"名\" is not a key of this place",
                "9:5 \"名\" stands here twice, first in line 8",
            ]
        )
    }

    @Test("So many repeated keys that reading stops are still one clear mistake")
    func manyRepeatedKeys() {
        let text = (0..<40).map { "key\($0): 1\nkey\($0): 2\n" }.joined()
        let found = Samples.diagnostics(text)
        #expect(found.count == 1)
        #expect(found.first?.message.contains("key9") == true)
    }

    @Test("A value that has a name can be repeated")
    func aliases() throws {
        let text = """
            version: 1
            site: {id: town}
            cameras:
              - id: gate
                name: 2*3 *fine
                zones:
                  - id: left
                    kind: no_parking
                    polygon: &whole [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]]
                    schedule: &day {spans: [{from: "07:00", to: "19:00"}]}
                  - {id: right, kind: fire_lane, polygon: *whole, schedule: *day}
            """
        let camera = try Samples.site(text).cameras[0]
        #expect(camera.name == "2*3 *fine")
        #expect(camera.zones[1].polygon == camera.zones[0].polygon)
        #expect(camera.zones[1].schedule == camera.zones[0].schedule)
    }

    @Test("A mistake in a repeated value is reported where it is written")
    func mistakeBehindAlias() {
        let text = Samples.zone("dwell: &long abc\n        rearm: *long")
        let found = Samples.diagnostics(text).map { "\($0.line):\($0.column) \($0.keyPath)" }
        #expect(
            Set(found) == [
                "9:16 cameras[0].zones[0].dwell",
                "9:16 cameras[0].zones[0].rearm",
            ]
        )
    }

    @Test("Aliases that multiply end at a bound")
    func aliasBomb() {
        let zones = (0..<100).map { _ in "*zone" }.joined(separator: ", ")
        let cameras = (0..<1000).map { _ in "*camera" }.joined(separator: ", ")
        let text = """
            version: 1
            site: {id: town}
            x: &zone {id: a, kind: no_parking, polygon: [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]]}
            y: &camera {id: b, zones: [\(zones)]}
            cameras: [\(cameras)]
            """
        let found = Samples.diagnostics(text)
        #expect(found.count == 1000)
    }

    @Test("Aliases that multiply in a key or refer to themselves end at a bound")
    func aliasKeys() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...40 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        text += "? *a40\n: 1\n? [*a40]\n: 2\nversion: &me *me\nsite: &s {id: *s}\ncameras: *a40\n"
        let found = Samples.diagnostics(text)
        #expect(found.contains { $0.message.contains("more than 10000 aliases") })
        #expect(found.contains { $0.keyPath == "site.id" })
    }

    @Test("Deep nesting is a mistake and not a crash")
    func deepNesting() {
        let text = String(repeating: "[", count: 100_000)
        #expect(Samples.diagnostics(text).map(\.message) == ["this is nested too deeply"])
        let closed = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        #expect(Samples.diagnostics(closed).count == 1)
    }

    @Test("A byte order mark and line ends of other systems change no place")
    func lineEnds() {
        let text = Samples.zone("dwell: abc").replacing("\n", with: "\r\n")
        let found = Samples.diagnostics("\u{FEFF}" + text)
        #expect(found.map { "\($0.line):\($0.column)" } == ["9:16"])
        let first = Samples.diagnostics(
            "\u{FEFF}version: 2\nsite: {id: a}\ncameras: [{id: b, zones: []}]"
        )
        #expect(first.map { "\($0.line):\($0.column)" } == ["1:10"])
    }

    @Test("Columns count characters, not bytes")
    func columns() {
        let found = Samples.diagnostics(Samples.camera("location: {place: 滨河镇, latitude: x}"))
        #expect(found.first.map { "\($0.line):\($0.column)" } == "5:38")
    }
}
