import Alerts
import ArgumentParser
import Foundation
import Pipeline
import Scene

/// The options that name the place and time that are asked about.
struct AskedPlace: ParsableArguments {
    /// A point in shares of the picture, as an option gives it.
    struct Point: ExpressibleByArgument {
        let point: NormalizedPoint

        init?(argument: String) {
            let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 2, let x = Double(parts[0]), let y = Double(parts[1]),
                (0...1).contains(x), (0...1).contains(y)
            else { return nil }
            point = NormalizedPoint(x: x, y: y)
        }
    }

    @Option(help: ArgumentHelp("Seconds from the first frame.", valueName: "seconds"))
    var at: Double?

    @Option(
        help: ArgumentHelp(
            "The place in shares of the picture, such as 0.42,0.71.",
            valueName: "x,y"
        )
    )
    var point: Point?

    @Option(
        help: ArgumentHelp(
            "An alert of --alerts by its id or how that begins; without --alerts the number of the "
                + "incident in this replay.",
            valueName: "id"
        )
    )
    var alert: String?

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var alerts: String?

    @Option(
        help: ArgumentHelp("An event of truth.json, counted from 1.", valueName: "number")
    )
    var event: Int?

    /// Tells what is wrong with the options together.
    func check(hasSite: Bool) throws {
        let ways = [at != nil || point != nil, alert != nil, event != nil].count { $0 }
        guard ways == 1 else {
            throw ValidationError(
                "Give one of: --at SECONDS with --point X,Y; --alert ID; --event NUMBER."
            )
        }
        if (at == nil) != (point == nil) {
            throw ValidationError("--at and --point go together: a time and a place.")
        }
        if let at, !(at >= 0 && at < 1e9) {
            throw ValidationError("--at \(at): give seconds from the first frame, 0 or more.")
        }
        if event != nil, hasSite {
            throw ValidationError("--event is for a folder with truth.json, without --site.")
        }
        if alerts != nil, alert == nil {
            throw ValidationError("--alerts needs --alert ID.")
        }
        if alerts != nil, !hasSite {
            throw ValidationError("--alerts needs --site FILE, which the alerts are from.")
        }
        if alerts == nil, let alert, Int(alert).map({ $0 < 1 }) ?? true {
            throw ValidationError(
                "--alert \(alert): give --alerts FOLDER with it, or the number of the incident in "
                    + "this replay, from 1."
            )
        }
    }

    /// What is asked; where it is about an alert of a folder, with its zone and camera.
    func question() throws -> (question: PlaceReplay.Question, zone: ZoneID?, camera: String?) {
        if let alerts, let alert {
            let data = try Self.opened(alert, in: alerts)
            // The alert tells its time in whole milliseconds, and its frame may be a little later.
            let time = MediaTime(seconds: data.streamSeconds + 0.001)
            let point = data.object.box.center
            return (.moment(time, point), data.zone.id, data.camera.id.rawValue)
        }
        if let number = alert.flatMap(Int.init) { return (.incident(number), nil, nil) }
        guard let at, let point else {
            throw ValidationError("Give --at SECONDS with --point X,Y.")
        }
        return (.moment(MediaTime(seconds: at), point.point), nil, nil)
    }

    /// The opening of an alert, from the queue of a folder or, without one, from its lines.
    private static func opened(_ id: String, in folder: String) throws -> AlertData {
        let url = URL(fileURLWithPath: folder, isDirectory: true)
        let queue = url.appendingPathComponent(AlertStore.fileName).path
        let lines = url.appendingPathComponent("alerts.jsonl")
        let events: [QueueEvent]
        if !FileManager.default.fileExists(atPath: queue),
            let text = try? String(contentsOf: lines, encoding: .utf8)
        {
            events = try text.split(separator: "\n").map { try QueueEvent(jsonLine: String($0)) }
        } else {
            events = try Queue.reading { try Queue.open(folder).matter(id: id) }
        }
        let alerts = events.compactMap { event -> AlertEvent? in
            guard case .alert(let alert) = event else { return nil }
            return alert.data.alertID.hasPrefix(id.lowercased()) ? alert : nil
        }
        guard Set(alerts.map(\.data.alertID)).count <= 1 else {
            throw AlertError(.invalidData, "several ids in \(folder) begin with \(id)")
        }
        guard let first = alerts.min(by: { $0.data.revision < $1.data.revision }) else {
            throw AlertError(
                .invalidData,
                "no alert in \(folder) begins with \(id); see patrol queue list"
            )
        }
        return first.data
    }
}
