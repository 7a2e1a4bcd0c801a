import Foundation
import Glibc
import Testing

/// What keeps a test from being made.
struct PreparationError: Error, CustomStringConvertible {
    let description: String
}

/// A folder of a test's own, removed with the value.
final class Folder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("sinks-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
    }

    func lines(_ name: String) -> [String] {
        text(name).split(separator: "\n").map(String.init)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }
}

/// A program that runs beside a test and ends with this object.
final class Service {
    let process = Process()

    /// Starts a program; its output goes into a file of the folder.
    init(_ program: String, _ arguments: [String], output: String, in folder: Folder) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PATH": "/usr/sbin:/usr/bin:/bin"]
        ) { $1 }
        let path = folder.path(output)
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(fileURLWithPath: path))
        }
        let file = FileHandle(forWritingAtPath: path)
        try file?.seekToEnd()
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        end(SIGKILL)
    }

    var isRunning: Bool { process.isRunning }

    /// Ends it and waits until it is gone.
    func end(_ signal: Int32) {
        guard process.isRunning else { return }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
    }

    /// Sends a signal that does not end it: SIGSTOP freezes it.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// A TCP port of the loopback that nobody uses now, and that no connection is given by chance
    /// while a server is down for a moment.
    static func freePort() throws -> Int {
        for _ in 0..<1000 {
            let port = Int.random(in: 20_000..<32_000)
            if call(bind, port) { return port }
        }
        throw PreparationError(description: "no free port on 127.0.0.1")
    }

    /// Whether somebody listens at a port of the loopback.
    static func listens(_ port: Int) -> Bool { call(connect, port) }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32,
        _ port: Int
    ) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                function(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Runs a program to its end.
    static func run(_ program: String, _ arguments: [String], in folder: Folder) throws {
        let service = try Service(program, arguments, output: "run.log", in: folder)
        service.process.waitUntilExit()
        try #require(
            service.process.terminationStatus == 0,
            "\(program) failed: \(folder.text("run.log")); run `make setup`"
        )
    }
}

/// Waits until something is so; fails where it has not come to be within a minute.
func eventually(_ what: String, _ condition: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(60)
    while try !condition() {
        try #require(ContinuousClock.now < end, "it never came to be that \(what)")
        usleep(20_000)
    }
}
