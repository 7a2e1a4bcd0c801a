import Foundation
import Testing

/// Runs a script with the Python of the package's own `.venv`.
enum Python {
    /// The folder that holds Package.swift.
    static let packageRoot = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What the script prints, errors included.
    static func run(_ script: String, _ arguments: [String], input: String = "") throws -> String {
        let interpreter = packageRoot.appendingPathComponent(".venv/bin/python3")
        try #require(
            FileManager.default.isExecutableFile(atPath: interpreter.path),
            "Python with jsonschema is missing in .venv: run `make setup`"
        )
        let folder = try Folder()
        let inputFile = try folder.write("input", Array(input.utf8))
        let process = Process()
        process.executableURL = interpreter
        process.arguments = ["-c", script] + arguments
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        try #require(process.terminationStatus == 0, "\(text); run `make setup`")
        return text
    }
}
