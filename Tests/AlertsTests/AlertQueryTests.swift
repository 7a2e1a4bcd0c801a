import Alerts
import Foundation
import Scene
import Testing

@Suite
struct AlertQueryTests {
    /// Three alerts: A on gate-1 closed, B on gate-1 open and updated, C on gate-2 open.
    private func store(in folder: Folder) throws -> (AlertStore, [String: String]) {
        let store = try AlertStore(directory: folder.url)
        let other = Sample.context(camera: "gate-2")
        let a = Sample.incident(number: 1)
        let b = Sample.incident(number: 2, zone: "bank", kind: .waterDanger)
        let c = Sample.incident(number: 1, kind: .noParking)
        try store.commit(Sample.event(a))
        try store.commit(Sample.event(b))
        try store.commit(Sample.event(c, context: other))
        try store.commit(
            Sample.event(
                Sample.incident(
                    number: 2,
                    revision: 2,
                    phase: .updated,
                    zone: "bank",
                    kind: .waterDanger
                )
            )
        )
        try store.commit(
            Sample.event(Sample.incident(number: 1, revision: 2, phase: .closed, time: 50_000_000))
        )
        let names = [
            AlertEvent.alertID(for: a, context: Sample.context()): "A",
            AlertEvent.alertID(for: b, context: Sample.context()): "B",
            AlertEvent.alertID(for: c, context: other): "C",
        ]
        return (store, names)
    }

    @Test(
        "Alerts are listed by their latest event, newest first, as the filter asks",
        arguments: [
            (MatterFilter(), "ABC"),
            (MatterFilter(limit: 2), "AB"),
            (MatterFilter(camera: CameraID(rawValue: "gate-1")), "AB"),
            (MatterFilter(zone: ZoneID(rawValue: "lane")), "AC"),
            (MatterFilter(kind: .noParking), "C"),
            (MatterFilter(isOpen: true), "BC"),
            (MatterFilter(isOpen: false), "A"),
            (MatterFilter(camera: CameraID(rawValue: "gate-1"), isOpen: true), "B"),
            (MatterFilter(camera: CameraID(rawValue: "' OR 1 --")), ""),
        ]
    )
    func list(filter: MatterFilter, expected: String) throws {
        let folder = try Folder()
        let (store, names) = try store(in: folder)
        let alerts = try store.matters(filter)
        #expect(alerts.compactMap { names[$0.matterID] }.joined() == expected)
        for alert in alerts where names[alert.matterID] == "B" {
            #expect(alert.latest.common.matter.revision == 2)
            #expect(alert.isOpen)
        }
    }

    @Test("An alert is found by its id or the beginning of it, with all its events in order")
    func find() throws {
        let folder = try Folder()
        let (store, names) = try store(in: folder)
        let id = try #require(names.first { $0.value == "B" }?.key)
        #expect(try store.matter(id: id).map(\.common.matter.revision) == [1, 2])
        #expect(
            try store.matter(id: id.prefix(8).uppercased()).map(\.common.matter.matterID) == [
                id, id,
            ]
        )
        #expect(try store.matter(id: "ffffffffffffffff").isEmpty)
        #expect(code { _ = try store.matter(id: "") } == .invalidData)
        #expect(code { _ = try store.matter(id: "%") } == .invalidData)
    }

    @Test("A beginning that several alerts share is refused with some of them")
    func ambiguous() throws {
        let folder = try Folder()
        let store = try AlertStore(directory: folder.url)
        for event in Sample.events(40) { try store.commit(event) }
        let firsts = Dictionary(grouping: try store.matters(), by: { $0.matterID.prefix(1) })
        let shared = try #require(firsts.first { $0.value.count > 1 })
        let error = failure { _ = try store.matter(id: String(shared.key)) }
        #expect(error?.code == .invalidData)
        #expect(shared.value.contains { error?.message.contains($0.matterID) == true })
    }
}
