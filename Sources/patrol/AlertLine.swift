import Alerts
import Foundation
import Scene

/// How people read an alert and a time on one line.
struct AlertLine {
    /// Local time of the site.
    let timeZone: TimeZone
    /// Put before the paths of evidence.
    let folder: String

    /// An alert's time, camera, zone, kind, severity, dwell and snapshot.
    func text(_ event: AlertEvent) -> String {
        let data = event.data
        let phase =
            switch event.type {
            case .opened: "opened "
            case .updated: "updated"
            case .closed: "closed "
            }
        let isTimeKnown = data.clockQuality != .unknown
        let time =
            isTimeKnown
            ? local(event.time.instant) : "+\(Self.clock(data.streamSeconds))"
        let picture = data.evidence.first.map { "  \(folder)/\($0.file)" } ?? ""
        return "\(time)  \(phase)  \(data.camera.id.rawValue)  \(data.zone.id.rawValue)  "
            + "\(data.kind.rawValue)  \(data.severity.rawValue)  "
            + "for \(Self.clock(data.dwellSeconds))\(picture)"
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
