import Foundation
import Testing

/// `patrol tune evaluate` as a gate.
@Suite struct EvaluateTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
        for name in ["quiet", "missed", "broken"] {
            try FileManager.default.createDirectory(
                atPath: folder.path(name),
                withIntermediateDirectories: true
            )
        }
        _ = try Fixtures.video("quiet/street.mp4", in: folder)
        _ = try Fixtures.video("missed/street.mp4", in: folder)
        try folder.write(Self.truth(events: ""), to: "quiet/truth.json")
        let event = #"{"zone": "kerb", "kind": "no_parking", "start_s": 0, "end_s": 2}"#
        try folder.write(Self.truth(events: event), to: "missed/truth.json")
        try folder.write(Self.truth(events: ""), to: "broken/truth.json")
    }

    private static func truth(events: String) -> String {
        """
        {"video": "street.mp4", "width": 320, "height": 180, "duration_s": 2,
         "zones": [{"id": "kerb", "kind": "no_parking", "dwell_s": 60,
                    "polygon": [[20, 60], [300, 60], [300, 175]]}],
         "events": [\(events)]}
        """
    }

    private func evaluate(_ arguments: String...) throws -> Patrol.Result {
        try Patrol.run(["tune", "evaluate", "--output", "out"] + arguments, in: folder)
    }

    @Test("Clips that can be evaluated give a table, a report and status 0")
    func succeeds() throws {
        let result = try evaluate("quiet", "missed")
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("clip") == true)
        #expect(lines.contains { $0.hasPrefix("missed") })
        #expect(lines.contains { $0.hasPrefix("TOTAL") })
        #expect(folder.text("out/report.json").contains("\"falseNegatives\" : 1"))
        #expect(folder.text("out/missed/decisions.jsonl").contains("\"verdict\":\"missed\""))
    }

    @Test("A broken video is named, fails the run, and the others are evaluated all the same")
    func namesBrokenVideo() throws {
        let result = try evaluate("broken", "missed")
        #expect(result.status == 1)
        #expect(result.errors.contains("broken/street.mp4"))
        #expect(result.errors.contains("1 of 2 folders could not be evaluated"))
        #expect(result.output.contains("\nmissed "))
    }

    @Test("An F1 below the minimum, or none at all, fails the run")
    func holdsTheGate() throws {
        let low = try evaluate("missed", "--minimum-f1", "0.5")
        #expect(low.status == 1)
        #expect(low.errors.contains("F1 is 0.000, below --minimum-f1 0.5"))
        let none = try evaluate("quiet", "--minimum-f1", "0.5")
        #expect(none.status == 1)
        #expect(none.errors.contains("F1 is not defined"))
        #expect(try evaluate("missed", "--minimum-f1", "0").status == 0)
    }

    @Test("A minimum or a number of workers out of range is refused")
    func refusesBadOptions() throws {
        #expect(try evaluate("quiet", "--minimum-f1", "60").status == 64)
        #expect(try evaluate("quiet", "--workers", "0").status == 64)
        #expect(try evaluate().status == 64)
    }
}
