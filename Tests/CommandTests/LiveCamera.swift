import Foundation
import Glibc
import Testing

/// A real RTSP camera: it shows a recording once, at the pace of life, whoever looks or does not.
final class LiveCamera {
    let url: String
    /// When the recording began to be shown.
    let begin: ContinuousClock.Instant
    private let server = Process()
    private let feed = Process()
    private let input = Pipe()

    private static let install = """
        install what it needs: sudo apt-get install ffmpeg python3-gi \
        gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good \
        gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
        """

    /// What keeps the camera from running.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A camera that shows a recording from a second of it on.
    init(_ recording: String, from second: Double) throws {
        let port = try Self.freePort()
        let output = Pipe()
        server.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        server.arguments = [
            Patrol.packageRoot.appendingPathComponent("Tests/MediaTests/Support/rtsp-server.py")
                .path,
            """
            ( udpsrc address=127.0.0.1 port=\(port) caps="application/x-rtp,media=video,\
            encoding-name=H264,payload=96,clock-rate=90000" ! rtph264depay \
            ! h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96 )
            """,
        ]
        server.standardInput = input
        server.standardOutput = output
        feed.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        feed.arguments =
            ["-nostdin", "-loglevel", "error", "-re", "-ss", "\(second)", "-i", recording]
            + ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "12"]
            + ["-flags:v", "-global_header", "-bsf:v", "dump_extra=freq=keyframe", "-f", "rtp"]
            + ["rtp://127.0.0.1:\(port)"]
        feed.standardOutput = FileHandle.nullDevice
        do {
            try server.run()
            try feed.run()
        } catch {
            throw Failure(description: "the camera: \(error); \(Self.install)")
        }
        begin = .now
        var said = Data()
        while !said.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            said += more
        }
        let line = String(decoding: said, as: UTF8.self)
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.first == "ready", words.count == 2 else {
            throw Failure(description: "the RTSP server said \(line); \(Self.install)")
        }
        url = "rtsp://127.0.0.1:\(words[1])/stream"
    }

    deinit {
        for process in [feed, server] where process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// Waits until that many seconds of the recording have been shown.
    func wait(until seconds: Double) {
        while ContinuousClock.now < begin + .seconds(seconds) { usleep(20_000) }
    }

    /// A UDP port that nobody uses now.
    private static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0
            }
        }
        guard isBound else { throw Failure(description: "no free UDP port on 127.0.0.1") }
        return UInt16(bigEndian: address.sin_port)
    }
}
