internal import Foundation

/// The files that an evaluation writes for one clip.
struct ClipFiles {
    private let folder: URL

    private static let alertsName = "alerts.jsonl"
    private static let decisionsName = "decisions.jsonl"

    /// Makes the folder, and takes away what an earlier run left there, so that a clip that fails
    /// shows no results.
    init(folder: URL) throws(EvaluationError) {
        self.folder = folder
        do {
            let manager = FileManager.default
            try manager.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in [Self.alertsName, Self.decisionsName] {
                let file = folder.appendingPathComponent(name)
                if manager.fileExists(atPath: file.path) { try manager.removeItem(at: file) }
            }
        } catch {
            throw EvaluationError(
                .writeFailed,
                "\(folder.path): results cannot be written here",
                cause: error
            )
        }
    }

    /// Writes `alerts.jsonl`: one line an alert, keys in alphabetical order.
    func write(alerts: [ScoredAlert]) throws(EvaluationError) {
        try write(alerts, Self.alertsName)
    }

    /// Writes `decisions.jsonl`: one line an alert with its verdict, then one line a missed event.
    func write(_ result: ClipResult, of truth: Truth) throws(EvaluationError) {
        let decided = result.decisions.map { DecisionLine($0, truth: truth) }
        let missed = result.missed.map { DecisionLine(missed: truth.events[$0]) }
        try write(decided + missed, Self.decisionsName)
    }

    private func write(_ lines: [some Encodable], _ name: String) throws(EvaluationError) {
        let file = folder.appendingPathComponent(name)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            var data = Data()
            for line in lines {
                data += try encoder.encode(line) + Data("\n".utf8)
            }
            try data.write(to: file, options: .atomic)
        } catch {
            throw EvaluationError(.writeFailed, "\(file.path): cannot be written", cause: error)
        }
    }
}

/// A line of `decisions.jsonl`.
private struct DecisionLine: Encodable {
    struct Event: Encodable {
        var start: Double
        var end: Double
        var box: ImageBox?
        var note: String?

        enum CodingKeys: String, CodingKey {
            case start = "start_s"
            case end = "end_s"
            case box = "bbox"
            case note
        }

        init(_ event: Truth.Event) {
            start = event.start
            end = event.end
            box = event.box
            note = event.note
        }
    }

    var verdict: String
    var zone: String
    var kind: String
    var time: Double?
    var start: Double?
    var box: ImageBox?
    var startError: Double?
    var delay: Double?
    var event: Event?

    enum CodingKeys: String, CodingKey {
        case verdict
        case zone
        case kind
        case time = "t"
        case start = "start_t"
        case box
        case startError
        case delay
        case event
    }

    init(_ decision: ClipResult.Decision, truth: Truth) {
        verdict = decision.verdict.rawValue
        zone = decision.alert.zone
        kind = decision.alert.kind
        time = decision.alert.time
        start = decision.alert.start
        box = decision.alert.box
        startError = decision.startError
        delay = decision.delay
        event = decision.event.map { Event(truth.events[$0]) }
    }

    init(missed event: Truth.Event) {
        verdict = "missed"
        zone = event.zone
        kind = event.kind
        self.event = Event(event)
    }
}
