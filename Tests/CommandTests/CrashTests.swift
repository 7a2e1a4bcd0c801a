import Foundation
import Glibc
import Testing

/// The short form of `make crash-suite`.
@Suite
struct CrashTests {
    @Test("Killed at ten moments under load, no alert is lost and none handed out twice in effect")
    func suite() throws {
        let folder = try Folder()
        let script = Patrol.packageRoot.appendingPathComponent("scripts/crash_suite.py").path
        let result = try Patrol.run(
            ["--kills", "10", "--work", folder.url.path],
            through: ["/usr/bin/python3", script, "--patrol"],
            in: folder
        )
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("10 kills"))
    }

    @Test("A signal that comes twice at once, as timeout sends it, is one request to stop")
    func twice() throws {
        let folder = try Folder()
        try folder.write(
            """
            version: 1
            site: {id: test}
            cameras:
              - id: gate
                source: rtsp://127.0.0.1:9/stream
                zones: []
            """,
            to: "site.yaml"
        )
        let running = try Patrol.start(
            ["run", "--site", "site.yaml", "--data", "data"],
            in: folder
        )
        let end = ContinuousClock.now + .seconds(60)
        while .now < end, !running.errors.contains("next try in") { usleep(20_000) }
        running.signal(SIGTERM)
        usleep(30_000)
        running.signal(SIGTERM)
        let ended = try running.wait()
        #expect(ended.status == 128 + SIGTERM)
        #expect(ended.errors.contains("stopped"))
    }
}
