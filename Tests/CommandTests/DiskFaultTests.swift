import Alerts
import Foundation
import Glibc
import Scene
import Testing

/// A disk that fails while cameras are watched: nothing is lost, and nobody restarts anything.
@Suite
struct DiskFaultTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    /// Seconds that the car must stand in each zone.
    private static let dwells = [2, 4, 6, 8, 10, 12, 14]

    private func writeSite(source: String) throws {
        var text = """
            version: 1
            site: {id: test}
            dispatch:
              storms: {coolDown: 0, mergeWithin: 0}
            cameras:
              - id: gate
                source: "\(source)"
                zones:

            """
        for dwell in Self.dwells {
            text += """
                      - id: kerb-\(dwell)
                        kind: no_parking
                        polygon: [[0.2531, 0.6889], [0.7891, 0.5167], [0.7484, 0.4389],
                          [0.2438, 0.5778]]
                        dwell: \(dwell)s

                """
        }
        try folder.write(text, to: "site.yaml")
    }

    /// A library that lets changes of the data folder fail as the file `switch` says.
    private func library() throws -> String {
        let path = folder.path("disk-fault.so")
        let source = Patrol.packageRoot.appendingPathComponent("scripts/disk-fault.c").path
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["clang", "-shared", "-fPIC", "-O1", "-o", path, source]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(
            compiler.terminationStatus == 0,
            "clang, which comes with Swift, cannot compile \(source)"
        )
        return path
    }

    private func wait(_ what: String, until isSo: () -> Bool) {
        let end = ContinuousClock.now + .seconds(60)
        while .now < end, !isSo() { usleep(50_000) }
        let holds = isSo()
        #expect(holds, "\(what)")
    }

    private var events: [AlertEvent] {
        folder.text("data/alerts.jsonl").split(separator: "\n").compactMap {
            try? AlertEvent(jsonLine: String($0))
        }
    }

    @Test(
        "The cameras go on, errors come once a second, and all is there when the disk is back",
        arguments: [
            (ENOSPC, "No space left|disk is full"), (EROFS, "Read-only|I/O error|readonly"),
        ]
    )
    func fault(number: Int32, words: String) throws {
        // The car parks 8 s after the camera begins.
        let camera = try LiveCamera(try Fixtures.sample("parked_car.mp4"), from: 4)
        try writeSite(source: camera.url)
        let running = try Patrol.start(
            ["run", "--site", "site.yaml", "--data", folder.path("data")]
                + ["--checkpoint-interval", "1", "--log-level", "debug"],
            in: folder,
            environment: [
                "LD_PRELOAD": try library(), "DISK_FAULT_FOLDER": folder.path("data"),
                "DISK_FAULT_SWITCH": folder.path("switch"),
            ]
        )
        wait("an alert before the fault") { !events.isEmpty }
        try folder.write("\(number)", to: "switch")
        let before = events.count
        let begin = ContinuousClock.now
        wait("an error") { running.errors.contains("waits to be written") }
        sleep(5)
        try FileManager.default.removeItem(atPath: folder.path("switch"))
        let seconds = Int((ContinuousClock.now - begin) / .seconds(1)) + 1
        wait("every alert") { events.count { $0.type == .opened } == Self.dwells.count }
        running.signal(SIGTERM)
        let ended = try running.wait()
        #expect(ended.status == 128 + SIGTERM, "\(ended.errors)")

        // Nobody waited for the disk: the alerts are of the moments at which they were due.
        for event in events where event.type == .opened {
            let dwell = try #require(Double(event.data.zone.id.rawValue.dropFirst(5)))
            #expect((dwell - 0.2...dwell + 2).contains(event.data.dwellSeconds))
            let file = try #require(event.data.evidence.first)
            #expect(FileManager.default.fileExists(atPath: folder.path("data/\(file.file)")))
        }
        #expect(events.count > before + 1)
        #expect(Set(events.map(\.id)).count == events.count)
        let errors = ended.errors.split(separator: "\n").filter { $0.contains(" error ") }
        #expect(!errors.isEmpty && errors.count <= seconds + 1, "\(errors)")
        let reasons = words.split(separator: "|")
        #expect(errors.contains { line in reasons.contains { line.contains($0) } }, "\(errors)")
        let told = ended.output.split(separator: "\n").count { $0.contains("opened") }
        #expect(told == Self.dwells.count)
        let check = try Patrol.run(["queue", "check", "--data", "data"], in: folder)
        #expect(check.status == 0, "\(check.output)")
    }
}
