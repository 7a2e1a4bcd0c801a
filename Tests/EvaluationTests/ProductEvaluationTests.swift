import Foundation
import Testing

@testable import Evaluation

/// The whole product on clips that FFmpeg draws: a dark box drives in, stops and stays.
@Suite struct ProductEvaluationTests {
    private let truth = """
        {"video": "street.mp4", "width": 320, "height": 180, "duration_s": 30,
         "zones": [{"id": "kerb", "kind": "no_parking", "dwell_s": 6,
                    "polygon": [[20, 60], [300, 60], [300, 175], [20, 175]]}],
         "events": [{"zone": "kerb", "kind": "no_parking", "start_s": 8.2, "end_s": 30,
                     "bbox": [120, 100, 60, 36]}]}
        """

    private func draw(_ video: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments = [
            "-nostdin", "-loglevel", "error", "-y",
            "-f", "lavfi", "-i", "color=c=0x808080:s=320x180:r=10:d=30",
            "-f", "lavfi", "-i", "color=c=0x182028:s=60x36:r=10:d=30",
            "-filter_complex",
            "[0]noise=all_seed=5:alls=30[street];"
                + "[street][1]overlay=x=min(-70+max(t-5\\,0)*60\\,120):y=100",
            "-pix_fmt", "yuv420p", video.path,
        ]
        do {
            try process.run()
        } catch {
            Issue.record("ffmpeg is missing: sudo apt-get install ffmpeg")
            throw error
        }
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test("A box that stops is found, with the same bytes by one worker and by three")
    func findsTheBox() throws {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "product-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let names = ["one", "two", "three", "broken"]
        let folders = names.map { root.appending(path: $0) }
        for folder in folders {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(truth.utf8).write(to: folder.appending(path: "truth.json"))
        }
        try draw(folders[0].appending(path: "street.mp4"))
        for folder in folders[1...2] {
            try FileManager.default.copyItem(
                at: folders[0].appending(path: "street.mp4"),
                to: folder.appending(path: "street.mp4")
            )
        }
        try Data("not a video".utf8).write(to: folders[3].appending(path: "street.mp4"))

        func alerts(workers: Int) throws -> [Data] {
            let output = root.appending(path: "results-\(workers)")
            let report = try FolderEvaluation.run(
                folders: folders,
                output: output,
                workers: workers
            )
            #expect(report.total.truePositives == 3 && report.total.falseNegatives == 0)
            #expect(report.clips.allSatisfy { abs($0.mediaSeconds - 30) < 0.2 })
            #expect(report.failures.map(\.name) == ["broken"])
            #expect(report.failures.allSatisfy { $0.message.contains("broken/street.mp4") })
            return try names.dropLast().map { name in
                try Data(contentsOf: output.appending(path: "\(name)/alerts.jsonl"))
            }
        }
        let alone = try alerts(workers: 1)
        #expect(Set(alone).count == 1)
        #expect(try alerts(workers: 3) == alone)
    }
}
