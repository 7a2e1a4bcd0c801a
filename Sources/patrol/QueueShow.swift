import Alerts
import ArgumentParser
import Foundation
import Scene

/// Shows everything that is known of one alert.
struct QueueShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all events of one alert."
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Flag(help: "Print the events as JSON, one a line.")
    var json = false

    @Argument(help: ArgumentHelp("The alert's id, or how it begins.", valueName: "alert"))
    var id: String

    func run() throws {
        let store = try Queue.open(data)
        let events = try Queue.reading { try store.alert(id: id) }
        guard let latest = events.last else {
            Console.error("error: no alert of \(data) begins with \(id); see patrol queue list")
            throw ExitCode.failure
        }
        if json {
            for event in events { Console.output(event.jsonLine()) }
            return
        }
        for (name, value) in Self.facts(latest.data) { Console.output("\(name): \(value)") }
        let line = AlertLine(timeZone: .gmt, folder: data)
        for event in events { Console.output("  \(line.text(event))") }
    }

    private static func facts(_ data: AlertData) -> [(String, String)] {
        let box = data.object.box
        var facts = [
            ("alert", data.alertID),
            ("kind", "\(data.kind.rawValue), \(data.severity.rawValue)"),
            ("camera", "\(data.camera.id.rawValue) (\(data.camera.name))"),
            ("zone", "\(data.zone.id.rawValue) (\(data.zone.name))"),
            (
                "object",
                "\(data.object.objectClass.rawValue), confidence \(data.object.confidence), "
                    + "at x \(box.x) y \(box.y), \(box.width) wide, \(box.height) high"
            ),
            ("started", "\(data.startedAt), \(data.startedStreamSeconds) s into the stream"),
            ("clock", data.clockQuality.rawValue),
        ]
        if let since = data.observedSince {
            facts.append(("there before", "yes, seen since \(since)"))
        }
        if let place = data.camera.location { facts.append(("location", place)) }
        for file in data.evidence { facts.append(("evidence", "\(file.file) \(file.sha256)")) }
        return facts
    }
}
