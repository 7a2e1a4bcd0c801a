import Foundation
import GRDB
import Scene
import Testing

@testable import Alerts

@Suite
struct AlertStoreTests {
    @Test("Events come back in the order in which they were committed, page by page")
    func order() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let events = Sample.events(5).reversed().map { $0 }
        for event in events {
            #expect(try store.commit(event, recordedAt: Instant(microseconds: 1_500_000)))
        }
        var read: [StoredEvent] = []
        while true {
            let page = try store.events(after: read.last?.sequence ?? 0, limit: 3)
            if page.isEmpty { break }
            #expect(page.count <= 3)
            read += page
        }
        #expect(read.map(\.line) == events.map { $0.jsonLine() })
        #expect(try read.map { try $0.event() } == events.map(QueueEvent.alert))
        #expect(read.map(\.sequence) == read.map(\.sequence).sorted())
        #expect(read.allSatisfy { $0.recordedAt == Instant(microseconds: 1_500_000) })
        #expect(!read[0].line.contains("1970-01-01T00:00:01"))
    }

    @Test("A repeat is harmless and is told from a new event")
    func repeats() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let event = Sample.event(Sample.incident())
        #expect(try store.commit(event))
        #expect(try !store.commit(event))
        #expect(try !store.commit(event, recordedAt: Instant(microseconds: 9)))
        #expect(try store.events(limit: 10).count == 1)
    }

    @Test("Another content under the same name is refused by its name")
    func conflict() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let event = Sample.event(Sample.incident())
        try store.commit(event)
        let error = failure { try store.commit(Sample.event(Sample.incident(severity: .info))) }
        #expect(error?.code == .invalidData)
        #expect(error?.message.contains(event.id) == true)
        #expect(try store.events(limit: 10).map(\.line) == [event.jsonLine()])
    }

    @Test("A commit waits for the disk: the database runs in WAL mode with synchronous FULL")
    func durability() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let writer = try #require(store.writer)
        let (mode, level) = try writer.write { database in
            (
                try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(database, sql: "PRAGMA synchronous")
            )
        }
        #expect(mode == "wal")
        #expect(level == 2)
    }

    @Test("What was committed is in the files at that instant")
    func crash() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let events = Sample.events(3)
        for (count, event) in events.enumerated() {
            try store.commit(event)
            let image = try Folder()
            for suffix in ["", "-wal"] {
                let name = AlertStore.fileName + suffix
                try FileManager.default.copyItem(at: folder.file(name), to: image.file(name))
            }
            let found = try AlertStore(directory: image.url)
            #expect(try found.events(limit: 10).count == count + 1)
            #expect(try !found.commit(event))
            #expect(try found.commit(Sample.event(Sample.incident(number: 9))))
        }
    }

    @Test("A commit that a crash cut off is gone as a whole, and those before it stay")
    func tornCommit() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let events = Sample.events(2)
        try store.commit(events[0])
        let whole = try Data(contentsOf: folder.file(AlertStore.fileName + "-wal")).count
        try store.commit(events[1])
        let wal = try Data(contentsOf: folder.file(AlertStore.fileName + "-wal"))
        for length in [whole, whole + 100, (whole + wal.count) / 2, wal.count - 1] {
            let image = try Folder()
            try FileManager.default.copyItem(
                at: folder.file(AlertStore.fileName),
                to: image.file(AlertStore.fileName)
            )
            try image.write(AlertStore.fileName + "-wal", wal.prefix(length))
            let found = try AlertStore(directory: image.url)
            #expect(try found.events(limit: 10).map(\.line) == [events[0].jsonLine()])
            #expect(try found.commit(events[1]))
        }
    }

    @Test("Two writers that start together on an empty folder lose nothing and repeat nothing")
    func twoWriters() async throws {
        let folder = try Folder()
        let url = folder.url
        let shared = Sample.events(20, camera: "both")
        let fresh = try await withThrowingTaskGroup(of: Int.self) { group in
            for camera in ["a", "b"] {
                group.addTask {
                    let store = try AlertStore(directory: url)
                    var fresh = 0
                    for (own, both) in zip(Sample.events(20, camera: camera), shared) {
                        if try store.commit(own) { fresh += 1 }
                        if try store.commit(both) { fresh += 1 }
                    }
                    return fresh
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(fresh == 120)
        let read = try AlertStore(readingFrom: url).events(limit: 1000)
        #expect(Set(read.map(\.line)).count == 120)
        #expect(read.map(\.sequence) == read.map(\.sequence).sorted())
    }

    @Test("A reader sees each commit at once while the writer goes on")
    func readingMeanwhile() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let reader = try AlertStore(readingFrom: folder.url)
        for (count, event) in Sample.events(3).enumerated() {
            try store.commit(event)
            #expect(try reader.events(limit: 10).count == count + 1)
        }
        let count = try Python.run(
            """
            import sqlite3, sys
            queue = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
            print(queue.execute("select count(*) from event").fetchone()[0], end="")
            """,
            [store.path]
        )
        #expect(count == "6")
        #expect(code { try reader.commit(Sample.event(Sample.incident())) } == .unavailable)
    }

    @Test("A queue whose writer has gone can be read")
    func readingAfterwards() throws {
        let folder = try Folder()
        try { _ = try AlertStore(directory: folder.url).commit(Sample.event(Sample.incident())) }()
        #expect(try AlertStore(readingFrom: folder.url).events(limit: 10).count == 1)
    }
}
