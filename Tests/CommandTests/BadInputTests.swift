import Foundation
import Testing

/// Whatever is wrong with one input is told by name, and the others are scored.
@Suite
struct BadInputTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
        try folder.write(Fixtures.site, to: "site.yaml")
    }

    private func score(_ videos: [String], through wrapper: [String] = []) throws -> Patrol.Result {
        try Patrol.run(
            ["score", "--site", "site.yaml", "--output", "out"] + videos,
            through: wrapper,
            in: folder
        )
    }

    /// Scores a bad input between two good ones, and expects one error line about it.
    private func expectRefused(_ bad: String, _ reason: String) throws {
        let good = try Fixtures.video(in: folder)
        try FileManager.default.copyItem(atPath: good, toPath: folder.path("second.mp4"))
        let result = try score([good, bad, "second.mp4"])
        #expect(result.status == 1)
        let lines = result.errors.split(separator: "\n").filter { $0.hasPrefix("error:") }
        #expect(lines.count == 1)
        #expect(lines.first?.contains(bad) == true)
        #expect(lines.first?.contains(reason) == true, "\(lines)")
        let summary = folder.text("out/summary.csv").split(separator: "\n")
        #expect(summary.filter { $0.contains(",gate,ok,") }.count == 2)
        #expect(summary.count == 4)
    }

    @Test("A file that is not there")
    func missing() throws {
        try expectRefused("absent.mp4", "does not exist")
    }

    @Test("An empty file")
    func empty() throws {
        try folder.write("", to: "empty.mp4")
        try expectRefused("empty.mp4", "empty")
    }

    @Test("A text file named .mp4")
    func text() throws {
        try folder.write(String(repeating: "This is not a video.\n", count: 200), to: "text.mp4")
        try expectRefused("text.mp4", "video")
    }

    @Test("An MP4 without its end, where its index is")
    func truncated() throws {
        let whole = try Fixtures.ffmpeg(
            ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=5"],
            to: "whole.mp4",
            in: folder
        )
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: folder.path("cut.mp4")))
        try expectRefused("cut.mp4", "cut.mp4")
    }

    @Test("An MP4 that breaks off is scored as far as it goes")
    func brokenOff() throws {
        let whole = try Fixtures.video("whole.mp4", seconds: 20, in: folder)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: folder.path("cut.mp4")))
        let result = try score(["cut.mp4"])
        #expect(result.status == 1)
        #expect(result.errors.contains("error: cut.mp4: ends after"))
        #expect(folder.text("out/summary.csv").contains("cut.mp4,gate,cut_short,"))
    }

    @Test("A file with sound only")
    func soundOnly() throws {
        _ = try Fixtures.ffmpeg(
            ["-f", "lavfi", "-i", "sine=duration=2"],
            to: "sound.mp4",
            in: folder
        )
        try expectRefused("sound.mp4", "video")
    }

    @Test("A folder")
    func directory() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path("clips"),
            withIntermediateDirectories: false
        )
        try expectRefused("clips", "directory")
    }

    @Test("A live source")
    func live() throws {
        try expectRefused("rtsp://camera/1", "patrol run")
        let result = try score(["rtsp://user:sesame@camera/1"])
        #expect(!(result.errors + folder.text("out/summary.csv")).contains("sesame"))
    }

    @Test("A file that may not be read")
    func unreadable() throws {
        _ = try Fixtures.video("locked.mp4", in: folder)
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path("locked.mp4"))
        try manager.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.url.path)
        let isRoot = getuid() == 0
        let result = try Patrol.run(
            ["score", "--site", "site.yaml", "--output", "out", "locked.mp4"],
            through: isRoot ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : [],
            in: folder
        )
        #expect(result.status == 1)
        #expect(result.errors.contains("locked.mp4 may not be read"), "\(result.errors)")
    }

    @Test("A video that no camera of the site matches names the cameras")
    func whichCamera() throws {
        let second = "  - id: pond\n    name: Pond\n    zones: []\n"
        try folder.write(Fixtures.site + second, to: "site.yaml")
        let good = try Fixtures.video("gate-monday.mp4", in: folder)
        _ = try Fixtures.video("other.mp4", in: folder)
        let result = try score([good, "other.mp4"])
        #expect(result.status == 1)
        #expect(
            result.errors.contains("other.mp4: which camera is it from? The site has gate, pond")
        )
        #expect(folder.text("out/summary.csv").contains("gate-monday.mp4,gate,ok,"))
    }

    @Test("An output folder that is a file")
    func outputIsFile() throws {
        let good = try Fixtures.video(in: folder)
        try folder.write("", to: "out")
        let result = try score([good])
        #expect(result.status == 1)
        #expect(result.errors.contains("error: out is a file"))
    }

    @Test("A full disk ends the run with an error and status 1")
    func fullDisk() throws {
        let good = try Fixtures.video(in: folder)
        let limited = ["bash", "-c", "ulimit -f 1; exec \"$0\" \"$@\""]
        let result = try score([good], through: limited)
        #expect(result.status == 1)
        #expect(result.errors.contains("error: "), "\(result.errors)")
    }
}
