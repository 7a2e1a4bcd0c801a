import Alerts
import ArgumentParser
import Foundation
import Scene

/// Takes the most urgent alerts.
struct QueueClaim: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: "Takes the most urgent alerts, which nobody else gets until the lease ends.",
        discussion: """
            Acknowledge each with patrol queue ack before its lease ends, or it is handed out \
            again. Exit status 0 also where nothing waits.
            """
    )

    @OptionGroup var who: QueueActor

    @Option(help: ArgumentHelp("At most this many, 1 to 1000.", valueName: "number"))
    var limit = 1

    @Option(help: ArgumentHelp("How long the claim holds, 1 to 3600.", valueName: "seconds"))
    var lease: Double?

    @Option(help: ArgumentHelp("Wait so long where nothing waits.", valueName: "seconds"))
    var wait = 0.0

    @Option(help: ArgumentHelp("Only alerts of this camera.", valueName: "id"))
    var camera: String?

    @Option(help: ArgumentHelp("Only alerts of zones of this kind.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("Only alerts at least so urgent.", valueName: "severity"))
    var severity: String?

    @Flag(help: "Print each claim with its event as JSON, one a line.")
    var json = false

    func validate() throws {
        guard severity == nil || severity.flatMap(Severity.init) != nil else {
            throw ValidationError("--severity: give info, warning, critical or emergency.")
        }
        guard kind == nil || kind.flatMap(ZoneKind.init) != nil else {
            let kinds = ZoneKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--kind: give one of \(kinds).")
        }
        guard wait >= 0, wait <= 86_400 else {
            throw ValidationError("--wait \(wait): give seconds from 0 to 86400.")
        }
    }

    func run() throws {
        let store = try Queue.update(who.data)
        let filter = ClaimFilter(
            camera: camera.map { CameraID(rawValue: $0) },
            kind: kind.flatMap(ZoneKind.init),
            severity: severity.flatMap(Severity.init)
        )
        let claims = try Queue.reading {
            try store.claim(
                by: who.by,
                limit: limit,
                lease: lease.map { MediaSpan.seconds($0) },
                filter: filter,
                waitingUpTo: .seconds(wait)
            ) { Queue.now }
        }
        if json {
            for claim in claims { Console.output(claim.jsonLine()) }
            return
        }
        var table = TextTable(
            header: ["CLAIM", "SEVERITY", "CAMERA", "ZONE", "KIND", "FOUND", "HELD UNTIL"]
        )
        for claim in claims {
            let event = try Queue.reading { try claim.event.event().common }
            table.add([
                claim.claimID, claim.severity.rawValue, event.matter.camera.id.rawValue,
                AlertLine.zone(of: event.matter), event.matter.topic, "\(event.time)",
                claim.leaseUntil.rfc3339,
            ])
        }
        Console.output(claims.isEmpty ? "nothing waits" : table.text)
    }
}
