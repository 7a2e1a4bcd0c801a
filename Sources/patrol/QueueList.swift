import Alerts
import ArgumentParser
import Foundation
import Scene

/// Lists alerts, the latest first.
struct QueueList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists alerts as their latest event tells them, the latest first.",
        discussion: "Times are in UTC. Where a recording's time of day is not known they count "
            + "from 1970, and the column says +h:mm:ss from the start of the recording."
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("Only alerts of this camera.", valueName: "id"))
    var camera: String?

    @Option(help: ArgumentHelp("Only alerts of zones of this id.", valueName: "id"))
    var zone: String?

    @Flag(help: "Only alerts that go on.")
    var open = false

    @Option(help: ArgumentHelp("At most this many.", valueName: "number"))
    var limit = 100

    @Flag(help: "Print the latest event of each alert as JSON, one a line.")
    var json = false

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit \(limit): give 1 or more.") }
    }

    func run() throws {
        let store = try Queue.open(data)
        let filter = AlertFilter(
            camera: camera.map { CameraID(rawValue: $0) },
            zone: zone.map { ZoneID(rawValue: $0) },
            isOpen: open ? true : nil,
            limit: limit
        )
        let alerts = try Queue.reading { try store.alerts(filter) }
        if json {
            for alert in alerts { Console.output(alert.latest.jsonLine()) }
            return
        }
        var table = TextTable(
            header: ["ALERT", "STATE", "STARTED", "DWELL", "CAMERA", "ZONE", "KIND", "SEVERITY"]
        )
        for alert in alerts { table.add(Self.row(alert)) }
        Console.output(alerts.isEmpty ? "no alerts" : table.text)
    }

    private static func row(_ alert: AlertSummary) -> [String] {
        let data = alert.latest.data
        let started =
            data.clockQuality == .unknown
            ? "+\(AlertLine.clock(data.startedStreamSeconds))"
            : AlertLine(timeZone: .gmt, folder: "").local(data.startedAt.instant)
        return [
            String(alert.alertID.prefix(12)), alert.isOpen ? "open" : "closed", started,
            AlertLine.clock(data.dwellSeconds), data.camera.id.rawValue, data.zone.id.rawValue,
            data.kind.rawValue, data.severity.rawValue,
        ]
    }
}
