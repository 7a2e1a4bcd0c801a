import Foundation
import Glibc
import Testing

@Suite
struct RunTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func writeSite(sources: [String]) throws {
        var text = "version: 1\nsite:\n  id: test\ncameras:\n"
        for (index, source) in sources.enumerated() {
            text += "  - id: camera-\(index)\n    source: \"\(source)\"\n    zones:\n"
            text += "      - id: lane\n        kind: no_parking\n"
            text += "        polygon: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]\n"
        }
        try folder.write(text, to: "site.yaml")
    }

    @Test("Cameras that are files end the run when all are over")
    func files() throws {
        _ = try Fixtures.video("a.mp4", seconds: 1, in: folder)
        _ = try Fixtures.video("b.mp4", seconds: 2, in: folder)
        try writeSite(sources: ["a.mp4", "b.mp4"])
        let begin = ContinuousClock.now
        let result = try Patrol.run(["run", "--site", "site.yaml", "--data", "data"], in: folder)
        #expect(result.status == 0, "\(result.errors)")
        #expect(ContinuousClock.now - begin > .seconds(1.8))
        #expect(FileManager.default.fileExists(atPath: folder.path("data/alerts.jsonl")))
    }

    @Test("A camera that fails is named, disturbs no other, and makes the status 1")
    func oneFails() throws {
        _ = try Fixtures.video("a.mp4", seconds: 1, in: folder)
        try writeSite(sources: ["absent.mp4", "a.mp4"])
        let result = try Patrol.run(["run", "--site", "site.yaml", "--data", "data"], in: folder)
        #expect(result.status == 1)
        #expect(result.errors.contains("absent.mp4 does not exist"))
        #expect(result.errors.contains("the recording is over"))
    }

    @Test("A refused live source is tried again, its password never shown, until SIGTERM")
    func refused() throws {
        try writeSite(sources: ["rtsp://user:${CAMERA_PASSWORD}@127.0.0.1:9/stream"])
        let running = try Patrol.start(
            ["run", "--site", "site.yaml", "--data", "data"],
            in: folder,
            environment: ["CAMERA_PASSWORD": "sesame"]
        )
        var seen = ""
        while running.process.isRunning, !seen.contains("next try in") {
            usleep(20_000)
            seen = running.errors
        }
        let begin = ContinuousClock.now
        running.signal(SIGTERM)
        let result = try running.wait()
        #expect(result.status == 128 + SIGTERM)
        #expect(ContinuousClock.now - begin < .seconds(5))
        #expect(result.errors.contains("127.0.0.1:9"))
        #expect(!result.errors.contains("sesame"))
    }
}
