import Foundation
import Testing

/// What the sample streams show is found once, and nothing else.
@Suite
struct SampleTests {
    private struct Report: Decodable {
        struct Counts: Decodable {
            var truePositives: Int
            var falseNegatives: Int
            var falsePositives: Int
            var duplicates: Int
        }

        struct Clip: Decodable {
            var name: String
            var truePositives: Int
            var falsePositives: Int
            var duplicates: Int
        }

        var clips: [Clip]
        var total: Counts
    }

    static let scenes = [
        "goods_on_pavement", "hard_negative", "parked_car", "person_at_water", "red_light_queue",
    ]

    @Test("Every event of the sample streams is found once, without a false alert")
    func samples() throws {
        let folder = try Folder()
        for scene in Self.scenes {
            let clip = URL(fileURLWithPath: folder.path(scene))
            try FileManager.default.createDirectory(at: clip, withIntermediateDirectories: true)
            for (from, to) in [
                ("\(scene).mp4", "\(scene).mp4"), ("\(scene).truth.json", "truth.json"),
            ] {
                try FileManager.default.createSymbolicLink(
                    at: clip.appendingPathComponent(to),
                    withDestinationURL: URL(fileURLWithPath: Fixtures.sample(from))
                )
            }
        }
        let result = try Patrol.run(
            ["tune", "evaluate"] + Self.scenes + ["--output", "report", "--minimum-f1", "1"],
            in: folder
        )
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        let text = folder.text("report/report.json")
        let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
        #expect(report.total.truePositives == 4)
        #expect(report.total.falseNegatives == 0)
        for clip in report.clips {
            #expect(clip.falsePositives == 0, "\(clip.name)")
            #expect(clip.duplicates == 0, "\(clip.name)")
        }
    }
}
