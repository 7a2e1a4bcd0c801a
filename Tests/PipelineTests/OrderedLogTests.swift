import Foundation
import Testing

@testable import Pipeline

@Suite
struct OrderedLogTests {
    private let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("log-\(UUID().uuidString).jsonl").path

    private func line(_ id: String) -> String { "{\"id\":\"\(id)\"}" }

    private func ids() throws -> [String] {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return text.split(separator: "\n").map { String($0.dropFirst(7).dropLast(2)) }
    }

    private func append(_ id: String, _ recording: Int, to log: OrderedLog) throws {
        try log.append(line(id), id: id, of: recording)
    }

    @Test("Alerts lie in the order of recordings, whichever is faster")
    func order() throws {
        let log = try OrderedLog(path: path, recordings: 3)
        try append("c1", 2, to: log)
        try append("b1", 1, to: log)
        try append("a1", 0, to: log)
        try log.finish(2)
        try append("b2", 1, to: log)
        try log.finish(0)
        try append("b3", 1, to: log)
        try log.finish(1)
        #expect(try ids() == ["a1", "b1", "b2", "b3", "c1"])
    }

    @Test("Alerts of the first unfinished recording are written as they come")
    func immediately() throws {
        let log = try OrderedLog(path: path, recordings: 2)
        try append("b1", 1, to: log)
        try append("a1", 0, to: log)
        #expect(try ids() == ["a1"])
    }

    @Test("A run after one that broke off goes on where that ended, its torn line cut off")
    func goesOn() throws {
        try Data("\(line("a1"))\n\(line("a2"))\n{\"id\":\"a".utf8)
            .write(to: URL(fileURLWithPath: path))
        let log = try OrderedLog(path: path, recordings: 1)
        for id in ["a1", "a2", "a3"] { try append(id, 0, to: log) }
        #expect(try ids() == ["a1", "a2", "a3"])
    }

    @Test("A file that holds something else is refused by line")
    func foreign() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("\(line("a1"))\nhello\n".utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: PipelineError.self) {
            try OrderedLog(path: path, recordings: 1)
        }
        #expect(error?.message == "\(path): line 2 is not an alert; move the file away to go on")
    }

    @Test("Two runs do not write one file at once")
    func locked() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try OrderedLog(path: path, recordings: 1)
        #expect(throws: PipelineError.self) { try OrderedLog(path: path, recordings: 1) }
        withExtendedLifetime(first) {}
    }
}
