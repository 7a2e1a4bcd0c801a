import Foundation
import GRDB
import Scene
import Synchronization
import Testing

@testable import Alerts

/// Threads that change the queue at the same time.
@Suite
struct SharedCommitTests {
    /// Runs something on so many threads at once, and waits for all.
    private func atOnce(_ threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let group = DispatchGroup()
        for number in 0..<threads {
            group.enter()
            Thread {
                body(number)
                group.leave()
            }
            .start()
        }
        group.wait()
    }

    private func event(_ camera: Int, _ number: Int) -> AlertEvent {
        let context = Sample.context(camera: "camera-\(camera)", quality: .host)
        return Sample.event(
            Sample.incident(number: number, startedAt: Int64(number)),
            context: context
        )
    }

    @Test("Every thread's events are there, in the thread's order, and the queue is sound")
    func threads() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let url = folder.url
        let failures = Mutex(0)
        atOnce(16) { camera in
            for number in 0..<40 {
                let event = self.event(camera, number)
                let isNew = try? store.commit(event, recordedAt: Desk.start)
                // Durable before it is answered: another connection sees it.
                let isThere =
                    try? AlertStore(readingFrom: url)
                    .matter(id: event.data.alertID).count == 1
                if isNew != true || (number % 10 == 0 && isThere != true) {
                    failures.withLock { $0 += 1 }
                }
            }
        }
        #expect(failures.withLock { $0 } == 0)
        let log = try store.events(limit: 1000)
        #expect(log.count == 640)
        #expect(log.map(\.sequence) == Array(1...640))
        for camera in 0..<16 {
            let expected = (0..<40).map { event(camera, $0).jsonLine() }
            let name = "\"camera-\(camera)\""
            #expect(log.map(\.line).filter { $0.contains(name) } == expected)
        }
        #expect(try store.check().isEmpty)
    }

    @Test(
        "What is refused in a shared transaction takes nothing else back, and says its own reason"
    )
    func refusals() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let kept = event(0, 0)
        try store.commit(kept, recordedAt: Desk.start)
        let different = Sample.event(
            Sample.incident(number: 0, severity: .info, startedAt: 0),
            context: Sample.context(camera: "camera-0", quality: .host)
        )
        let refused = Mutex<[String]>([])
        atOnce(24) { thread in
            do {
                switch thread % 3 {
                case 0: try store.commit(self.event(thread, 1), recordedAt: Desk.start)
                case 1: try store.commit(different, recordedAt: Desk.start)
                default: try store.acknowledge(claims: ["no-1"], by: "a", now: Desk.start)
                }
            } catch {
                refused.withLock { $0.append("\(thread % 3) \(error)") }
            }
        }
        let reasons = refused.withLock { $0 }
        #expect(reasons.count == 16)
        #expect(reasons.count { $0.hasPrefix("1") && $0.contains("other content") } == 8)
        #expect(reasons.count { $0.hasPrefix("2") && $0.contains("no claim no-1") } == 8)
        #expect(try store.events(limit: 100).count == 9)
        #expect(try store.check().isEmpty)
    }

    @Test("A full disk is answered to each thread; what was answered as kept is there")
    func full() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let writer = try #require(store.writer)
        try writer.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + 40)")
        }
        let kept = Mutex<Set<String>>([])
        let codes = Mutex<Set<AlertError.Code>>([])
        atOnce(8) { camera in
            for number in 0..<60 {
                let event = self.event(camera, number)
                do throws(AlertError) {
                    try store.commit(event, recordedAt: Desk.start)
                    kept.withLock { _ = $0.insert(event.data.alertID) }
                } catch {
                    codes.withLock { _ = $0.insert(error.code) }
                }
            }
        }
        let names = kept.withLock { $0 }
        #expect(codes.withLock { $0 } == [.exhausted])
        #expect(!names.isEmpty && names.count < 480)
        let held = try store.events(limit: 1000).map { try $0.event().common.matter.matterID }
        #expect(Set(held) == names)
        try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        #expect(try store.commit(event(99, 1), recordedAt: Desk.start))
        #expect(try store.check().isEmpty)
    }

    @Test("Four consumers and eight cameras at once: each alert is taken by one")
    func consumers() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        let taken = Mutex<[String]>([])
        let isOver = Atomic(0)
        atOnce(12) { thread in
            if thread < 8 {
                for number in 0..<30 {
                    _ = try? store.commit(self.event(thread, number), recordedAt: Desk.start)
                }
                isOver.wrappingAdd(1, ordering: .releasing)
                return
            }
            while true {
                let isLast = isOver.load(ordering: .acquiring) == 8
                let claims = (try? store.claim(by: "c\(thread)", limit: 7, now: Desk.start)) ?? []
                try? store.acknowledge(
                    claims: claims.map(\.claimID),
                    by: "c\(thread)",
                    now: Desk.start
                )
                taken.withLock { $0 += claims.map(\.alertID) }
                if claims.isEmpty, isLast { return }
            }
        }
        let names = taken.withLock { $0 }
        #expect(names.count == 240)
        #expect(Set(names).count == 240)
        #expect(try store.statistics(now: Desk.start).states == [.acknowledged: 240])
        #expect(try store.check().isEmpty)
    }

    @Test("SQLite's log is begun from the front again and again under a steady load")
    func bounded() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        for number in 0..<3000 { try store.commit(event(0, number), recordedAt: Desk.start) }
        let attributes = try FileManager.default.attributesOfItem(atPath: store.path + "-wal")
        let bytes = try #require(attributes[.size] as? Int)
        // All that was written is several times that.
        #expect(bytes < 80 << 20, "\(bytes)")
        #expect(try store.events(limit: 5000).count == 3000)
    }
}
