import Foundation
import GRDB
import Scene

@testable import Alerts

/// A queue in a folder of its own, with a clock that a test turns.
final class Desk {
    /// 2026-03-01T06:00:00Z: the streams of all samples begin here.
    static let start = Instant(microseconds: 1_772_344_800_000_000)

    let folder: Folder
    let store: AlertStore
    var now = Desk.start

    init(_ policy: HandoverPolicy = HandoverPolicy()) throws {
        folder = try Folder()
        store = try AlertStore(directory: folder.url)
        try store.adopt(policy, now: Desk.start)
    }

    /// Seconds after the start.
    func at(_ seconds: Double) -> Instant { Desk.start + .seconds(seconds) }

    /// Commits an event of an alert that is decided so many seconds after the start.
    ///
    /// - Returns: the alert's id.
    @discardableResult
    func tell(
        _ number: Int,
        at seconds: Double,
        camera: String = "gate-1",
        zone: String = "lane",
        kind: ZoneKind = .noParking,
        severity: Severity = .warning,
        revision: Int = 1,
        phase: Incident.Phase = .opened,
        openedAt: Double? = nil,
        place: String? = nil,
        quality: ClockQuality = .host
    ) throws -> String {
        var context = Sample.context(camera: camera, quality: quality)
        context.place = place
        context.handover = store.policy
        var incident = Sample.incident(
            number: number,
            revision: revision,
            phase: phase,
            zone: zone,
            kind: kind,
            severity: severity,
            startedAt: Int64(number),
            time: Int64(seconds * 1_000_000)
        )
        if let openedAt { incident.openedAt = MediaTime(seconds: openedAt) }
        let event = Sample.event(incident, context: context)
        try store.commit(event, recordedAt: at(seconds))
        return event.data.alertID
    }

    func state(_ alert: String) throws -> HandoverState? {
        try store.record(alert: alert)?.state
    }

    func claim(
        _ consumer: String,
        _ limit: Int = 1,
        at seconds: Double,
        filter: ClaimFilter = ClaimFilter()
    ) throws -> [ClaimedAlert] {
        try store.claim(by: consumer, limit: limit, filter: filter, now: at(seconds))
    }

    /// Changes the database behind the queue's back.
    func damage(_ sql: String) throws {
        try store.writer?.writeWithoutTransaction { database in
            try database.execute(sql: sql)
        }
    }
}
