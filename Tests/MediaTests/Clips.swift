import Foundation

/// A step of the preparation of a test that did not work, with what to do.
struct PreparationError: Error, CustomStringConvertible {
    let description: String
}

/// Inputs of the tests, made by the `ffmpeg` program in a folder that goes away with the process.
enum Clips {
    /// The folder of all clips of this run.
    static let folder: URL = {
        let name = "media-tests-\(ProcessInfo.processInfo.processIdentifier)"
        let url = FileManager.default.temporaryDirectory.appending(path: name)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("No folder for the clips at \(url.path): \(error)")
        }
        atexit { try? FileManager.default.removeItem(at: Clips.folder) }
        return url
    }()

    /// A path for a new file, which differs for every call.
    static func path(_ name: String) -> String {
        let unique = folder.appending(path: UUID().uuidString)
        try? FileManager.default.createDirectory(at: unique, withIntermediateDirectories: true)
        return unique.appending(path: name).path
    }

    /// Makes a clip with ffmpeg and returns its path.
    ///
    /// The moving test picture is 160 x 120 at 25 frames a second.
    static func make(
        _ name: String,
        _ arguments: String...,
        seconds: Double = 1,
        size: String = "160x120",
        rate: Int = 25
    ) throws -> String {
        let path = path(name)
        let source = "testsrc2=size=\(size):rate=\(rate):duration=\(seconds)"
        try ffmpeg(["-f", "lavfi", "-i", source] + arguments.flatMap(words) + [path])
        return path
    }

    /// Writes bytes into a new file and returns its path.
    static func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = path(name)
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// All bytes of a file.
    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// Runs ffmpeg and returns its standard output.
    @discardableResult
    static func ffmpeg(_ arguments: [String]) throws -> Data {
        try run("/usr/bin/ffmpeg", ["-v", "error", "-nostdin", "-y"] + arguments)
    }

    /// All pictures of a file as ffmpeg itself decodes them, one after the other.
    static func rawVideo(_ path: String, pixelFormat: String) throws -> [UInt8] {
        let format = ["-f", "rawvideo", "-pix_fmt", pixelFormat]
        return [UInt8](try ffmpeg(["-i", path, "-map", "0:v", "-vsync", "0"] + format + ["-"]))
    }

    /// The stamps of all frames of a file by ffprobe, in seconds since the first.
    static func stamps(_ path: String) throws -> [Double] {
        let wanted = "frame=best_effort_timestamp_time"
        let output = try run(
            "/usr/bin/ffprobe",
            ["-v", "error", "-select_streams", "v:0", "-show_entries", wanted]
                + ["-of", "csv=p=0", path]
        )
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        let times = lines.compactMap { line in
            line.split(separator: ",").first.flatMap { Double($0) }
        }
        return times.map { $0 - (times.first ?? 0) }
    }

    /// Runs a program to its end; standard error goes into the error it may throw.
    private static func run(_ program: String, _ arguments: [String]) throws -> Data {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw PreparationError(
                description: "\(program) is missing; install it: apt-get install ffmpeg"
            )
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        let messages = try write("messages.txt", [])
        process.standardError = FileHandle(forWritingAtPath: messages)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let text = String(decoding: try bytes(messages), as: UTF8.self)
            throw PreparationError(description: "\(program) \(arguments): \(text)")
        }
        return data
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}
