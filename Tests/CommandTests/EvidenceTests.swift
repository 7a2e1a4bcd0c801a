import Alerts
import Foundation
import Glibc
import Scene
import Testing

/// Evidence as a user gets it: made by `patrol score`, checked by `patrol evidence`.
@Suite struct EvidenceTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func score(
        _ output: String,
        workers: Int = 2,
        videos: [String] = ["parked_car", "person_at_water"],
        site: String? = nil
    ) throws -> Patrol.Result {
        let file = try site ?? Fixtures.sample("site.yaml")
        let options = ["--site", file, "--output", output, "--workers", "\(workers)"]
        let paths = try videos.map { try Fixtures.sample("\($0).mp4") }
        return try Patrol.run(["score"] + options + paths, in: folder)
    }

    private func evidence(_ arguments: String...) throws -> Patrol.Result {
        try Patrol.run(["evidence"] + arguments, in: folder)
    }

    private func manifests(_ output: String) throws -> [EvidenceManifest] {
        try EvidenceExport.entries(of: folder.path(output)).map(\.manifest)
    }

    /// Samples of a frame of a video or picture, 64 by 36 and grey, by FFmpeg itself.
    private func frame(_ path: String, at seconds: Double?) throws -> [UInt8] {
        let seek = seconds.map { ["-ss", "\($0)"] } ?? []
        let size = ["-vf", "crop=iw:iw*9/16:0:0,scale=64:36:flags=area,format=gray"]
        let raw = try Fixtures.ffmpeg(
            ["-i", path] + seek + size + ["-frames:v", "1", "-f", "rawvideo"],
            to: "frame-\(UUID().uuidString).gray",
            in: folder
        )
        return Array(FileManager.default.contents(atPath: raw) ?? Data())
    }

    private func difference(_ a: [UInt8], _ b: [UInt8]) -> Double {
        let sum = zip(a, b).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(max(1, a.count))
    }

    @Test("An alert gets arrival, snapshot, wide pictures, close-up, composite and clip, all sound")
    func complete() throws {
        #expect(try score("out").status == 0)
        let verified = try evidence("verify", "--data", "out")
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.hasSuffix("sound\n"))
        let car = try #require(
            try manifests("out").first {
                $0.kind == .addition && $0.subject?.source.hasSuffix("parked_car") == true
            }
        )
        let kinds = Set(car.files.map(\.kind))
        #expect(kinds.isSuperset(of: [.arrival, .closeUp, .composite, .clip]), "\(car.missing)")
        #expect(car.files.count { $0.kind == .wide } + car.missing.count == 2, "\(car.missing)")
        #expect(try Contract.faults(of: folder.path("out/alerts.jsonl")) == "")
        let lines = folder.text("out/alerts.jsonl").split(separator: "\n")
        let events = lines.compactMap { try? AlertEvent(jsonLine: String($0)) }
        let event = try #require(
            events.first { $0.source.hasSuffix("parked_car") && $0.type == .opened }
        )
        let further = try #require(event.data.furtherEvidence)
        #expect(folder.text("out/\(further.file)").contains(event.data.alertID))
        #expect(event.data.evidence.first?.mark != nil)
    }

    @Test("A clip begins with a key frame, holds the event, and shows at a time what pictures show")
    func clip() throws {
        #expect(try score("out").status == 0)
        for manifest in try manifests("out") where manifest.kind == .addition {
            let clip = try #require(manifest.files.first { $0.kind == .clip })
            let path = folder.path("out/\(clip.file)")
            let start = try #require(clip.time).instant
            let event = try #require(
                folder.text("out/alerts.jsonl").split(separator: "\n").compactMap {
                    try? AlertEvent(jsonLine: String($0))
                }
                .first { $0.id == manifest.subject?.event }
            )
            let into = (event.time.instant - start).seconds
            #expect(into >= 5 && into <= (clip.seconds ?? 0), "\(into)")
            let snapshot = folder.path("out/\(event.data.evidence[0].file)")
            let picture = try frame(snapshot, at: nil)
            let same = difference(try frame(path, at: into - 0.001), picture)
            // Lines that are drawn in, and the loss of the JPEG.
            #expect(same < 12, "\(same)")
            let first = try Patrol.run(
                ["--version"],
                through: [
                    "sh", "-c",
                    "ffprobe -v error -select_streams v -show_entries frame=key_frame "
                        + "-of csv=p=0 -read_intervals %+#1 \(path)",
                ],
                in: folder
            )
            #expect(first.output.hasPrefix("1"), "\(first.output)")
        }
    }

    @Test("The same footage and key give the same evidence, byte for byte, with one worker or four")
    func determinism() throws {
        #expect(try evidence("key", "show", "--data", "one").status == 0)
        try FileManager.default.createDirectory(
            atPath: folder.path("four/keys"),
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(
            atPath: folder.path("one/keys/evidence.key"),
            toPath: folder.path("four/keys/evidence.key")
        )
        let videos = ["person_at_water", "goods_on_pavement", "parked_car"]
        #expect(try score("one", workers: 1, videos: videos).status == 0)
        #expect(try score("four", workers: 4, videos: videos).status == 0)
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path("one/evidence"))
        #expect(files.contains { $0.hasSuffix(".mp4") })
        for file in files.sorted() where file.contains(".") {
            let (one, four) = ("one/evidence/\(file)", "four/evidence/\(file)")
            let here = FileManager.default.contents(atPath: folder.path(one))
            #expect(here == FileManager.default.contents(atPath: folder.path(four)), "\(file)")
        }
        #expect(try score("four", workers: 2, videos: videos).status == 0)
        #expect(folder.text("four/evidence/chain.jsonl") == folder.text("one/evidence/chain.jsonl"))
    }

    @Test("Privacy masks cover pictures, and the clip is left out and said to be")
    func privacy() throws {
        let text = try String(contentsOfFile: Fixtures.sample("site.yaml"), encoding: .utf8)
        let masks = """
              - id: parked_car
                privacy: [{name: Windows, polygon: [[0, 0], [1, 0], [1, 0.3], [0, 0.3]]}]
            """
        try folder.write(text.replacing("  - id: parked_car", with: masks), to: "masked.yaml")
        #expect(try score("out", videos: ["parked_car"], site: "masked.yaml").status == 0)
        let added = try #require(try manifests("out").first { $0.kind == .addition })
        #expect(!added.files.contains { $0.kind == .clip })
        #expect(added.missing.contains { $0.what == "clip" && $0.why.contains("privacy") })
        for file in added.files where file.kind == .arrival || file.kind == .wide {
            let picture = try frame(folder.path("out/\(file.file)"), at: nil)
            let masked = picture[0..<(64 * 10)]
            let (least, most) = (masked.min() ?? 0, masked.max() ?? 255)
            #expect(most - least < 8, "\(file.file): \(least) to \(most)")
        }
    }

    @Test("Show finds a picture by its mark, and an export is sound by itself")
    func showAndExport() throws {
        #expect(try score("out").status == 0)
        let file = try #require(
            try manifests("out").flatMap(\.files).first { $0.kind == .closeUp }
        )
        let mark = try #require(file.mark)
        let shown = try evidence("show", "--data", "out", mark)
        #expect(shown.output.contains(file.file))
        let list = try evidence("show", "--data", "out")
        let id = try #require(
            list.output.split(separator: "\n").last?.split(separator: " ").first.map(String.init)
        )
        #expect(try evidence("export", "--data", "out", "--output", "case", id).status == 0)
        let key = try evidence("key", "show", "--data", "out").output
        try folder.write(key, to: "box.pub")
        let sound = try evidence("verify", "--data", "case", "--public-key", "box.pub")
        #expect(sound.status == 0, "\(sound.output)\(sound.errors)")
        let other = String(repeating: "0", count: 64)
        let unsound = try evidence("verify", "--data", "case", "--public-key", other)
        #expect(unsound.status == 1)
        #expect(unsound.output.contains("untrustedKey"))
    }

    @Test("A changed picture is named, and the exit status is 1")
    func tampered() throws {
        #expect(try score("out", videos: ["parked_car"]).status == 0)
        let file = try #require(try manifests("out").flatMap(\.files).first).file
        let path = folder.path("out/\(file)")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let result = try evidence("verify", "--data", "out")
        #expect(result.status == 1)
        #expect(result.output.contains("changedFile: \(file)"))
        #expect(try evidence("verify", "--data", "absent").status == 1)
        #expect(try evidence("export", "--data", "out", "--output", "x").status == 64)
    }

    @Test("A key is rotated by command, and both keys prove the chain")
    func rotation() throws {
        #expect(try score("out", videos: ["parked_car"]).status == 0)
        let old = try evidence("key", "show", "--data", "out").output.prefix(64)
        let fresh = try evidence("key", "rotate", "--data", "out").output.prefix(64)
        #expect(old != fresh)
        for key in [old, fresh] {
            let result = try evidence("verify", "--data", "out", "--public-key", String(key))
            #expect(result.status == 0, "\(result.output)")
        }
    }
}
