import Foundation
import Testing

/// `patrol tune robustness` from the command line to its tables.
@Suite struct RobustnessTests {
    private let folder: Folder

    /// A clip in which a dark box drives in and stays, and one that is empty.
    init() throws {
        folder = try Folder()
        for name in ["box", "water"] {
            try FileManager.default.createDirectory(
                atPath: folder.path(name),
                withIntermediateDirectories: true
            )
        }
        _ = try Fixtures.ffmpeg(
            [
                "-f", "lavfi", "-i", "color=c=0x808080:s=320x180:r=10:d=30",
                "-f", "lavfi", "-i", "color=c=0x182028:s=60x36:r=10:d=30",
                "-filter_complex",
                "[0]noise=all_seed=5:alls=30[street];"
                    + "[street][1]overlay=x=min(-70+max(t-5\\,0)*60\\,120):y=100",
                "-pix_fmt", "yuv420p",
            ],
            to: "box/street.mp4",
            in: folder
        )
        let event = """
            {"zone": "kerb", "kind": "no_parking", "start_s": 8.2, "end_s": 30,
             "bbox": [120, 100, 60, 36]}
            """
        try folder.write(Self.truth(kind: "no_parking", events: event), to: "box/truth.json")
        try folder.write(Self.truth(kind: "water_danger", events: ""), to: "water/truth.json")
    }

    private static func truth(kind: String, events: String) -> String {
        """
        {"video": "street.mp4", "width": 320, "height": 180, "duration_s": 30,
         "zones": [{"id": "kerb", "kind": "\(kind)", "dwell_s": 6,
                    "polygon": [[20, 60], [300, 60], [300, 175], [20, 175]]}],
         "events": [\(events)]}
        """
    }

    private func run(_ arguments: String...) throws -> Patrol.Result {
        try Patrol.run(["tune", "robustness"] + arguments, in: folder)
    }

    @Test("Every disturbance has its line, and two runs write the same bytes")
    func everything() throws {
        let first = try run("box", "water", "--json", "a.json", "--markdown", "table.md")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("\nhalf the frame rate "))
        #expect(first.output.contains("1 clips, 11 cases: "))
        #expect(first.errors.contains("box: 1 alerts, "))
        #expect(first.errors.contains("water: no zone is watched"))
        let table = folder.text("table.md")
        #expect(table.contains("| time reversed | 0 |") && table.contains("| gamma 0.7 | 1 |"))
        let second = try run("box", "--json", "b.json", "--jobs", "1", "--pictures", "seen")
        let seen = try FileManager.default.contentsOfDirectory(atPath: folder.path("seen"))
        #expect(seen.count == 7 && seen.contains("box-occlusion.jpg"))
        #expect(second.output == first.output)
        #expect(folder.text("a.json") == folder.text("b.json"))
        #expect(folder.text("a.json").contains("\"disturbance\" : \"recoding\""))
    }

    @Test("A chosen disturbance runs alone, and its share can be held to a bound")
    func chosen() throws {
        let result = try run("box", "--only", "half-rate", "--minimum", "100")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("1 clips, 1 cases: 100.0 % of the cases equal"))
    }

    @Test("A folder that cannot be run is named; without any zone there is nothing to tell")
    func failures() throws {
        let missing = try run("nowhere", "box", "--only", "gap")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("nowhere/truth.json: cannot be read"))
        #expect(missing.output.contains("1 clips, 1 cases"))
        let unwatched = try run("water")
        #expect(unwatched.status == 1)
        #expect(unwatched.errors.contains("no folder has a zone of the kinds"))
        let broken = try run("water", "--kinds", "water_danger", "--only", "gap")
        #expect(broken.status == 1 && broken.errors.contains("water/street.mp4"))
    }

    @Test("Names, numbers and documents that do not fit are refused")
    func refusals() throws {
        #expect(try run("box", "--only", "earthquake").status == 64)
        #expect(try run("box", "--jobs", "0").status == 64)
        #expect(try run("box", "--minimum", "101").status == 64)
        #expect(try run().status == 64)
        try folder.write("no marks\n", to: "other.md")
        let unmarked = try run("box", "--only", "gap", "--markdown", "other.md")
        #expect(unmarked.status == 1 && unmarked.errors.contains("robustness table: begin"))
        #expect(folder.text("other.md") == "no marks\n")
    }

    @Test("The cost of detection is told for each time, and the pictures are written raw")
    func cost() throws {
        let result = try Patrol.run(
            ["bench", "detection", "box/street.mp4", "--runs", "2", "--frames", "raw"],
            in: folder
        )
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasSuffix("pictures 150 width 320 height 180") })
        let size = try FileManager.default.attributesOfItem(atPath: folder.path("raw"))[.size]
        #expect(size as? Int == 150 * 320 * 180 * 3 / 2)
    }
}
