import Foundation
import GRDB
import Scene
import Testing

@testable import Alerts

/// Alerts and health events in one queue.
@Suite
struct MixedQueueTests {
    private let alert = Sample.event(Sample.incident())
    private let moved = Sample.event(Sample.health())
    private let back = Sample.event(Sample.health(revision: 2, phase: .closed, time: 99_000_000))
    private let torn = Sample.event(Sample.health(number: 2, fault: .torn, severity: .warning))

    private var all: [any ContractEvent] { [alert, moved, torn, back] }
    private var lines: [String] { all.map { $0.jsonLine() } }

    private func store(in folder: Folder) throws -> AlertStore {
        let store = try AlertStore(directory: folder.url)
        for event in all { #expect(try store.commit(event)) }
        return store
    }

    @Test("Both sorts come back in the order of their commits, and repeats are harmless")
    func order() throws {
        let folder = try Folder()
        let store = try store(in: folder)
        for event in all { #expect(try !store.commit(event)) }
        let read = try store.events(limit: 10)
        #expect(read.map(\.line) == lines)
        #expect(
            try read.map { try $0.event() }
                == [.alert(alert), .health(moved), .health(torn), .health(back)]
        )
    }

    @Test("The log holds both sorts and catches up with either")
    func log() throws {
        let folder = try Folder()
        let store = try store(in: folder)
        let log = try AlertLog(url: folder.file(AlertLog.fileName))
        try log.append(alert)
        try log.append(moved)
        #expect(try log.catchUp(from: store) == 2)
        let text = lines.map { $0 + "\n" }.joined()
        #expect(try folder.text(AlertLog.fileName) == text)
        try log.close()
        let cut = Array(text.utf8).dropLast(40)
        let torn = try AlertLog(url: try folder.write(AlertLog.fileName, cut))
        #expect(torn.repairedBytes > 0)
        #expect(try torn.catchUp(from: store) == 1)
        #expect(try folder.text(AlertLog.fileName) == text)
    }

    @Test(
        "Matters are listed by their latest event, as the filter asks",
        arguments: [
            (MatterFilter(), ["moved", "torn", "fire_lane"]),
            (MatterFilter(sort: .alerts), ["fire_lane"]),
            (MatterFilter(sort: .health), ["moved", "torn"]),
            (MatterFilter(isOpen: true), ["torn", "fire_lane"]),
            (MatterFilter(isOpen: false), ["moved"]),
            (MatterFilter(sort: .health, isOpen: true), ["torn"]),
            (MatterFilter(zone: ZoneID(rawValue: "lane")), ["fire_lane"]),
            (MatterFilter(camera: CameraID(rawValue: "gate-1"), limit: 1), ["moved"]),
        ]
    )
    func list(filter: MatterFilter, expected: [String]) throws {
        let folder = try Folder()
        let matters = try store(in: folder).matters(filter)
        #expect(matters.map(\.latest.common.matter.topic) == expected)
    }

    @Test("A health matter is found by its id with both its events")
    func find() throws {
        let folder = try Folder()
        let events = try store(in: folder).matter(id: moved.data.healthID)
        #expect(events == [.health(moved), .health(back)])
    }

    @Test("Another content under a health event's name is refused")
    func conflict() throws {
        let folder = try Folder()
        let store = try store(in: folder)
        let other = Sample.event(Sample.health(severity: .warning))
        let error = failure { try store.commit(other) }
        #expect(error?.code == .invalidData)
        #expect(error?.message.contains(moved.id) == true)
    }
}

/// Queues that were written when there were only alerts.
@Suite
struct OlderQueueTests {
    private let events = Sample.events(3)

    /// The tables as that version made them.
    private static let tables = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 event log');
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            alertId TEXT NOT NULL,
            revision INTEGER NOT NULL,
            type TEXT NOT NULL,
            kind TEXT NOT NULL,
            severity TEXT NOT NULL,
            camera TEXT NOT NULL,
            zone TEXT NOT NULL,
            time TEXT NOT NULL,
            streamMicroseconds INTEGER NOT NULL,
            recordedAt TEXT,
            body TEXT NOT NULL,
            UNIQUE (source, id)
        ) STRICT;
        CREATE INDEX eventByAlert ON event (alertId, revision);
        """

    /// A queue of that version whose newest event was evicted, so that number 7 must not be given
    /// again.
    private func write(in folder: Folder) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        let path = folder.file(AlertStore.fileName).path
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { database in
            try database.execute(sql: Self.tables)
            for event in events {
                try database.execute(
                    sql: """
                        INSERT INTO event (source, id, alertId, revision, type, kind, severity,
                            camera, zone, time, streamMicroseconds, recordedAt, body)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 42500000,
                            '2026-03-01T06:00:43.000000Z', ?)
                        """,
                    arguments: [
                        event.source, event.id, event.data.alertID, event.data.revision,
                        event.type.rawValue, event.data.kind.rawValue,
                        event.data.severity.rawValue, event.data.camera.id.rawValue,
                        event.data.zone.id.rawValue, event.time.description, event.jsonLine(),
                    ]
                )
            }
            try database.execute(sql: "UPDATE sqlite_sequence SET seq = 7 WHERE name = 'event'")
        }
        try queue.close()
    }

    @Test("A queue of alerts alone opens, keeps every event and its number, and takes on health")
    func migrated() throws {
        let folder = try Folder()
        try write(in: folder)
        let health = Sample.event(Sample.health())
        for _ in 0..<2 {
            let store = try AlertStore(directory: folder.url)
            let read = try store.events(limit: 6)
            #expect(read.map(\.line) == events.map { $0.jsonLine() })
            #expect(read.map(\.sequence) == [1, 2, 3, 4, 5, 6])
            #expect(read.allSatisfy { $0.recordedAt != nil })
            for event in events { #expect(try !store.commit(event)) }
            try store.commit(health)
            #expect(try store.events(after: 6, limit: 10).map(\.sequence) == [8])
        }
        let log = try AlertLog(url: folder.file(AlertLog.fileName))
        #expect(try log.catchUp(from: AlertStore(readingFrom: folder.url)) == 7)
    }

    @Test(
        "A queue of alerts alone can be read before anything has written to it, and stays as it is"
    )
    func readAsItIs() throws {
        let folder = try Folder()
        try write(in: folder)
        let before = try Data(contentsOf: folder.file(AlertStore.fileName))
        let store = try AlertStore(readingFrom: folder.url)
        #expect(try store.events(limit: 10).map(\.line) == events.map { $0.jsonLine() })
        #expect(try store.matters(MatterFilter(isOpen: false)).count == 3)
        #expect(try store.matters(MatterFilter(sort: .health)).isEmpty)
        #expect(try Data(contentsOf: folder.file(AlertStore.fileName)) == before)
    }

    @Test(
        "A database that was begun and holds no events yet is no queue to read, and can be written"
    )
    func begun() throws {
        let folder = try Folder()
        let path = folder.file(AlertStore.fileName).path
        let begun = try DatabaseQueue(path: path)
        try begun.write {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT PRIMARY KEY)")
        }
        try begun.close()
        #expect(code { _ = try AlertStore(readingFrom: folder.url) } == .invalidData)
        #expect(try AlertStore(directory: folder.url).commit(events[0]))
    }

    @Test("A version that knows alerts alone refuses a queue that may hold health events")
    func refusedByOlder() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        var older = DatabaseMigrator()
        older.registerMigration("1 event log") { _ in }
        #expect(try store.reader.read(older.hasBeenSuperseded))
    }
}
