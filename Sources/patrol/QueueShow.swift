import Alerts
import ArgumentParser
import Foundation
import Scene

/// Shows everything that is known of one alert or one fault of a camera.
struct QueueShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all events of one alert, or of one fault of a camera."
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Flag(help: "Print the events as JSON, one a line.")
    var json = false

    @Argument(help: ArgumentHelp("The id, or how it begins.", valueName: "id"))
    var id: String

    func run() throws {
        let store = try Queue.open(data)
        let events = try Queue.reading { try store.matter(id: id) }
        guard let latest = events.last else {
            Console.error("error: no id in \(data) begins with \(id); see patrol queue list")
            throw ExitCode.failure
        }
        if json {
            for event in events { Console.output(event.common.jsonLine()) }
            return
        }
        for (name, value) in Self.facts(latest) { Console.output("\(name): \(value)") }
        let whole = latest.common.matter.matterID
        if let record = try Queue.reading({ try store.record(alert: whole) }) {
            for (name, value) in Self.facts(record) { Console.output("\(name): \(value)") }
        }
        let line = AlertLine(timeZone: .gmt, folder: data)
        for event in events { Console.output("  \(line.text(event.common))") }
    }

    private static func facts(_ event: QueueEvent) -> [(String, String)] {
        let matter = event.common.matter
        var facts: [(String, String)]
        switch event {
        case .alert(let alert): facts = Self.facts(alert.data)
        case .health(let health): facts = Self.facts(health.data)
        }
        if let place = matter.camera.location { facts.append(("location", place)) }
        for file in matter.evidence { facts.append(("evidence", "\(file.file) \(file.sha256)")) }
        return facts
    }

    private static func facts(_ record: HandoverRecord) -> [(String, String)] {
        guard record.state != .noted else { return [] }
        var facts = [
            ("hand-over", record.state.rawValue),
            (
                "due",
                "order \(record.dispatchBy.rfc3339), arrival \(record.arriveBy.rfc3339), "
                    + "report \(record.reportBy.rfc3339)"
            ),
        ]
        if let other = record.coveredBy { facts.append(("covered by", other)) }
        if record.covers > 0 { facts.append(("stands for", "\(record.covers) others")) }
        if let claim = record.claim {
            facts.append(
                ("held", "\(claim.id) by \(claim.consumer) until \(claim.leaseUntil.rfc3339)")
            )
        }
        if let report = record.report {
            let words = report.text.map { ": \($0)" } ?? ""
            facts.append(("verdict", "\(report.verdict.rawValue) by \(report.by)\(words)"))
        }
        for step in record.transitions {
            let detail = step.detail.map { " (\($0))" } ?? ""
            facts.append(("  \(step.at.rfc3339)", "\(step.kind.rawValue) by \(step.by)\(detail)"))
        }
        return facts
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
        if let depth = data.depth { facts.append(("depth", depth.rawValue)) }
        if let reasons = data.reasons {
            facts.append(("reasons", reasons.map(\.rawValue).joined(separator: ", ")))
        }
        if let time = data.lastSeenAt { facts.append(("last seen", "\(time)")) }
        if let since = data.observedSince {
            facts.append(("there before", "yes, seen since \(since)"))
        }
        return facts
    }

    private static func facts(_ data: HealthData) -> [(String, String)] {
        [
            ("health", data.healthID),
            ("fault", "\(data.fault.rawValue), \(data.severity.rawValue)"),
            ("camera", "\(data.camera.id.rawValue) (\(data.camera.name))"),
            ("zones", data.zonesSuspended ? "suspended" : "in force"),
            ("started", "\(data.startedAt), \(data.startedStreamSeconds) s into the stream"),
            ("clock", data.clockQuality.rawValue),
        ]
    }
}
