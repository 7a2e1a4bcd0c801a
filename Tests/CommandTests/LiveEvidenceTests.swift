import Alerts
import Foundation
import Glibc
import Scene
import Testing

/// Evidence of a camera that is watched, over RTSP.
@Suite struct LiveEvidenceTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func site(_ url: String) -> String {
        """
        version: 1
        site: {id: live, timeZone: Asia/Shanghai}
        evidence:
          wide: {count: 2, spacing: 2s}
          clip: {before: 3s, after: 3s}
        cameras:
          - id: bank
            name: 河岸
            source: \(url)
            zones:
              - id: steps
                name: 亲水台阶
                kind: water_danger
                polygon: [[0, 0.3], [1, 0.3], [1, 1], [0, 1]]
        """
    }

    private func manifests() -> [EvidenceManifest] {
        let entries = try? EvidenceExport.entries(of: folder.path("data"))
        return entries?.map(\.manifest) ?? []
    }

    /// Watches until an alert has all its evidence, or for that long.
    private func watched(seconds: Double) throws -> Patrol.Result {
        let camera = try LiveCamera(Fixtures.sample("person_at_water.mp4"), from: 3)
        try folder.write(site(camera.url), to: "site.yaml")
        let running = try Patrol.start(
            ["run", "--site", "site.yaml", "--data", "data"],
            in: folder
        )
        let end = ContinuousClock.now + .seconds(seconds)
        while .now < end, running.process.isRunning,
            !manifests().contains(where: { $0.kind == .addition })
        {
            usleep(100_000)
        }
        running.signal(SIGTERM)
        return try running.wait()
    }

    @Test("A watched camera's alert gets pictures and a clip that decodes from its first frame")
    func live() throws {
        let result = try watched(seconds: 90)
        let added = try #require(
            manifests().first { $0.kind == .addition },
            "\(result.errors)"
        )
        #expect(added.files.count { $0.kind == .wide } == 2, "\(added.missing)")
        let clip = try #require(added.files.first { $0.kind == .clip }, "\(added.missing)")
        let event = try #require(
            folder.text("data/alerts.jsonl").split(separator: "\n").compactMap {
                try? AlertEvent(jsonLine: String($0))
            }
            .first { $0.id == added.subject?.event }
        )
        let start = try #require(clip.time).instant
        let into = (event.time.instant - start).seconds
        #expect(into > 0 && into <= (clip.seconds ?? 0))
        let decoded = try Patrol.run(
            ["--version"],
            through: [
                "sh", "-c",
                "ffprobe -v error -select_streams v -show_entries "
                    + "frame=key_frame,best_effort_timestamp_time -of csv=p=0 data/\(clip.file)",
            ],
            in: folder
        )
        let frames = decoded.output.split(separator: "\n")
        #expect(frames.first?.hasPrefix("1,0.000000") == true, "\(decoded.output.prefix(200))")
        #expect(frames.count > 40)
        #expect(decoded.errors.isEmpty, "\(decoded.errors)")
        let verified = try Patrol.run(["evidence", "verify", "--data", "data"], in: folder)
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test("An alert whose program was killed is told to get no more, by the next start")
    func killed() throws {
        let camera = try LiveCamera(Fixtures.sample("person_at_water.mp4"), from: 3)
        try folder.write(site(camera.url), to: "site.yaml")
        let options = ["run", "--site", "site.yaml", "--data", "data"]
        let running = try Patrol.start(options, in: folder)
        while running.process.isRunning, !running.output.contains("opened") { usleep(20_000) }
        running.signal(SIGKILL)
        _ = try running.wait()
        let again = try Patrol.start(options, in: folder)
        while again.process.isRunning, !manifests().contains(where: { $0.kind == .addition }) {
            usleep(100_000)
        }
        again.signal(SIGTERM)
        _ = try again.wait()
        let added = try #require(manifests().first { $0.kind == .addition })
        #expect(added.missing.map(\.what) == ["all"])
        let verified = try Patrol.run(["evidence", "verify", "--data", "data"], in: folder)
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test("A folder of evidence that cannot be written loses no alert")
    func unwritable() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path("data"),
            withIntermediateDirectories: true
        )
        // A file stands where the camera's folder should be.
        try FileManager.default.createDirectory(
            atPath: folder.path("data/evidence"),
            withIntermediateDirectories: true
        )
        try folder.write("", to: "data/evidence/bank")
        let camera = try LiveCamera(Fixtures.sample("person_at_water.mp4"), from: 3)
        try folder.write(site(camera.url), to: "site.yaml")
        let options = ["run", "--site", "site.yaml", "--data", "data"]
        let running = try Patrol.start(options, in: folder)
        while running.process.isRunning, !running.output.contains("opened") { usleep(20_000) }
        running.signal(SIGTERM)
        _ = try running.wait()
        let event = try #require(
            folder.text("data/alerts.jsonl").split(separator: "\n").first.map(String.init)
        )
        let alert = try AlertEvent(jsonLine: event)
        #expect(alert.data.evidence.isEmpty)
        #expect(alert.data.evidenceMissing?.contains("data/evidence/bank") == true)
        #expect(try Contract.faults(of: folder.path("data/alerts.jsonl")) == "")
    }
}
