import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct ClaimTests {
    @Test("The most urgent alert is handed out first, and of those the one that is due first")
    func urgency() throws {
        let desk = try Desk()
        let late = try desk.tell(1, at: 20, severity: .warning)
        let info = try desk.tell(2, at: 0, severity: .info)
        let early = try desk.tell(3, at: 10, severity: .warning)
        let water = try desk.tell(4, at: 30, kind: .waterDanger, severity: .emergency)
        let claimed = try desk.claim("core", 3, at: 31) + desk.claim("core", 3, at: 31)
        #expect(claimed.map(\.alertID) == [water, early, late, info])
        #expect(claimed.allSatisfy { $0.leaseUntil == desk.at(91) && $0.attempt == 1 })
        #expect(try desk.claim("core", at: 32).isEmpty)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("A consumer takes only what its filter passes")
    func filter() throws {
        let desk = try Desk()
        try desk.tell(1, at: 0, camera: "a")
        let water = try desk.tell(2, at: 1, camera: "b", kind: .waterDanger, severity: .critical)
        let camera = ClaimFilter(camera: CameraID(rawValue: "c"))
        #expect(try desk.claim("core", 9, at: 2, filter: camera).isEmpty)
        let kind = ClaimFilter(kind: .waterDanger, severity: .critical)
        #expect(try desk.claim("core", 9, at: 2, filter: kind).map(\.alertID) == [water])
    }

    @Test("A lease that lapses returns the alert, and its old holder can do nothing with it")
    func lapse() throws {
        let desk = try Desk()
        let alert = try desk.tell(1, at: 0)
        let first = try #require(desk.claim("a", at: 1).first)
        #expect(try desk.claim("b", at: 60.9).isEmpty)
        let second = try #require(desk.claim("b", at: 61).first)
        #expect(second.alertID == alert)
        #expect(second.attempt == 2)
        let work = [
            { try desk.store.acknowledge(claims: [first.claimID], by: "a", now: desk.at(62)) },
            { try desk.store.release(claim: first.claimID, by: "a", now: desk.at(62)) },
            { _ = try desk.store.extend(claim: first.claimID, by: "a", now: desk.at(62)) },
            { try desk.store.acknowledge(claims: [second.claimID], by: "a", now: desk.at(62)) },
            { try desk.store.arrive(alert: alert, by: "a", now: desk.at(62)) },
            { try desk.store.report(alert: alert, .false, by: "a", now: desk.at(62)) },
        ]
        for call in work { #expect(code(of: call) == .conflict) }
        try desk.store.acknowledge(claims: [second.claimID], by: "b", now: desk.at(62))
        #expect(try desk.state(alert) == .acknowledged)
        let kinds = try desk.store.record(alert: alert)?.transitions.map(\.kind)
        #expect(kinds == [.claimed, .lapsed, .claimed, .acknowledged])
        #expect(try desk.store.check().isEmpty)
    }

    @Test("A claim that is extended holds longer and is never shortened")
    func extend() throws {
        let desk = try Desk()
        try desk.tell(1, at: 0)
        let claim = try #require(desk.claim("a", at: 0).first).claimID
        let until = try desk.store.extend(
            claim: claim,
            by: "a",
            lease: .seconds(300),
            now: desk.at(50)
        )
        #expect(until == desk.at(350))
        #expect(
            try desk.store.extend(claim: claim, by: "a", lease: .seconds(1), now: desk.at(51))
                == until
        )
        #expect(try desk.claim("b", at: 349).isEmpty)
        #expect(try desk.claim("b", at: 350).count == 1)
        #expect(
            code {
                _ = try desk.store.extend(claim: claim, by: "a", lease: .zero, now: desk.at(1))
            } == .invalidData
        )
    }

    @Test("An alert that is claimed too often is put aside, and can be put back")
    func deadLetter() throws {
        let desk = try Desk(HandoverPolicy(tries: 3))
        let alert = try desk.tell(1, at: 0)
        for attempt in 0..<3 {
            let claim = try #require(desk.claim("a", at: Double(attempt)).first)
            let time = desk.at(Double(attempt) + 0.5)
            try desk.store.release(claim: claim.claimID, by: "a", reason: "no car", now: time)
        }
        #expect(try desk.state(alert) == .dead)
        #expect(try desk.claim("a", at: 5).isEmpty)
        try desk.store.retry(alert: alert, by: "boss", now: desk.at(6))
        #expect(try desk.claim("a", at: 7).first?.attempt == 4)
        let last = try desk.store.record(alert: alert)?.transitions.suffix(3)
        #expect(last?.map(\.kind) == [.dead, .retried, .claimed])
        #expect(last?.map(\.by) == ["queue", "boss", "a"])
        #expect(try desk.store.check().isEmpty)
    }

    @Test("From the claim to the report every step is kept with its time and by whom")
    func report() throws {
        let desk = try Desk()
        let alert = try desk.tell(1, at: 0)
        let claim = try #require(desk.claim("core", at: 5).first)
        for _ in 0..<2 {
            try desk.store.acknowledge(claims: [claim.claimID], by: "core", now: desk.at(10))
        }
        #expect(try desk.store.record(alert: alert)?.arriveBy == desk.at(310))
        for _ in 0..<2 { try desk.store.arrive(alert: alert, by: "car-7", now: desk.at(200)) }
        #expect(try desk.store.record(alert: alert)?.reportBy == desk.at(380))
        for _ in 0..<2 {
            try desk.store.report(
                alert: alert,
                .confirmed,
                text: "赣A·12345, moved",
                by: "car-7",
                now: desk.at(300)
            )
        }
        try desk.store.report(alert: alert, .duplicate, by: "boss", now: desk.at(400))
        let record = try #require(try desk.store.record(alert: alert))
        #expect(record.state == .reported)
        #expect(record.report?.verdict == .duplicate)
        #expect(
            record.transitions.map(\.kind) == [
                .claimed, .acknowledged, .arrived, .reported, .reported,
            ]
        )
        #expect(record.transitions.map(\.at) == [5, 10, 200, 300, 400].map(desk.at))
        #expect(record.transitions.map(\.by) == ["core", "core", "car-7", "car-7", "boss"])
        #expect(try desk.store.check().isEmpty)
    }

    @Test("Whoever arrives or reports without a word before has given the order by that")
    func shortWay() throws {
        let desk = try Desk()
        let one = try desk.tell(1, at: 0)
        let two = try desk.tell(2, at: 0)
        let three = try desk.tell(3, at: 0)
        _ = try desk.claim("core", 2, at: 1)
        try desk.store.arrive(alert: one, by: "core", now: desk.at(2))
        try desk.store.report(alert: two, .confirmed, by: "core", now: desk.at(3))
        try desk.store.report(alert: three, .outOfScope, by: "desk", now: desk.at(4))
        #expect(try desk.state(one) == .arrived)
        #expect(try desk.state(two) == .reported)
        #expect(try desk.state(three) == .reported)
        #expect(code { try desk.store.arrive(alert: three, by: "x", now: desk.at(5)) } == .conflict)
        #expect(code { try desk.store.arrive(alert: "00", by: "x", now: desk.at(5)) } == .missing)
        #expect(try desk.claim("core", at: 5).isEmpty)
        #expect(try desk.store.check().isEmpty)
    }

    @Test(
        "Names of consumers are plain",
        arguments: ["", "a b", "名", String(repeating: "a", count: 65)]
    )
    func names(name: String) throws {
        let desk = try Desk()
        #expect(code { _ = try desk.claim(name, at: 0) } == .invalidData)
    }

    @Test("Many consumers at once, each with a connection of its own, never hold the same alert")
    func race() async throws {
        let desk = try Desk()
        for number in 1...200 { try desk.tell(number, at: 0) }
        let url = desk.folder.url
        let now = desk.at(1)
        let claims = try await withThrowingTaskGroup(of: [String].self) { group in
            for consumer in 0..<6 {
                group.addTask {
                    let store = try AlertStore(directory: url)
                    var own: [String] = []
                    while true {
                        let batch = try store.claim(by: "c\(consumer)", limit: 3, now: now)
                        if batch.isEmpty { return own }
                        own += batch.map(\.alertID)
                    }
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(claims.count == 200)
        #expect(Set(claims).count == 200)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("Who waits for an alert gets it when another connection commits one")
    func waiting() async throws {
        let desk = try Desk()
        let url = desk.folder.url
        let now = desk.at(1)
        async let claimed = Task.detached {
            try AlertStore(directory: url).claim(by: "a", waitingUpTo: .seconds(30)) { now }
        }.value
        try await Task.sleep(for: .milliseconds(50))
        let alert = try desk.tell(1, at: 0)
        #expect(try await claimed.map(\.alertID) == [alert])
        #expect(
            try desk.store.claim(by: "b", waitingUpTo: .milliseconds(30)) { now }.isEmpty
        )
    }

    @Test("A transaction that fails in its middle leaves everything as it was")
    func halfWay() throws {
        let desk = try Desk()
        let alert = try desk.tell(1, at: 0)
        try desk.damage(
            """
            CREATE TEMP TRIGGER fail BEFORE INSERT ON transition
            BEGIN SELECT raise(FAIL, 'the disk fails'); END
            """
        )
        #expect(failure { _ = try desk.claim("a", at: 1) } != nil)
        #expect(try desk.state(alert) == .pending)
        try desk.damage("DROP TRIGGER fail")
        #expect(try desk.store.check().isEmpty)
        #expect(try desk.claim("a", at: 2).first?.attempt == 1)
    }
}
