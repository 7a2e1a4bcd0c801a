import Foundation
import Glibc

/// A real RTSP server in a process of its own, which ends with this object.
final class RTSPServer {
    let url: String
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// A live test picture, 160 x 120 at 25 frames a second, with a key frame every second.
    static let testPicture = """
        ( videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=25/1 \
        ! x264enc tune=zerolatency key-int-max=25 ! rtph264pay name=pay0 pt=96 )
        """

    /// What this server needs, as a command.
    private static let install = """
        install what it needs: apt-get install python3-gi gir1.2-gst-rtsp-server-1.0 \
        gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad \
        gstreamer1.0-plugins-ugly
        """

    init(pipeline: String = testPicture, user: String? = nil, password: String = "") throws {
        guard
            let script = Bundle.module.url(
                forResource: "rtsp-server",
                withExtension: "py",
                subdirectory: "Support"
            )
        else { throw PreparationError(description: "Support/rtsp-server.py is missing") }
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let access = user.map { ["--user", $0, "--password", password] } ?? []
        process.arguments = [script.path] + access + [pipeline]
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw PreparationError(description: "the RTSP server: \(error); \(Self.install)")
        }
        let words = Self.firstLine(output).split(whereSeparator: \.isWhitespace)
        guard words.first == "ready", words.count == 2 else {
            throw PreparationError(description: "the RTSP server did not start; \(Self.install)")
        }
        url = "rtsp://127.0.0.1:\(words[1])/stream"
    }

    deinit {
        send(SIGKILL)
        process.waitUntilExit()
    }

    /// What the server prints first, or nothing if it ends or takes half a minute.
    private static func firstLine(_ output: Pipe) -> String {
        let source = output.fileHandleForReading.fileDescriptor
        var wanted = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.last != UInt8(ascii: "\n"), poll(&wanted, 1, 30_000) > 0 {
            guard read(source, &byte, 1) == 1 else { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Sends the server a signal: SIGSTOP freezes it, as a dead cable does.
    func send(_ signal: Int32) {
        guard process.isRunning else { return }
        kill(process.processIdentifier, signal)
    }
}
