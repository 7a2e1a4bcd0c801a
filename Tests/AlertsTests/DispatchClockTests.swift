import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct DispatchClockTests {
    @Test("Every event of an alert carries its deadlines, counted from its opening")
    func deadlines() throws {
        let desk = try Desk(HandoverPolicy(dispatchWithin: .seconds(30)))
        try desk.tell(1, at: 10)
        try desk.tell(1, at: 90, revision: 2, phase: .closed, openedAt: 10)
        for event in try desk.store.events(limit: 9) {
            #expect(event.line.contains(#""dispatchBy":"2026-03-01T06:00:40.000000Z""#))
            #expect(event.line.contains(#""arriveBy":"2026-03-01T06:05:40.000000Z""#))
            #expect(event.line.contains(#""reportBy":"2026-03-01T06:08:40.000000Z""#))
        }
    }

    @Test("An alert that nobody takes in time is told again, a step more urgent each time")
    func escalation() throws {
        let desk = try Desk()
        let alert = try desk.tell(1, at: 0, severity: .info)
        #expect(try desk.store.tick(now: desk.at(59)).published.isEmpty)
        for (index, severity) in [Severity.warning, .critical, .critical].enumerated() {
            let told = try desk.store.tick(now: desk.at(Double(60 * (index + 1)) + 5)).published
            guard case .alert(let event) = try #require(told.first) else { return }
            #expect(event.id == "\(alert).1.\(index + 1)")
            #expect(event.type == .updated)
            #expect(event.data.severity == severity)
            #expect(event.data.escalation == index + 1)
            #expect(event.time.instant == desk.at(Double(60 * (index + 1))))
            #expect(try desk.store.tick(now: desk.at(Double(60 * (index + 1)) + 6)).published == [])
        }
        #expect(try desk.store.tick(now: desk.at(900)).published.isEmpty)
        #expect(try desk.store.statistics(now: desk.at(900)).counters[.escalated] == 3)
        let claimed = try #require(desk.claim("core", at: 901).first)
        #expect(claimed.severity == .critical)
        #expect(try claimed.event.event().common.id == "\(alert).1.3")
        try desk.tell(1, at: 910, severity: .info, revision: 2, phase: .closed, openedAt: 0)
        let listed = try desk.store.matters()
        #expect(listed.count == 1)
        #expect(listed.first?.isOpen == false)
        #expect(try desk.store.record(alert: alert)?.severity == .critical)
        #expect(try desk.store.check().isEmpty)
    }

    @Test("What is taken, over, or of a recording is not told again")
    func quiet() throws {
        let desk = try Desk()
        try desk.tell(1, at: 0)
        _ = try desk.store.claim(by: "a", lease: .seconds(3600), now: desk.at(1))
        try desk.tell(2, at: 0)
        try desk.tell(2, at: 9, revision: 2, phase: .closed, openedAt: 0)
        try desk.tell(3, at: 0, quality: .stated)
        #expect(try desk.store.tick(now: desk.at(1000)).published.isEmpty)
    }

    @Test("What nobody takes for a day is no longer handed out, until somebody puts it back")
    func expiry() throws {
        let desk = try Desk(HandoverPolicy(expireAfter: .seconds(3600)))
        let alert = try desk.tell(1, at: 0)
        #expect(try desk.claim("a", at: 3600).isEmpty)
        #expect(try desk.state(alert) == .expired)
        try desk.store.retry(alert: alert, by: "boss", now: desk.at(3700))
        #expect(try desk.claim("a", at: 3701).count == 1)
        #expect(try desk.store.statistics(now: desk.at(9)).counters[.expired] == 1)
        #expect(try desk.store.check().isEmpty)
    }

    @Test(
        "An event is handed out with its sequence, when it was kept, until when, and whether late"
    )
    func delivered() throws {
        let desk = try Desk()
        let event = Sample.event(Sample.incident())
        try desk.store.commit(event, recordedAt: event.time.instant + .seconds(61))
        let stored = try #require(try desk.store.events(limit: 1).first)
        #expect(stored.isLate)
        #expect(
            stored.delivered
                == String(event.jsonLine().dropLast())
                + #","sequence":"00000000000000000001","#
                + #""recordedtime":"2026-03-01T06:01:43.500000Z","#
                + #""expirytime":"2026-03-02T06:01:43.500000Z","late":true}"#
        )
        #expect(try QueueEvent(jsonLine: stored.delivered) == .alert(event))
        try desk.tell(2, at: 5)
        let second = try desk.store.events(after: 1, limit: 1).first
        #expect(second?.isLate == false)
        #expect(second?.delivered.contains("late") == false)
    }

    @Test("The policy holds for whoever opens the queue later")
    func policy() throws {
        let desk = try Desk(HandoverPolicy(lease: .seconds(7), tries: 2, storms: StormPolicy()))
        #expect(try AlertStore(directory: desk.folder.url).policy == desk.store.policy)
        #expect(desk.store.policy.lease == .seconds(7))
    }

    @Test("Compliance, latencies and precision are counted")
    func statistics() throws {
        let desk = try Desk()
        let frame = desk.at(1)
        var ids: [String] = []
        for number in 1...4 {
            let context = Sample.context(quality: .host)
            let incident = Sample.incident(number: number, time: 1_000_000)
            let event = Sample.event(incident, context: context)
            let stages = EventStages(frame: frame, decided: frame + .seconds(0.05))
            try desk.store.commit(event, recordedAt: frame + .seconds(0.1), stages: stages)
            ids.append(event.data.alertID)
            // Known only once the commit has come back.
            let durable = DurableTime(of: event, at: frame + .seconds(0.2))
            _ = try desk.store.tick(now: frame + .seconds(0.3), durable: [durable])
        }
        try desk.store.moveCursor("mqtt", kind: .sink, to: 4, now: frame + .seconds(0.4))
        for (index, delay) in [10.0, 20, 90].enumerated() {
            let claim = try #require(desk.claim("core", at: delay).first)
            try desk.store.acknowledge(claims: [claim.claimID], by: "core", now: desk.at(delay))
            let verdict: Verdict = index == 0 ? .false : .confirmed
            try desk.store.report(alert: ids[index], verdict, by: "x", now: desk.at(delay + 100))
        }
        let figures = try desk.store.statistics(now: desk.at(200))
        let dispatch = figures.deadlines[0]
        #expect((dispatch.kept, dispatch.missed) == (2, 2))
        #expect(figures.deadlines[1].share == 1)
        #expect(figures.stages.map(\.name).prefix(3) == ["decided", "durable", "delivered"])
        #expect(figures.stages.first?.p99 == 0.05)
        #expect(figures.stages.first { $0.name == "durable" }?.p50 == 0.2)
        #expect(figures.stages.first { $0.name == "delivered" }?.maximum == 0.4)
        #expect(figures.stages.first { $0.name == "claimed" }?.p50 == 19)
        #expect(figures.precisions.first { $0.by == "all" }?.precision == 2.0 / 3)
        #expect(Set(figures.precisions.map(\.by)) == ["all", "camera", "zone", "kind", "hour"])
        #expect(figures.precisions.first { $0.by == "hour" }?.value == "06")
        #expect(figures.states == [.reported: 3, .pending: 1])
    }
}
