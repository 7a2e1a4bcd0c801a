import Alerts
import Foundation
import Scene

/// How people read an event and a time on one line.
struct AlertLine {
    /// Local time of the site.
    let timeZone: TimeZone
    /// Put before the paths of evidence.
    let folder: String

    /// An event's time, camera, zone, what it is about, severity, duration and snapshot.
    ///
    /// A fault of a camera has no zone and says `(camera)` there.
    func text(_ event: any ContractEvent) -> String {
        let matter = event.matter
        let isTimeKnown = matter.clockQuality != .unknown
        let time =
            isTimeKnown
            ? local(event.time.instant) : "+\(Self.clock(matter.streamSeconds))"
        let picture = matter.evidence.first.map { "  \(folder)/\($0.file)" } ?? ""
        return "\(time)  \(Self.phase(of: event))  \(matter.camera.id.rawValue)  "
            + "\(Self.zone(of: matter))  \(matter.topic)  \(matter.severity.rawValue)  "
            + "for \(Self.clock(matter.lastedSeconds))\(picture)"
    }

    /// The zone of a matter, or that it has none.
    static func zone(of matter: any MatterData) -> String {
        matter.zoneID?.rawValue ?? "(camera)"
    }

    /// What happened, in seven characters.
    private static func phase(of event: any ContractEvent) -> String {
        if event.isClosed { return "closed " }
        return event.matter.revision == 1 ? "opened " : "updated"
    }

    /// A moment in the site's local time, such as `2026-03-01 14:00:02+08:00`.
    func local(_ instant: Instant) -> String {
        let seconds = (Double(instant.microseconds) / 1_000_000).rounded(.down)
        let style = Date.ISO8601FormatStyle(
            dateTimeSeparator: .space,
            timeZoneSeparator: .colon,
            timeZone: timeZone
        )
        return Date(timeIntervalSince1970: seconds).formatted(style)
    }

    /// A length of time as hours, minutes and seconds: `0:01:31`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(max(0, seconds.isFinite ? seconds : 0))
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(whole / 3600):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
    }
}
