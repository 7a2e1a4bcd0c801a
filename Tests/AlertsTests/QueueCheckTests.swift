import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct QueueCheckTests {
    /// A queue in which something of everything has happened.
    private func busy() throws -> Desk {
        let desk = try Desk(HandoverPolicy(tries: 1, storms: StormPolicy()))
        try desk.tell(1, at: 0, severity: .critical)
        try desk.tell(1, at: 9, severity: .critical, revision: 2, phase: .closed, openedAt: 0)
        try desk.tell(2, at: 12)
        for number in 3...6 { try desk.tell(number, at: 13, zone: "z\(number)") }
        let claims = try desk.claim("a", 3, at: 14)
        try desk.store.acknowledge(claims: [claims[0].claimID], by: "a", now: desk.at(15))
        try desk.store.report(alert: claims[0].alertID, .confirmed, by: "a", now: desk.at(16))
        try desk.store.release(claim: claims[1].claimID, by: "a", now: desk.at(16))
        try desk.store.commit(Sample.event(Sample.health()), recordedAt: desk.at(60))
        _ = try desk.store.tick(now: desk.at(73))
        try desk.store.moveCursor("core", kind: .consumer, to: 3, now: desk.at(74))
        return desk
    }

    @Test("A queue in which everything happened is sound")
    func sound() throws {
        let desk = try busy()
        #expect(try desk.store.check() == [])
        #expect(try AlertStore(readingFrom: desk.folder.url).check() == [])
    }

    @Test(
        "Every kind of damage is found under its name",
        arguments: [
            ("DELETE FROM event WHERE sequence = 4", "sequence"),
            ("UPDATE sqlite_sequence SET seq = 2 WHERE name = 'event'", "sequence"),
            ("INSERT INTO counter VALUES ('evictedEvents', 3)", "sequence"),
            ("INSERT INTO eviction VALUES ('age','x',0,'dead',1,2,0,9,0)", "sequence"),
            ("UPDATE event SET body = '{}' WHERE sequence = 3", "event"),
            ("UPDATE event SET severity = 'info' WHERE sequence = 1", "event"),
            ("UPDATE event SET revision = 9 WHERE sequence = 2", "event"),
            ("UPDATE event SET sequence = 99 WHERE sequence = 1", "lifecycle"),
            ("UPDATE matter SET isOpen = 1 WHERE openedSequence = 1", "matter"),
            ("UPDATE matter SET severity = 3", "matter"),
            ("UPDATE matter SET latestSequence = 4 WHERE openedSequence = 3", "matter"),
            ("DELETE FROM matter WHERE state = 'pending'", "matter"),
            ("UPDATE matter SET coveredBy = 'ff' WHERE state = 'covered'", "matter"),
            ("UPDATE claim SET matterId = 'ff' WHERE endedAt IS NULL", "claim"),
            ("UPDATE claim SET endedAt = 1 WHERE endedAt IS NULL", "claim"),
            (
                """
                DROP INDEX claimLive; INSERT INTO claim
                SELECT 'x', matterId, 'b', 0, 9, NULL, NULL FROM claim WHERE endedAt IS NULL
                """, "claim"
            ),
            ("UPDATE transition SET what = 'arrived' WHERE what = 'claimed'", "transition"),
            ("DELETE FROM transition WHERE what = 'reported'", "transition"),
            ("UPDATE transition SET matterId = 'ff' WHERE what = 'escalated'", "transition"),
            ("UPDATE matter SET state = 'arrived' WHERE state = 'reported'", "transition"),
            ("DELETE FROM verdict", "verdict"),
            ("UPDATE cursor SET sequence = 1000", "cursor"),
            ("UPDATE counter SET value = value + 1 WHERE name = 'bytes'", "bytes"),
        ]
    )
    func damage(sql: String, rule: String) throws {
        let desk = try busy()
        try desk.damage(sql)
        let found = try desk.store.check()
        #expect(found.contains { $0.rule.rawValue == rule }, "\(found)")
        #expect(found.allSatisfy { !$0.message.isEmpty && !$0.advice.isEmpty })
    }

    @Test("An index that lost an entry is found by SQLite itself")
    func integrity() throws {
        let desk = try busy()
        try desk.damage(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = 'CREATE INDEX eventByAlert ON event (alertId, type)'
            WHERE name = 'eventByAlert';
            PRAGMA writable_schema = RESET
            """
        )
        let found = try AlertStore(readingFrom: desk.folder.url).check()
        #expect(found.first?.rule == .integrity)
    }

    @Test("Cursors only move forward, within the log, and there is a bound to them")
    func cursors() throws {
        let desk = try busy()
        let store = desk.store
        try store.moveCursor("core", kind: .consumer, to: 2, now: desk.at(80))
        #expect(try store.cursor("core") == 3)
        #expect(try store.cursor("nobody") == 0)
        #expect(
            code { try store.moveCursor("core", kind: .consumer, to: 999, now: desk.now) }
                == .invalidData
        )
        for number in 1..<AlertStore.maximumCursors {
            try store.moveCursor("s\(number)", kind: .sink, to: 0, now: desk.now)
        }
        #expect(
            code { try store.moveCursor("more", kind: .sink, to: 0, now: desk.now) } == .exhausted
        )
        try store.forgetCursor("s1", now: desk.now)
        #expect(code { try store.forgetCursor("s1", now: desk.now) } == .missing)
        #expect(try store.cursors().count == AlertStore.maximumCursors - 1)
    }

    @Test("A queue of before the hand-over opens with its alerts waiting and nothing missing")
    func migration() throws {
        let folder = try Folder()
        let path = folder.file(AlertStore.fileName).path
        let closed = Sample.events(2)
        _ = try Python.run(
            """
            import sqlite3, sys
            queue = sqlite3.connect(sys.argv[1])
            queue.executescript(sys.argv[2])
            for line in sys.stdin.read().splitlines():
                import json
                e = json.loads(line); d = e["data"]
                queue.execute("insert into event(source,id,alertId,revision,type,kind,severity,"
                    "camera,zone,time,streamMicroseconds,recordedAt,body) "
                    "values(?,?,?,?,?,?,?,?,?,?,0,null,?)", (e["source"], e["id"], d["alertId"],
                    d["revision"], e["type"], d["kind"], d["severity"], d["camera"]["id"],
                    d["zone"]["id"], e["time"], line))
            queue.commit()
            """,
            [path, Self.before],
            input: closed.map { $0.jsonLine() }.joined(separator: "\n")
        )
        let store = try AlertStore(directory: folder.url)
        #expect(try store.events(limit: 9).map(\.line) == closed.map { $0.jsonLine() })
        #expect(try store.check() == [])
        #expect(try store.claim(by: "a", limit: 9, now: Desk.start).count == 2)
    }

    private static let before = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 event log'), ('2 health events');
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, id TEXT NOT NULL,
            alertId TEXT NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL,
            kind TEXT NOT NULL, severity TEXT NOT NULL, camera TEXT NOT NULL, zone TEXT NOT NULL,
            time TEXT NOT NULL, streamMicroseconds INTEGER NOT NULL, recordedAt TEXT,
            body TEXT NOT NULL, UNIQUE (source, id)
        ) STRICT;
        CREATE INDEX eventByAlert ON event (alertId, revision);
        """
}
