import Foundation
import Testing

/// `patrol tune crops` from the command line to its files.
@Suite struct CropsTests {
    private static let crop = 6 * 48 * 48

    private struct Line: Decodable {
        var time: Double
        var object: Int
        var mobility: String
        var box: [Double]
        var picture: [Int]
        var shapeClass: String
    }

    private func lines(_ folder: Folder, _ name: String) throws -> [Line] {
        try folder.text(name).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test("Every look has its samples and its line, few for each object and well apart")
    func sample() throws {
        let folder = try Folder()
        let video = try Fixtures.sample("parked_car.mp4")
        let result = try Patrol.run(["tune", "crops", video, "--out", "seen"], in: folder)
        #expect(result.status == 0, "\(result.errors)")
        let lines = try lines(folder, "seen/crops.jsonl")
        let samples = try Data(contentsOf: folder.url.appendingPathComponent("seen/crops.u8"))
        #expect(!lines.isEmpty && samples.count == lines.count * Self.crop)
        #expect(result.output.hasPrefix("\(lines.count) looks from "))
        #expect(lines.contains { $0.mobility == "static" })
        for (_, looks) in Dictionary(grouping: lines, by: \.object) {
            #expect(looks.count <= 8)
            for (one, next) in zip(looks, looks.dropFirst()) {
                #expect(next.time - one.time >= 0.4)
            }
        }
        #expect(lines.allSatisfy { $0.box.count == 4 && $0.picture == lines[0].picture })
    }

    @Test("A box that stops is cut out with the empty street behind it")
    func contents() throws {
        let folder = try Folder()
        let video = try Fixtures.ffmpeg(
            [
                "-f", "lavfi", "-i", "color=c=0x808080:s=320x180:r=10:d=30",
                "-f", "lavfi", "-i", "color=c=0x181818:s=60x36:r=10:d=30",
                "-filter_complex",
                "[0]noise=all_seed=5:alls=20[street];"
                    + "[street][1]overlay=x=min(-70+max(t-5\\,0)*60\\,120):y=100",
                "-pix_fmt", "yuv420p",
            ],
            to: "street.mp4",
            in: folder
        )
        let arguments = ["tune", "crops", video, "--out", "a", "--looks", "3", "--spacing", "2"]
        #expect(try Patrol.run(arguments, in: folder).status == 0)
        let lines = try lines(folder, "a/crops.jsonl")
        let samples = [UInt8](try Data(contentsOf: folder.url.appendingPathComponent("a/crops.u8")))
        let index = try #require(lines.lastIndex { $0.mobility == "static" })
        let plane = 48 * 48
        let centre = index * Self.crop + 24 * 48 + 24
        #expect(samples[centre] < 60, "the box now")
        #expect(samples[centre + 3 * plane] > 90, "the street behind")
        #expect(Dictionary(grouping: lines, by: \.object).values.allSatisfy { $0.count <= 3 })
        let again = ["tune", "crops", video, "--out", "b", "--looks", "3", "--spacing", "2"]
        #expect(try Patrol.run(again, in: folder).status == 0)
        #expect(folder.text("a/crops.jsonl") == folder.text("b/crops.jsonl"))
    }

    @Test("What cannot be read or written is named, and numbers that do not fit are refused")
    func refusals() throws {
        let folder = try Folder()
        let missing = try Patrol.run(["tune", "crops", "none.mp4", "--out", "seen"], in: folder)
        #expect(missing.status == 1 && missing.errors.contains("none.mp4"))
        let video = try Fixtures.video(in: folder)
        try folder.write("a file", to: "taken")
        let taken = try Patrol.run(["tune", "crops", video, "--out", "taken"], in: folder)
        #expect(taken.status == 1 && taken.errors.contains("taken: the crops cannot be written"))
        for wrong in [["--looks", "1"], ["--spacing", "0"], ["--rate", "0"], []] {
            let place = wrong.isEmpty ? [] : ["--out", "x"]
            let result = try Patrol.run(["tune", "crops", video] + place + wrong, in: folder)
            #expect(result.status == 64)
        }
    }
}
