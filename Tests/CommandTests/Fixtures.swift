import Foundation
import Testing

/// Site files and videos that the tests run on.
enum Fixtures {
    /// A site with one camera named `gate`.
    static let site = """
        version: 1
        site:
          id: test
          name: Test site
          timeZone: Asia/Shanghai
        cameras:
          - id: gate
            name: Gate
            startTime: "2026-05-01T08:00:00+08:00"
            zones:
              - id: lane
                name: Lane
                kind: no_parking
                polygon: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]
                dwell: 2s

        """

    /// A site whose camera `car` sees the car of the sample stream park.
    static let parking = """
        version: 1
        site: {id: test}
        cameras:
          - id: car
            startTime: "2026-05-01T08:00:00+08:00"
            zones:
              - id: kerb
                kind: no_parking
                polygon: [[0.2531, 0.6889], [0.7891, 0.5167], [0.7484, 0.4389], [0.2438, 0.5778]]
                dwell: 10s

        """

    /// Runs FFmpeg's command line; the last argument is the file it writes in the folder.
    static func ffmpeg(_ arguments: [String], to name: String, in folder: Folder) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments =
            ["-nostdin", "-loglevel", "error", "-y"] + arguments + [folder.path(name)]
        do {
            try process.run()
        } catch {
            Issue.record("ffmpeg is missing: sudo apt-get install ffmpeg")
            throw error
        }
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "ffmpeg \(arguments)")
        return folder.path(name)
    }

    /// A short video that anybody can decode.
    static func video(
        _ name: String = "gate.mp4",
        seconds: Int = 2,
        in folder: Folder
    ) throws -> String {
        let source = "testsrc2=size=320x180:rate=10:duration=\(seconds)"
        return try ffmpeg(
            ["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
            to: name,
            in: folder
        )
    }

    /// Path of something among the sample streams.
    static func sample(_ name: String) throws -> String {
        let path = Patrol.packageRoot.appendingPathComponent("SampleStreams/\(name)").path
        try #require(
            FileManager.default.fileExists(atPath: path),
            "\(path) is missing: run `make samples`"
        )
        return path
    }
}
