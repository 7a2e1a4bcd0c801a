import Foundation
import GRDB
import Scene
import Testing

@testable import Alerts

@Suite
struct EvictionTests {
    /// One alert of each sort, then a bound that all but the last few break.
    private func filled() throws -> (Desk, [String: String]) {
        let desk = try Desk()
        var names: [String: String] = [:]
        func add(_ name: String, _ kind: ZoneKind, _ severity: Severity, _ steps: Int) throws {
            let number = names.count + 1
            let alert = try desk.tell(number, at: Double(number), kind: kind, severity: severity)
            names[alert] = name
            guard steps > 0 else { return }
            let claim = try #require(desk.claim("a", at: Double(number)).first)
            guard claim.alertID == alert, steps > 1 else { return }
            try desk.store.acknowledge(claims: [claim.claimID], by: "a", now: desk.at(50))
            guard steps > 2 else { return }
            try desk.store.report(alert: alert, .confirmed, by: "a", now: desk.at(51))
        }
        try add("reported water", .waterDanger, .critical, 3)
        try add("reported parking", .noParking, .critical, 3)
        try add("ordered", .noParking, .info, 2)
        try add("water", .waterDanger, .info, 0)
        try add("parking", .fireLane, .critical, 0)
        try add("stall", .roadOccupation, .info, 0)
        return (desk, names)
    }

    @Test("What was dealt with goes first, then the least urgent, water danger last")
    func order() throws {
        let (desk, names) = try filled()
        var left = Set(names.keys)
        let expected = [
            "reported parking", "reported water", "ordered", "stall", "parking", "water",
        ]
        var gone: [String] = []
        var rounds = 0
        var number = 100
        while left.count > 0, number < 200 {
            let bytes = try #require(desk.store.statistics(now: desk.at(0)).counters[.bytes])
            try desk.store.adopt(
                HandoverPolicy(maximumBytes: Int64(bytes) * 20 / 19),
                now: desk.at(0)
            )
            // Each makes room for itself at the cost of what goes first.
            try desk.tell(number, at: 60, kind: .waterDanger, severity: .emergency)
            let removed = try left.filter { try desk.store.record(alert: $0) == nil }
            left.subtract(removed)
            // Two may go at once to make room.
            gone += removed.compactMap { names[$0] }.sorted {
                (expected.firstIndex(of: $0) ?? 0) < (expected.firstIndex(of: $1) ?? 0)
            }
            rounds += removed.isEmpty ? 0 : 1
            try desk.store.adopt(HandoverPolicy(maximumBytes: 1), now: desk.at(0))
            number += 1
        }
        #expect(gone == expected)
        #expect(rounds >= 4)
    }

    @Test("Every removal is counted, shown, and explains the numbers that are missing")
    func ledger() throws {
        let desk = try Desk(HandoverPolicy(maximumBytes: 60_000))
        try desk.store.moveCursor("slow", kind: .sink, to: 0, now: desk.now)
        for number in 1...100 { try desk.tell(number, at: Double(number)) }
        let figures = try desk.store.statistics(now: desk.at(200))
        let removed = 100 - figures.events
        #expect(removed > 40)
        #expect((figures.counters[.bytes] ?? 0) <= 60_000)
        #expect(figures.evictions.map(\.events) == [removed])
        #expect(figures.evictions.first?.unread == removed)
        #expect(figures.evictions.first?.reason == "bytes")
        #expect(figures.end == 100)
        #expect(try desk.store.events(limit: 1).first?.sequence == Int64(removed + 1))
        #expect(try desk.store.check().isEmpty)
        try desk.tell(1, at: 300, revision: 2, phase: .closed, openedAt: 1)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("Only a matter whose beginning was removed may begin in the middle")
    func continued() throws {
        let desk = try Desk(HandoverPolicy(maximumBytes: 30_000))
        for number in 1...40 { try desk.tell(number, at: Double(number)) }
        try desk.tell(1, at: 60, revision: 2, phase: .closed, openedAt: 1)
        #expect(try desk.store.check().isEmpty)
        // This one never had a beginning.
        try desk.tell(99, at: 61, revision: 2, phase: .closed, openedAt: 1)
        #expect(try desk.store.check().map(\.rule) == [.lifecycle])
    }

    @Test("What goes on after its removal is not handed out again where the order had gone out")
    func ordered() throws {
        let desk = try Desk()
        let ordered = try desk.tell(1, at: 1)
        let claim = try #require(desk.claim("a", at: 2).first)
        try desk.store.acknowledge(claims: [claim.claimID], by: "a", now: desk.at(3))
        let waiting = try desk.tell(2, at: 4)
        let second = try #require(desk.claim("a", at: 5).first)
        try desk.store.release(claim: second.claimID, by: "a", now: desk.at(6))
        try desk.store.adopt(HandoverPolicy(maximumBytes: 1), now: desk.at(7))
        try desk.tell(3, at: 8)
        #expect(try desk.state(ordered) == nil)
        #expect(try desk.state(waiting) == nil)
        try desk.store.adopt(HandoverPolicy(), now: desk.at(9))
        for number in 1...2 {
            try desk.tell(number, at: 10, revision: 2, phase: .closed, openedAt: Double(number))
        }
        #expect(try desk.state(ordered) == .expired)
        let claims = try desk.claim("a", 9, at: 11)
        #expect(claims.map(\.alertID).contains(waiting))
        #expect(!claims.map(\.alertID).contains(ordered))
        // No name of a claim is given twice.
        #expect(claims.first { $0.alertID == waiting }?.claimID == "\(waiting)-2")
        #expect(try desk.store.check().isEmpty)
    }

    @Test("What is too old goes with the turn of the clock")
    func age() throws {
        let desk = try Desk(HandoverPolicy(escalations: 0, maximumAge: .seconds(100)))
        let old = try desk.tell(1, at: 0)
        let young = try desk.tell(2, at: 50)
        #expect(try desk.store.tick(now: desk.at(120)).evicted == 1)
        #expect(try desk.state(old) == nil)
        #expect(try desk.state(young) != nil)
        #expect(try desk.store.statistics(now: desk.at(120)).evictions.first?.reason == "age")
        #expect(try desk.store.check().isEmpty)
    }

    @Test("The alert log goes on over events that the queue has removed, and takes no others")
    func log() throws {
        let desk = try Desk(HandoverPolicy(maximumBytes: 30_000))
        let url = desk.folder.file(AlertLog.fileName)
        try {
            let log = try AlertLog(url: url)
            for number in 1...40 {
                try desk.tell(number, at: Double(number))
                try log.catchUp(from: desk.store)
            }
        }()
        #expect(try desk.store.events(limit: 100).count < 30)
        try desk.tell(41, at: 41)
        let added = try AlertLog(url: url).catchUp(from: desk.store)
        #expect(added == 1)
        #expect(try desk.folder.text(AlertLog.fileName).split(separator: "\n").count == 41)
        let last = try #require(try desk.store.events(limit: 100).last)
        try {
            let log = try AlertLog(url: url)
            try log.append(try AlertEvent(jsonLine: last.line))
            #expect(code { try log.catchUp(from: desk.store) } == .invalidData)
        }()
    }
}
