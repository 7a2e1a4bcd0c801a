import Alerts
import Foundation
import Glibc
import Scene
import Testing

/// A live camera is watched on after a restart as if there had been none.
@Suite
struct RestartTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private static let zone = """
            zones:
              - id: kerb
                kind: no_parking
                polygon: [[0.2531, 0.6889], [0.7891, 0.5167], [0.7484, 0.4389], [0.2438, 0.5778]]
                dwell: 10s

        """

    private func writeSite(source: String) throws {
        let camera = "cameras:\n  - id: gate\n    source: \"\(source)\"\n"
        try folder.write("version: 1\nsite:\n  id: test\n" + camera + Self.zone, to: "site.yaml")
    }

    private func start() throws -> Patrol.Running {
        try Patrol.start(
            ["run", "--site", "site.yaml", "--data", "data", "--checkpoint-interval", "1"]
                + ["--log-level", "debug"],
            in: folder
        )
    }

    /// Waits until a program has written a text, for a minute at most.
    private func wait(for text: String, in stream: () -> String) {
        let end = ContinuousClock.now + .seconds(60)
        while .now < end, !stream().contains(text) { usleep(20_000) }
        #expect(stream().contains(text))
    }

    @Test("Killed in the middle of a dwell and again after the alert: it comes once and in time")
    func killed() throws {
        // The car parks 8 s after the camera begins, and is due 10 s later.
        let camera = try LiveCamera(try Fixtures.sample("parked_car.mp4"), from: 4)
        try writeSite(source: camera.url)
        let first = try start()
        camera.wait(until: 13)
        #expect(first.output.isEmpty)
        #expect(first.errors.contains("kept its state"))
        first.signal(SIGKILL)
        #expect(try first.wait().status == 128 + SIGKILL)

        let second = try start()
        wait(for: "opened", in: { second.output })
        let shown = (ContinuousClock.now - camera.begin) / .seconds(1)
        second.signal(SIGKILL)
        #expect(try second.wait().status == 128 + SIGKILL)
        #expect(second.errors.contains("goes on from its state"))
        #expect((17.5..<24).contains(shown), "told after \(shown) s")

        let third = try start()
        wait(for: "goes on from its state", in: { third.errors })
        sleep(3)
        third.signal(SIGTERM)
        let ended = try third.wait()
        #expect(ended.status == 128 + SIGTERM)
        #expect(ended.errors.contains("; open: 1"))
        #expect(ended.output.isEmpty)

        let lines = folder.text("data/alerts.jsonl").split(separator: "\n").map(String.init)
        #expect(lines.count == 1)
        let event = try AlertEvent(jsonLine: try #require(lines.first))
        #expect(event.type == .opened)
        #expect((9.9..<12).contains(event.data.dwellSeconds))
        #expect(event.data.observedSince == nil)
        #expect(event.data.clockQuality == .host)
        let state = try FileManager.default.contentsOfDirectory(atPath: folder.path("data/state"))
        #expect(state == ["gate.checkpoint"])
    }

    @Test("A torn state is told, moved aside and survived")
    func torn() throws {
        try writeSite(source: "rtsp://127.0.0.1:9/stream")
        try FileManager.default.createDirectory(
            atPath: folder.path("data/state"),
            withIntermediateDirectories: true
        )
        try folder.write("smartpatrol-checkpoint 3 00ff\ntorn", to: "data/state/gate.checkpoint")
        let running = try start()
        wait(for: "next try in", in: { running.errors })
        running.signal(SIGTERM)
        let ended = try running.wait()
        #expect(ended.status == 128 + SIGTERM)
        #expect(ended.errors.contains("it is torn or damaged"))
        let state = try FileManager.default.contentsOfDirectory(atPath: folder.path("data/state"))
        #expect(state == ["gate.checkpoint.damaged"])
    }
}
