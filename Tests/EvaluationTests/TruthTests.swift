import Foundation
import Rules
import Scene
import Site
import Testing

@testable import Evaluation

@Suite struct TruthTests {
    private let full = """
        {"video": "street.mp4", "width": 640, "height": 360, "fps": 29.97, "duration_s": 38.5,
         "timelapse": true, "license": "unstated", "cutouts": [1, {"a": null}],
         "zones": [{"id": "kerb", "kind": "no_parking", "dwell_s": 8, "colour": "red",
                    "polygon": [[0, 0], [320, 0], [320, 180.5]]}],
         "events": [{"zone": "kerb", "kind": "no_parking", "start_s": 3, "end_s": 20.25,
                     "bbox": [10, 20, 30, 40], "bbox_t": 4.5, "note": "a van"}],
         "ignore": [{"zone": "kerb", "kind": "no_parking", "start_s": 0, "end_s": 9,
                     "pre_existing": true}]}
        """

    private func decode(_ text: String) throws(EvaluationError) -> Truth {
        try Truth.decode(Data(text.utf8), name: "clip/truth.json")
    }

    private func complaint(about text: String) -> String {
        do {
            _ = try decode(text)
            return ""
        } catch {
            return error.description
        }
    }

    @Test("Every key that matters is read, and the others are passed over")
    func readsEverything() throws {
        let truth = try decode(full)
        #expect(truth.video == "street.mp4")
        #expect(truth.width == 640 && truth.height == 360)
        #expect(truth.framesPerSecond == 29.97)
        #expect(truth.duration == 38.5)
        #expect(truth.isTimelapse)
        #expect(truth.zones.map(\.id) == ["kerb"])
        #expect(truth.zones[0].dwell == 8)
        #expect(truth.zones[0].polygon[2] == Truth.Corner(x: 320, y: 180.5))
        let event = try #require(truth.events.first)
        #expect(event.box == ImageBox(x: 10, y: 20, width: 30, height: 40))
        #expect(event.start == 3 && event.end == 20.25 && event.boxTime == 4.5)
        #expect(event.note == "a van")
        #expect(truth.ignore.map(\.box) == [nil])
    }

    @Test("What may be left out may be left out")
    func readsTheLeast() throws {
        let truth = try decode(
            """
            {"video": "v.avi", "width": 4, "height": 2, "duration_s": 1, "zones": [], "events": []}
            """
        )
        #expect(truth.ignore.isEmpty && !truth.isTimelapse && truth.framesPerSecond == nil)
    }

    @Test(
        "A wrong value is named with its file and its key",
        arguments: [
            ("\"video\": \"street.mp4\", ", "", "video: is missing"),
            ("\"width\": 640", "\"width\": \"wide\"", "width: must be a whole number"),
            ("\"width\": 640", "\"width\": 0", "width: 0 is not above 0"),
            ("\"height\": 360", "\"height\": null", "height: is null, must be a whole number"),
            ("38.5", "-1", "duration_s: -1.0 is below 0"),
            ("\"dwell_s\": 8", "\"dwell_s\": true", "zones[0].dwell_s: must be a number"),
            ("\"dwell_s\": 8", "\"dwell_s\": -8", "zones[0].dwell_s: -8.0 is below 0"),
            (", [320, 180.5]", "", "zones[0].polygon: has 2 corners, must have 3 at least"),
            ("[320, 0]", "[320]", "zones[0].polygon[1]: a corner is [x, y] in pixels"),
            ("\"id\": \"kerb\"", "\"id\": 7", "zones[0].id: must be a text"),
            ("\"start_s\": 3, ", "", "events[0].start_s: is missing"),
            ("\"end_s\": 20.25", "\"end_s\": 2", "events[0].end_s: 2.0 is before start_s 3.0"),
            ("[10, 20, 30, 40]", "[10, 20, 30]", "events[0].bbox: a box is [x, y, width, height]"),
            ("[10, 20, 30, 40]", "[1, 2, -3, 4]", "events[0].bbox: a box is [x, y, width, height]"),
            ("\"end_s\": 9", "\"end_s\": []", "ignore[0].end_s: must be a number"),
        ]
    )
    func namesTheKey(original: String, wrong: String, expected: String) {
        let text = full.replacing(original, with: wrong)
        #expect(text != full)
        #expect(complaint(about: text).hasPrefix("clip/truth.json: \(expected)"))
    }

    @Test("What is no JSON is said to be none")
    func namesBrokenSyntax() {
        #expect(complaint(about: "{\"video\": ").hasPrefix("clip/truth.json: is not JSON"))
        #expect(complaint(about: "").hasPrefix("clip/truth.json: is not JSON"))
    }

    @Test("A list where the object should be is said to be one")
    func namesWrongTopLevel() {
        #expect(complaint(about: "[]") == "clip/truth.json: the file: must be an object {…}")
    }

    @Test("A missing file is named")
    func namesMissingFile() {
        let file = FileManager.default.temporaryDirectory.appending(path: "no-such/truth.json")
        #expect {
            try Truth.read(file)
        } throws: { error in
            guard let error = error as? EvaluationError else { return false }
            return error.code == .unavailable && error.description.contains("no-such/truth.json")
        }
    }

    @Test("Zones become rules with normalised corners, their dwell time and else usual settings")
    func makesRules() throws {
        let rules = try decode(full).rules()
        var expected = ZoneRule(
            id: ZoneID(rawValue: "kerb"),
            kind: .noParking,
            polygon: Polygon([
                NormalizedPoint(x: 0, y: 0), NormalizedPoint(x: 0.5, y: 0),
                NormalizedPoint(x: 0.5, y: 180.5 / 360),
            ])
        )
        expected.dwell = .seconds(8)
        #expect(rules == [expected])
    }

    @Test("The heights of a person at two rows become the camera's scale")
    func readsScale() throws {
        let heights = "\"scale\": [{\"y\": 0.8, \"height\": 0.3}, {\"y\": 0.4, \"height\": 0.1}], "
        let truth = try decode(full.replacing("\"zones\"", with: heights + "\"zones\""))
        let scale = try #require(try truth.camera().scale)
        #expect(abs(scale.height(atRow: 0.6) - 0.2) < 1e-9)
        #expect(try decode(full).camera().scale == nil)
        let wrong = heights.replacing("0.4", with: "0.79")
        #expect {
            try decode(full.replacing("\"zones\"", with: wrong + "\"zones\""))
        } throws: { error in
            "\(error)".contains("scale: must be the heights of a person at two rows")
        }
    }

    @Test("A zone without a dwell time has the usual one of its kind")
    func usesUsualDwell() throws {
        let rules = try decode(full.replacing("\"dwell_s\": 8, ", with: "")).rules()
        #expect(rules.map(\.dwell) == [ZoneRule.usual(.noParking).dwell])
    }

    @Test("An unknown kind is named with those that exist")
    func refusesUnknownKind() throws {
        let truth = try decode(
            full.replacing("\"no_parking\", \"dwell", with: "\"no_go\", \"dwell")
        )
        #expect {
            try truth.rules()
        } throws: { error in
            "\(error)".hasPrefix("zones[0].kind: no_go is not one of no_parking, fire_lane")
        }
    }

    @Test("A zone id that is given twice is refused")
    func refusesTwins() throws {
        var truth = try decode(full)
        truth.zones.append(truth.zones[0])
        #expect {
            try truth.rules()
        } throws: { error in
            "\(error)".hasPrefix("zones[1].id: kerb is given twice")
        }
    }

    @Test("A waterline gives the zone bank, edge and water; one that does not cut it is an error")
    func depth() throws {
        func text(_ line: String, _ water: String = "[32, 30]") -> String {
            """
            {"video": "v.mp4", "width": 64, "height": 36, "duration_s": 10,
             "zones": [{"id": "pond", "kind": "water_danger", "dwell_s": 2,
                        "waterline": \(line), "water": \(water),
                        "polygon": [[0, 9], [64, 9], [64, 36], [0, 36]]}],
             "events": [{"zone": "pond", "kind": "water_danger", "start_s": 3, "end_s": 9,
                         "vanishes_s": 6.5}]}
            """
        }
        let truth = try decode(text("[[0, 18], [64, 18]]"))
        #expect(truth.events.first?.vanishes == 6.5)
        let rule = try #require(try truth.rules().first)
        #expect(rule.severity == .warning && rule.dwell == .seconds(2))
        let depths = try #require(rule.water.depths)
        #expect(depths.water == .init(dwell: .seconds(1), severity: .critical))
        let water = try #require(depths.waterPlace)
        #expect(water.contains(NormalizedPoint(x: 0.5, y: 0.9)))
        #expect(!water.contains(NormalizedPoint(x: 0.5, y: 0.4)))
        for (bad, key) in [
            (text("[[20, 18], [40, 18]]"), "zones[0].waterline"),
            (text("[[0, 18], [64, 18]]", "[32, 2]"), "zones[0].water"),
        ] {
            let error = #expect(throws: EvaluationError.self) { try decode(bad).rules() }
            #expect(error?.message.hasPrefix(key) == true)
        }
    }
}
