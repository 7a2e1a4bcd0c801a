public import Alerts
internal import Foundation
public import Scene

/// The alerts of a service with what dispatchers made of them.
public struct JudgedAlerts: Sendable {
    /// One alert with its verdict.
    public struct Alert: Hashable, Sendable {
        /// Names the alert.
        public var id: String
        /// What its object was like when it opened.
        public var features: ObjectFeatures
        /// Whether the dispatchers confirmed it.
        public var isConfirmed: Bool
    }

    /// A line of a file of verdicts.
    private struct Line: Decodable {
        enum Verdict: String, Decodable {
            case confirmed
            case rejected
        }

        var id: String
        var verdict: Verdict
    }

    /// Alerts with features and a verdict, in the order of their ids.
    public let alerts: [Alert]
    /// Number of verdicts on alerts that are not in the queue.
    public let unknown: Int
    /// Number of verdicts on alerts that no network has looked at.
    public let withoutFeatures: Int

    /// Puts verdicts and alerts together.
    ///
    /// - Parameters:
    ///   - verdicts: text with a JSON object a line: `id`, an alert's id, and `verdict`,
    ///     `confirmed` or `rejected`; the last verdict on an alert counts.
    ///   - file: what messages call the text.
    ///   - store: the queue that the alerts are in.
    /// - Throws: `PipelineError` with the line that is no verdict, `AlertError` where the queue
    ///   cannot be read.
    public init(verdicts: String, file: String, store: AlertStore) throws {
        var judged: [String: Bool] = [:]
        let lines = verdicts.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, text) in lines.enumerated() where !text.allSatisfy(\.isWhitespace) {
            do {
                let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
                judged[line.id.lowercased()] = line.verdict == .confirmed
            } catch {
                throw PipelineError(
                    .invalidInput,
                    "\(file):\(index + 1): \(text.prefix(80)) is no verdict; write "
                        + "{\"id\": \"<alert id>\", \"verdict\": \"confirmed\"} or \"rejected\"",
                    cause: error
                )
            }
        }
        var features: [String: ObjectFeatures?] = [:]
        var last: Int64 = 0
        while true {
            let events = try store.events(after: last, limit: 1000)
            guard let end = events.last else { break }
            last = end.sequence
            for event in events {
                guard case .alert(let alert) = try QueueEvent(jsonLine: event.line),
                    alert.type == .opened, judged[alert.data.alertID] != nil
                else { continue }
                features.updateValue(alert.data.object.features, forKey: alert.data.alertID)
            }
        }
        unknown = judged.keys.count { features[$0] == nil }
        withoutFeatures = features.values.count { $0 == nil }
        alerts = judged.sorted { $0.key < $1.key }.compactMap { id, isConfirmed in
            guard let found = features[id], let features = found else { return nil }
            return Alert(id: id, features: features, isConfirmed: isConfirmed)
        }
    }
}
