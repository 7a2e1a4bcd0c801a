import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct AlertLogTests {
    private let events = Sample.events(3)

    private var text: String { events.map { $0.jsonLine() + "\n" }.joined() }

    private func store(in folder: Folder) throws -> AlertStore {
        let store = try AlertStore(directory: folder.url)
        for event in events { try store.commit(event) }
        return store
    }

    @Test("Events are appended as whole lines, and a log that is opened again goes on")
    func appending() throws {
        let folder = try Folder()
        for half in [events[..<3], events[3...]] {
            let log = try AlertLog(url: folder.file(AlertLog.fileName))
            for event in half { try log.append(event) }
            #expect(log.repairedBytes == 0)
            try log.close()
        }
        #expect(try folder.text(AlertLog.fileName) == text)
    }

    @Test("A line that a crash has torn is cut off, wherever it was torn, and written anew")
    func torn() throws {
        let folder = try Folder()
        let store = try store(in: folder)
        let bytes = Array(text.utf8)
        let lastLine = events[5].jsonLine().utf8.count + 1
        let cuts = [1, 10, 21, 500, bytes.count - lastLine + 1, bytes.count - 2, bytes.count - 1]
        for cut in cuts {
            let url = try folder.write(AlertLog.fileName, bytes[..<cut])
            let log = try AlertLog(url: url)
            #expect(log.repairedBytes > 0)
            let left = try folder.text(AlertLog.fileName)
            #expect(left.isEmpty || left.hasSuffix("\n"))
            #expect(text.hasPrefix(left))
            #expect(try log.catchUp(from: store) > 0)
            #expect(try folder.text(AlertLog.fileName) == text, "cut at \(cut)")
            try log.close()
        }
    }

    @Test("A tail that a power cut left unfilled is cut off")
    func unfilled() throws {
        let folder = try Folder()
        let store = try store(in: folder)
        let line = Array((events[0].jsonLine() + "\n").utf8)
        for whole in [[], line] {
            let zeros = [UInt8](repeating: 0, count: 200_000)
            let url = try folder.write(AlertLog.fileName, whole + zeros)
            let log = try AlertLog(url: url)
            #expect(log.repairedBytes == 200_000)
            try log.catchUp(from: store)
            #expect(try folder.text(AlertLog.fileName) == text)
        }
    }

    @Test("The log catches up with the outbox at every point where a crash can have come")
    func catchUp() throws {
        let folder = try Folder()
        let store = try store(in: folder)
        for written in 0...events.count {
            let url = folder.file("\(written).jsonl")
            let log = try AlertLog(url: url)
            for event in events.prefix(written) { try log.append(event) }
            #expect(try log.catchUp(from: store) == events.count - written)
            #expect(try log.catchUp(from: store) == 0)
            #expect(try folder.text(url.lastPathComponent) == text)
        }
    }

    @Test("A log that follows every commit equals the outbox")
    func following() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let log = try AlertLog(url: folder.file(AlertLog.fileName))
        for event in events {
            try store.commit(event)
            try store.commit(event)
            #expect(try log.catchUp(from: store) == 1)
        }
        #expect(try folder.text(AlertLog.fileName) == text)
    }

    @Test("A log longer than one read is compared as a whole")
    func long() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let many = Sample.events(150)
        for event in many { try store.commit(event) }
        let url = folder.file(AlertLog.fileName)
        try AlertLog(url: url).catchUp(from: store)
        let log = try AlertLog(url: url)
        #expect(try log.catchUp(from: store) == 0)
        let lines = try folder.text(AlertLog.fileName).split(separator: "\n").map(String.init)
        #expect(lines == many.map { $0.jsonLine() })
    }

    @Test("A log that holds what its outbox does not is refused with the line, and left alone")
    func otherOutbox() throws {
        let folder = try Folder()
        let store = try store(in: folder)
        for lines in [[events[0], events[2]], events + [Sample.event(Sample.incident(number: 9))]] {
            let before = lines.map { $0.jsonLine() + "\n" }.joined()
            let url = try folder.write(AlertLog.fileName, Array(before.utf8))
            let log = try AlertLog(url: url)
            let error = failure { try log.catchUp(from: store) }
            #expect(error?.code == .invalidData)
            #expect(error?.message.contains("line \(lines.count)") == true)
            #expect(try folder.text(AlertLog.fileName) == before)
        }
    }

    @Test("A file that is no alert log is refused and left alone")
    func foreign() throws {
        let folder = try Folder()
        let url = try folder.write("notes.txt", Array("buy milk".utf8))
        let error = failure { _ = try AlertLog(url: url) }
        #expect(error?.code == .invalidData)
        #expect(error?.message.contains(url.path) == true)
        #expect(try folder.text("notes.txt") == "buy milk")
    }

    @Test("A log has one writer at a time")
    func oneWriter() throws {
        let folder = try Folder()
        let url = folder.file(AlertLog.fileName)
        let log = try AlertLog(url: url)
        #expect(code { _ = try AlertLog(url: url) } == .unavailable)
        try log.close()
        #expect(code { _ = try AlertLog(url: url) } == nil)
        #expect(code { try log.append(events[0]) } == .unavailable)
        try log.close()
    }

    @Test("A log in a folder that is not there is refused by its path")
    func noFolder() throws {
        let folder = try Folder()
        let url = folder.file("missing/alerts.jsonl")
        let error = failure { _ = try AlertLog(url: url) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(url.path) == true)
    }

    @Test("A full disk is told, and the same append may be tried again")
    func full() throws {
        let log = try AlertLog(url: URL(fileURLWithPath: "/dev/full"))
        for _ in 0..<2 {
            #expect(code { try log.append(events[0]) } == .exhausted)
        }
    }
}
