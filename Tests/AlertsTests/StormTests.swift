import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct StormTests {
    private func desk(_ storms: StormPolicy) throws -> Desk {
        try Desk(HandoverPolicy(escalations: 0, storms: storms))
    }

    @Test("An alert that opens right after the last one of its zone closed is covered by it")
    func coolDown() throws {
        let desk = try desk(StormPolicy())
        let first = try desk.tell(1, at: 0)
        try desk.tell(1, at: 10, revision: 2, phase: .closed, openedAt: 0)
        let second = try desk.tell(2, at: 69)
        let other = try desk.tell(3, at: 69, zone: "other")
        let third = try desk.tell(4, at: 71)
        #expect(try desk.state(second) == .covered)
        #expect(try desk.store.record(alert: second)?.coveredBy == first)
        #expect(try desk.store.record(alert: first)?.covers == 1)
        #expect(try [other, third].map { try desk.state($0) } == [.pending, .pending])
        #expect(try desk.store.events(limit: 99).count == 5)
        #expect(try desk.claim("a", 9, at: 72).count == 3)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("What becomes more urgent than the alert that stands for it is handed out by itself")
    func uncovered() throws {
        let desk = try desk(StormPolicy())
        try desk.tell(1, at: 0)
        try desk.tell(1, at: 10, revision: 2, phase: .closed, openedAt: 0)
        let second = try desk.tell(2, at: 20)
        try desk.tell(2, at: 30, severity: .critical, revision: 2, phase: .updated, openedAt: 20)
        #expect(try desk.state(second) == .pending)
        #expect(try desk.claim("a", at: 31).first?.alertID == second)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("Cameras of one place that see the same give one alert to hand out")
    func place() throws {
        let desk = try desk(StormPolicy())
        let first = try desk.tell(1, at: 0, camera: "a", place: "Market 12")
        let second = try desk.tell(2, at: 100, camera: "b", place: "Market 12")
        let elsewhere = try desk.tell(3, at: 100, camera: "c", place: "Market 13")
        let later = try desk.tell(4, at: 121, camera: "d", place: "Market 12")
        #expect(try desk.store.record(alert: second)?.coveredBy == first)
        #expect(try desk.state(elsewhere) == .pending)
        #expect(try desk.state(later) == .pending)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("At the water nothing is merged or cooled down, and an emergency is never covered")
    func water() throws {
        let desk = try desk(StormPolicy(ceiling: 1))
        func tell(_ number: Int, _ severity: Severity) throws -> String {
            try desk.tell(
                number,
                at: Double(number),
                camera: "c\(number % 2)",
                kind: .waterDanger,
                severity: severity,
                place: "Bank"
            )
        }
        let both = [try tell(1, .critical), try tell(2, .critical)]
        let emergency = try tell(3, .emergency)
        let critical = try tell(5, .critical)
        #expect(try both.map { try desk.state($0) } == [.pending, .pending])
        #expect(try desk.state(emergency) == .pending)
        #expect(try desk.state(critical) == .covered)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("Over the ceiling of a zone's hour one summary stands for the rest, and counts them")
    func ceiling() throws {
        let desk = try desk(StormPolicy(coolDown: .zero, ceiling: 3))
        let ids = try (1...8).map { try desk.tell($0, at: Double($0)) }
        #expect(try ids.prefix(3).allSatisfy { try desk.state($0) == .pending })
        #expect(try ids.dropFirst(3).allSatisfy { try desk.state($0) == .covered })
        let name = try #require(try desk.store.record(alert: ids[7])?.coveredBy)
        func told() throws -> [AlertEvent] {
            try desk.store.matter(id: name).compactMap { event in
                if case .alert(let alert) = event { alert } else { nil }
            }
        }
        #expect(try told().map(\.data.summary?.alerts) == [1, 2, 4])
        #expect(try told().map(\.data.revision) == [1, 2, 3])
        #expect(try desk.store.record(alert: name)?.covers == 5)
        #expect(try desk.claim("core", 99, at: 9).count == 4)
        let next = try desk.tell(20, at: 3601)
        #expect(try desk.state(next) == .pending)
        let closing = try desk.store.tick(now: desk.at(3602)).published
        #expect(closing.count == 1)
        #expect(try told().last?.type == .closed)
        #expect(try told().last?.data.summary?.alerts == 5)
        #expect(try desk.store.tick(now: desk.at(3603)).published.isEmpty)
        #expect(try desk.store.check().isEmpty)
    }
}
