import Foundation
import Glibc
import Testing

/// Runs the built `patrol` as a user would.
enum Patrol {
    /// What a run came to.
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The folder that holds Package.swift.
    static let packageRoot = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The program, beside the test bundle that this code is part of.
    static let program: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let beside = own.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("patrol")
                .path
        }
        if let beside, FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return packageRoot.appendingPathComponent(".build/release/patrol").path
    }()

    /// Runs a program to its end, without a terminal.
    static func run(
        _ arguments: [String],
        through wrapper: [String] = [],
        in folder: Folder,
        environment: [String: String] = [:]
    ) throws -> Result {
        let running = try start(arguments, through: wrapper, in: folder, environment: environment)
        return try running.wait()
    }

    /// Starts a program and comes back at once.
    static func start(
        _ arguments: [String],
        through wrapper: [String] = [],
        in folder: Folder,
        environment: [String: String] = [:]
    ) throws -> Running {
        try #require(
            FileManager.default.isExecutableFile(atPath: program),
            "\(program) is missing: run `make build`"
        )
        let command = wrapper + [program] + arguments
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let running = Running(process: process, folder: folder)
        process.standardOutput = try running.file("out")
        process.standardError = try running.file("err")
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return running
    }

    /// A program that was started.
    struct Running {
        let process: Process
        let folder: Folder
        private let name = UUID().uuidString

        init(process: Process, folder: Folder) {
            self.process = process
            self.folder = folder
        }

        fileprivate func file(_ suffix: String) throws -> FileHandle {
            let path = folder.path("\(name).\(suffix)")
            try Data().write(to: URL(fileURLWithPath: path))
            let handle = FileHandle(forWritingAtPath: path)
            return try #require(handle)
        }

        /// What it has written to standard output so far.
        var output: String { folder.text("\(name).out") }

        /// What it has written to standard error so far.
        var errors: String { folder.text("\(name).err") }

        func signal(_ number: Int32) {
            kill(process.processIdentifier, number)
        }

        /// Waits for its end; a signal that ended it counts as 128 and its number.
        func wait() throws -> Result {
            process.waitUntilExit()
            let isKilled = process.terminationReason == .uncaughtSignal
            return Result(
                status: process.terminationStatus + (isKilled ? 128 : 0),
                output: output,
                errors: errors
            )
        }
    }
}

/// A folder of its own that goes away with the last reference to it.
final class Folder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("patrol-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    }
}
