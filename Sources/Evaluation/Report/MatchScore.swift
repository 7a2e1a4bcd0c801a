/// How many alerts were right, wrong and missing, over one clip or many.
public struct MatchScore: Hashable, Sendable {
    /// Events that were alerted.
    public var truePositives = 0
    /// Events that were missed.
    public var falseNegatives = 0
    /// Alerts without a reason, those that came too late among them.
    public var falsePositives = 0
    /// Further alerts of alerted events; they do not lower the precision.
    public var duplicates = 0
    /// Alerts that count neither way.
    public var ignored = 0
    /// Alerts that came too late; they are among the false positives.
    public var late = 0
    /// People who went under for good.
    public var vanishings = 0
    /// Those of them that an alert told of in time.
    public var vanishingsFound = 0
    /// Alerts that told of somebody who vanished where nobody did, or at another time.
    public var falseEmergencies = 0
    /// Seconds by which each true positive's start is wrong.
    public var startErrors: [Double] = []
    /// Seconds from due to alert of each true positive.
    public var delays: [Double] = []
    /// Seconds of footage that were watched.
    public var seconds = 0.0

    /// Seconds after somebody went under in which an emergency still tells of it.
    static let emergencyWindow = 15.0

    /// Nothing watched, nothing found.
    public init() {}

    /// The score of one clip of that length, or of only one kind of its alerts and events.
    ///
    /// - Parameters:
    ///   - result: the judgement.
    ///   - truth: what it was judged against.
    ///   - kind: what counts; nil for everything.
    public init(_ result: ClipResult, of truth: Truth, kind: String? = nil) {
        seconds = truth.duration
        for decision in result.decisions where kind == nil || decision.alert.kind == kind {
            count(decision)
        }
        falseNegatives = result.missed.count { kind == nil || truth.events[$0].kind == kind }
        countVanishings(result, of: truth, kind: kind)
    }

    /// An alert that belongs to an event in which somebody goes under tells of it in time from
    /// then on to `emergencyWindow` later; every other time is a false emergency.
    private mutating func countVanishings(_ result: ClipResult, of truth: Truth, kind: String?) {
        var found: Set<Int> = []
        for decision in result.decisions where kind == nil || decision.alert.kind == kind {
            let vanishes = decision.event.flatMap { truth.events[$0].vanishes }
            for time in decision.alert.vanished ?? [] {
                if let event = decision.event, let vanishes,
                    (vanishes...vanishes + Self.emergencyWindow).contains(time)
                {
                    found.insert(event)
                } else {
                    falseEmergencies += 1
                }
            }
        }
        vanishings = truth.events.count { event in
            event.vanishes != nil && (kind == nil || event.kind == kind)
        }
        vanishingsFound = found.count
    }

    private mutating func count(_ decision: ClipResult.Decision) {
        switch decision.verdict {
        case .truePositive: truePositives += 1
        case .duplicate: duplicates += 1
        case .ignored: ignored += 1
        case .falsePositive: falsePositives += 1
        case .late:
            falsePositives += 1
            late += 1
        }
        if let startError = decision.startError { startErrors.append(startError) }
        if let delay = decision.delay { delays.append(delay) }
    }

    /// Adds another clip's score.
    public static func += (total: inout MatchScore, part: MatchScore) {
        total.truePositives += part.truePositives
        total.falseNegatives += part.falseNegatives
        total.falsePositives += part.falsePositives
        total.duplicates += part.duplicates
        total.ignored += part.ignored
        total.late += part.late
        total.vanishings += part.vanishings
        total.vanishingsFound += part.vanishingsFound
        total.falseEmergencies += part.falseEmergencies
        total.startErrors += part.startErrors
        total.delays += part.delays
        total.seconds += part.seconds
    }

    /// Share of the alerts that were right, nil without alerts.
    public var precision: Double? {
        Self.share(truePositives, of: truePositives + falsePositives)
    }

    /// Share of the events that were alerted, nil without events.
    public var recall: Double? {
        Self.share(truePositives, of: truePositives + falseNegatives)
    }

    /// Harmonic mean of precision and recall, nil with neither alerts nor events.
    public var f1: Double? {
        Self.share(2 * truePositives, of: 2 * truePositives + falsePositives + falseNegatives)
    }

    /// Median of `startErrors` in seconds, nil without any.
    public var startErrorMedian: Double? {
        Self.median(startErrors)
    }

    /// Median of `delays` in seconds, nil without any.
    public var delayMedian: Double? {
        Self.median(delays)
    }

    /// Hours of footage that were watched.
    public var hours: Double {
        seconds / 3600
    }

    /// False positives an hour of footage, nil without footage.
    public var falsePerHour: Double? {
        seconds > 0 ? Double(falsePositives) * 3600 / seconds : nil
    }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
