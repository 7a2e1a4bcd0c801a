internal import Alerts
internal import Foundation
internal import Hummingbird
internal import Logging
internal import Scene

/// Answers what the queue can answer.
struct ConsoleDesk: Sendable {
    let store: AlertStore
    /// The data folder, where the evidence lies.
    let folder: String
    let timeZone: TimeZone
    let limits: ConsoleLimits
    let work: BlockingWork
    /// For what reads the whole queue.
    let reports: BlockingWork
    let watch: LogWatch
    let waitingClaims: Slots
    let eventStreams: Slots
    let logger: Logger

    /// The time by this host's clock.
    static var now: Instant {
        Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    func answer(_ operation: Operation, _ ask: Ask) async throws -> Response {
        switch operation {
        case .listAlerts: try await list(ask)
        case .showAlert: try await show(ask)
        case .claimAlerts: try await claim(ask)
        case .acknowledgeClaim: try await acknowledge(ask)
        case .releaseClaim: try await release(ask)
        case .extendClaim: try await extend(ask)
        case .arriveAtAlert: try await arrive(ask)
        case .reportAlert: try await report(ask)
        case .retryAlert: try await retry(ask)
        case .getEvidence: try await evidence(ask)
        case .followEvents: try await events(ask)
        case .getStatistics: try await statistics(ask)
        case .getHealth: try health(ask)
        case .getReadiness: try await readiness(ask)
        }
    }

    private func list(_ ask: Ask) async throws -> Response {
        var query = try ask.query()
        let camera = try query.identifier("camera")
        let zone = try query.identifier("zone")
        let filter = AlertFilter(
            camera: camera.map { CameraID(rawValue: $0) },
            zone: zone.map { ZoneID(rawValue: $0) },
            kinds: try query.choices("kind", ZoneKind.self),
            severity: try query.choice("severity", Severity.self),
            states: try query.choices("state", AlertState.self).map(\.state),
            since: try query.time("since"),
            until: try query.time("until"),
            isOpen: try query.choice("open", Truth.self).map { $0 == .true }
        )
        let limit = try query.number("limit", 1...200) ?? 50
        let position = try query.number("cursor", Int64(1)...Int64.max)
        try query.finish()
        let store = store
        let page = try await work.run {
            try store.alerts(filter, before: position, limit: limit)
        }
        let next = page.next.map { ",\"next\":\"\($0)\"" } ?? ""
        return Answer.json("alerts", page.alerts.map { $0.jsonLine() }, more: next)
    }

    private func show(_ ask: Ask) async throws -> Response {
        try ask.noQuery()
        let alert = try ask.alert()
        let store = store
        return Answer.json(
            try await work.run {
                guard let record = try store.record(alert: alert) else {
                    throw Problem(.notFound, "there is no alert \(alert), or it was removed")
                }
                return record.jsonLine(with: try store.storedEvents(of: alert))
            }
        )
    }

    private func statistics(_ ask: Ask) async throws -> Response {
        var query = try ask.query()
        let zone = try query.value(
            "timeZone",
            allowed: "the name of a time zone such as Asia/Shanghai"
        ) { $0.utf8.count <= 64 ? TimeZone(identifier: $0) : nil }
        try query.finish()
        let store = store
        let timeZone = zone ?? timeZone
        return Answer.json(
            try await reports.run {
                var calendar = Calendar(identifier: .gregorian)
                calendar.timeZone = timeZone
                return try store.statistics(now: Self.now) { instant in
                    let seconds = Double(instant.microseconds) / 1_000_000
                    return calendar.component(.hour, from: Date(timeIntervalSince1970: seconds))
                }.jsonLine()
            }
        )
    }

    private func health(_ ask: Ask) throws -> Response {
        try ask.noQuery()
        return Answer.json("{\"status\":\"alive\"}")
    }

    private func readiness(_ ask: Ask) async throws -> Response {
        try ask.noQuery()
        guard !watch.isStopped else {
            throw Problem(.unavailable, "the server is being stopped", retryAfter: 5)
        }
        let store = store
        let end = try await work.run { try store.end() }
        return Answer.json("{\"status\":\"ready\",\"end\":\(end)}")
    }
}

/// The states that an alert can have; a fault of a camera is no alert.
enum AlertState: String, CaseIterable {
    case pending
    case claimed
    case acknowledged
    case arrived
    case reported
    case expired
    case dead
    case covered

    var state: HandoverState { HandoverState(rawValue: rawValue) ?? .pending }
}

/// Yes or no as a word.
enum Truth: String, CaseIterable {
    case `true`
    case `false`
}
