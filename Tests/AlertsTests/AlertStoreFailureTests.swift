import Foundation
import GRDB
import Scene
import Testing

@testable import Alerts

@Suite
struct AlertStoreFailureTests {
    /// For writing and for reading.
    private let openings: [(URL) throws -> AlertStore] = [
        { try AlertStore(directory: $0) }, { try AlertStore(readingFrom: $0) },
    ]

    @Test("Reading where there is no queue says so and creates nothing")
    func missing() throws {
        let folder = try Folder()
        let error = failure { _ = try AlertStore(readingFrom: folder.url) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(folder.file(AlertStore.fileName).path) == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("A full disk refuses the commit, keeps what was there, and recovers without reopening")
    func full() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let writer = try #require(store.writer)
        let events = Sample.events(100)
        try store.commit(events[0])
        try writer.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        var kept = 1
        var refused: AlertError?
        for event in events.dropFirst() {
            refused = failure { try store.commit(event) }
            if refused != nil { break }
            kept += 1
        }
        #expect(refused?.code == .exhausted)
        #expect(refused?.message.contains(events[kept].id) == true)
        #expect(refused?.message.contains(store.path) == true)
        #expect(try store.events(limit: 1000).count == kept)
        try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        for event in events.dropFirst(kept) { #expect(try store.commit(event)) }
        #expect(try store.events(limit: 1000).map(\.line) == events.map { $0.jsonLine() })
    }

    @Test("A database that may not be written refuses the commit and can be read on")
    func readOnly() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let writer = try #require(store.writer)
        let event = Sample.event(Sample.incident())
        try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
        #expect(code { try store.commit(event) } == .unavailable)
        #expect(try store.events(limit: 10).isEmpty)
        try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = OFF") }
        #expect(try store.commit(event))
    }

    @Test(
        "A folder that cannot be made is refused by its path",
        arguments: ["/proc", "/proc/a", "file/a"]
    )
    func folderRefused(path: String) throws {
        let folder = try Folder()
        try folder.write("file", [])
        let url = path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.file(path)
        let error = failure { _ = try AlertStore(directory: url) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(url.path) == true)
    }

    @Test("A queue that another process holds is unavailable, and the same commit works later")
    func locked() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url, patience: 0.05)
        let other = try AlertStore(directory: folder.url, patience: 0.05)
        let event = Sample.event(Sample.incident())
        try #require(other.writer).write { _ in
            #expect(code { try store.commit(event) } == .unavailable)
        }
        #expect(try store.commit(event))
    }

    @Test("A file that is no database is refused and left alone")
    func noDatabase() throws {
        let folder = try Folder()
        let text = Array(String(repeating: "notes of the day\n", count: 400).utf8)
        try folder.write(AlertStore.fileName, text)
        for open in openings {
            let error = failure { _ = try open(folder.url) }
            #expect(error?.code == .invalidData)
            #expect(error?.message.contains(folder.file(AlertStore.fileName).path) == true)
        }
        #expect(try Data(contentsOf: folder.file(AlertStore.fileName)) == Data(text))
    }

    @Test("A database of another program is refused and left alone")
    func foreign() throws {
        let folder = try Folder()
        let path = folder.file(AlertStore.fileName).path
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE event (a)") }
        for open in openings {
            #expect(code { _ = try open(folder.url) } == .invalidData)
        }
        #expect(try other.read { try $0.tableExists("grdb_migrations") } == false)
    }

    @Test("A queue of a newer version is refused")
    func newer() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        try #require(store.writer).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 later')")
        }
        for open in openings {
            let error = failure { _ = try open(folder.url) }
            #expect(error?.code == .invalidData)
            #expect(error?.message.contains("newer") == true)
        }
    }

    @Test("A damaged database is named as such")
    func damaged() throws {
        let folder = try Folder()
        try {
            let store = try AlertStore(directory: folder.url)
            for event in Sample.events(50) { try store.commit(event) }
        }()
        let file = folder.file(AlertStore.fileName)
        var bytes = try Data(contentsOf: file)
        for index in 4096..<bytes.count { bytes[index] = 0x5A }
        try bytes.write(to: file)
        let error = failure { _ = try AlertStore(readingFrom: folder.url).events(limit: 1000) }
        #expect(error?.code == .invalidData)
        #expect(error?.message.contains(file.path) == true)
    }
}
