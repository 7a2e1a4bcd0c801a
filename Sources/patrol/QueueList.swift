import Alerts
import ArgumentParser
import Foundation
import Scene

/// Lists alerts and faults of cameras, the latest first.
struct QueueList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists alerts and faults of cameras by their latest event, the latest first.",
        discussion: "A fault of a camera has (camera) for its zone and the fault for its kind. "
            + "Times are in UTC. Where a recording's time of day is not known they count "
            + "from 1970, and the column says +h:mm:ss from the start of the recording."
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("Only those of this camera.", valueName: "id"))
    var camera: String?

    @Option(help: ArgumentHelp("Only alerts of zones of this id.", valueName: "id"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "Only alerts, or only the health of the cameras: alerts or health.",
            valueName: "sort"
        )
    )
    var only: Sort?

    @Flag(help: "Only those that go on.")
    var open = false

    @Option(help: ArgumentHelp("At most this many.", valueName: "number"))
    var limit = 100

    @Flag(help: "Print the latest event of each as JSON, one a line.")
    var json = false

    /// Sorts of matters that people choose from.
    enum Sort: String, ExpressibleByArgument, CaseIterable {
        case alerts
        case health

        var filter: MatterFilter.Sort {
            switch self {
            case .alerts: .alerts
            case .health: .health
            }
        }
    }

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit \(limit): give 1 or more.") }
    }

    func run() throws {
        let store = try Queue.open(data)
        let filter = MatterFilter(
            sort: only?.filter,
            camera: camera.map { CameraID(rawValue: $0) },
            zone: zone.map { ZoneID(rawValue: $0) },
            isOpen: open ? true : nil,
            limit: limit
        )
        let matters = try Queue.reading { try store.matters(filter) }
        if json {
            for matter in matters { Console.output(matter.latest.common.jsonLine()) }
            return
        }
        var table = TextTable(
            header: ["ID", "STATE", "STARTED", "LASTED", "CAMERA", "ZONE", "KIND", "SEVERITY"]
        )
        for matter in matters { table.add(Self.row(matter)) }
        Console.output(matters.isEmpty ? "nothing to list" : table.text)
    }

    private static func row(_ summary: MatterSummary) -> [String] {
        let matter = summary.latest.common.matter
        let started =
            matter.clockQuality == .unknown
            ? "+\(AlertLine.clock(matter.startedStreamSeconds))"
            : AlertLine(timeZone: .gmt, folder: "").local(matter.startedAt.instant)
        return [
            String(matter.matterID.prefix(12)), summary.isOpen ? "open" : "closed", started,
            AlertLine.clock(matter.lastedSeconds), matter.camera.id.rawValue,
            AlertLine.zone(of: matter), matter.topic, matter.severity.rawValue,
        ]
    }
}
