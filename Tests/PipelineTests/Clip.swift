import Foundation
import Testing

/// Makes short videos with FFmpeg's command line.
enum Clip {
    /// Runs ffmpeg in a new folder and returns the path of the file that it wrote there.
    static func make(_ name: String, _ arguments: [String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("clip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent(name).path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments = ["-nostdin", "-loglevel", "error", "-y"] + arguments + [path]
        do {
            try process.run()
        } catch {
            Issue.record("ffmpeg is missing: sudo apt-get install ffmpeg")
            throw error
        }
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "ffmpeg \(arguments)")
        return path
    }

    /// Frames of a moving test card at 10 a second.
    static func card(
        _ name: String = "card.mp4",
        seconds: Int,
        extra: [String] = []
    ) throws -> String {
        let source = "testsrc2=size=320x180:rate=10:duration=\(seconds)"
        return try make(name, ["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p"] + extra)
    }
}
