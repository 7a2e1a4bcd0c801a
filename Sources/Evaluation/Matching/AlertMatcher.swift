/// Judges a clip's alerts against its truth, one to one within a zone.
///
/// An alert is *eligible* for an event of its zone and kind when it comes from a second before the
/// event's start to two seconds after the earlier of the event's end and ten seconds past due
/// (start plus dwell time), and agrees in place: no box is given, or the boxes overlap by an IoU
/// of 0.1 once the event's is dilated, or the alert's centre lies in the dilated box. It is not
/// eligible where an `ignore` entry that is open then overlaps its box better. `docs/evaluation.md`
/// has the whole rule.
public struct AlertMatcher {
    /// Seconds after due within which an alert still counts.
    private static let late = 10.0
    /// Seconds of doubt at the end of everything.
    private static let slack = 2.0
    /// Seconds of doubt at the start of everything.
    private static let early = 1.0
    /// Share of its own size by which an event's box is dilated on each side, and pixels at least.
    private static let dilation = (share: 0.3, pixels: 4.0)
    private static let minimumOverlap = 0.1
    /// Seconds around `boxTime` in which a moving object's box is true.
    private static let boxTimeTolerance = 1.0
    /// Costs more than all pairs together, so that the most pairs are taken first.
    private static let forbidden = 1e6

    private let truth: Truth
    private let alerts: [ScoredAlert]
    private let dwell: [String: Double]

    /// Judges every alert.
    public static func match(truth: Truth, alerts: [ScoredAlert]) -> ClipResult {
        let matcher = AlertMatcher(truth: truth, alerts: alerts)
        let eventOfAlert = matcher.pairs()
        let found = Set(eventOfAlert.values)
        return ClipResult(
            decisions: alerts.indices.map { index in
                if let event = eventOfAlert[index] {
                    return matcher.hit(alerts[index], event)
                }
                return matcher.judgeLeftOver(alerts[index], found: found)
            },
            missed: truth.events.indices.filter { !found.contains($0) }
        )
    }

    private init(truth: Truth, alerts: [ScoredAlert]) {
        self.truth = truth
        self.alerts = alerts
        dwell = Dictionary(truth.zones.map { ($0.id, $0.dwell ?? 0) }) { _, last in last }
    }

    /// The event of each alert that gets one: the most pairs, and of those the best overlap, and
    /// of those the nearest to due (in one sum, in which ten seconds weigh as much as an IoU of
    /// 0.01).
    private func pairs() -> [Int: Int] {
        var eventOfAlert: [Int: Int] = [:]
        for zone in Set(truth.events.map(\.zone)) {
            let rows = truth.events.indices.filter { truth.events[$0].zone == zone }
            let columns = alerts.indices.filter { alerts[$0].zone == zone }
            guard !columns.isEmpty else { continue }
            let nobody = [Double](repeating: Self.forbidden, count: rows.count)
            let costs = rows.map { event in
                columns.map { cost(alerts[$0], truth.events[event]) } + nobody
            }
            for (row, column) in Assignment.cheapest(costs).enumerated()
            where costs[row][column] < Self.forbidden {
                eventOfAlert[columns[column]] = rows[row]
            }
        }
        return eventOfAlert
    }

    private func cost(_ alert: ScoredAlert, _ event: Truth.Event) -> Double {
        guard isEligible(alert, event) else { return Self.forbidden }
        return 10 * (1 - overlap(alert, event)) + abs(alert.time - due(event)) / 100
    }

    private func hit(_ alert: ScoredAlert, _ index: Int) -> ClipResult.Decision {
        let event = truth.events[index]
        return ClipResult.Decision(
            alert: alert,
            verdict: .truePositive,
            event: index,
            startError: alert.start.map { abs($0 - event.start) },
            delay: alert.time - due(event)
        )
    }

    private func judgeLeftOver(_ alert: ScoredAlert, found: Set<Int>) -> ClipResult.Decision {
        let candidates = truth.events.indices.filter { agrees(alert, truth.events[$0]) }
        let ignored = truth.ignore.filter { agrees(alert, $0) }
        let ignoredOverlap = ignored.map { overlap(alert, $0) }.max() ?? -1
        let twin = best(alert, candidates.filter(found.contains))
        if let twin, overlap(alert, truth.events[twin]) >= ignoredOverlap {
            return ClipResult.Decision(alert: alert, verdict: .duplicate, event: twin)
        }
        if !ignored.isEmpty {
            return ClipResult.Decision(alert: alert, verdict: .ignored)
        }
        if let event = best(alert, candidates) {
            return ClipResult.Decision(alert: alert, verdict: .late, event: event)
        }
        return ClipResult.Decision(alert: alert, verdict: .falsePositive)
    }

    /// The first of the events that the alert overlaps best.
    private func best(_ alert: ScoredAlert, _ candidates: [Int]) -> Int? {
        var best: (event: Int, overlap: Double)?
        for event in candidates {
            let overlap = overlap(alert, truth.events[event])
            if overlap > best?.overlap ?? -1 { best = (event, overlap) }
        }
        return best?.event
    }

    private func due(_ event: Truth.Event) -> Double {
        event.start + (dwell[event.zone] ?? 0)
    }

    private func isEligible(_ alert: ScoredAlert, _ event: Truth.Event) -> Bool {
        guard isSameMatter(alert, event), placeAgrees(alert, event) else { return false }
        let last = min(event.end, due(event) + Self.late) + Self.slack
        guard event.start - Self.early <= alert.time, alert.time <= last else { return false }
        let own = overlap(alert, event)
        return !truth.ignore.contains { other in
            isSameMatter(alert, other) && isOpen(other, at: alert.time)
                && overlap(alert, other) > own
        }
    }

    private func agrees(_ alert: ScoredAlert, _ event: Truth.Event) -> Bool {
        isSameMatter(alert, event) && isOpen(event, at: alert.time) && placeAgrees(alert, event)
    }

    private func isSameMatter(_ alert: ScoredAlert, _ event: Truth.Event) -> Bool {
        alert.zone == event.zone && alert.kind == event.kind
    }

    private func isOpen(_ event: Truth.Event, at time: Double) -> Bool {
        event.start - Self.early <= time && time <= event.end + Self.slack
    }

    /// Both boxes, where both are known and true at the time of the alert.
    private func boxes(
        _ alert: ScoredAlert,
        _ event: Truth.Event
    ) -> (alert: ImageBox, event: ImageBox)? {
        guard let own = alert.box, let other = event.box else { return nil }
        if let boxTime = event.boxTime, abs(alert.time - boxTime) > Self.boxTimeTolerance {
            return nil
        }
        return (own, other)
    }

    private func placeAgrees(_ alert: ScoredAlert, _ event: Truth.Event) -> Bool {
        guard let boxes = boxes(alert, event) else { return true }
        let place = boxes.event.dilated(by: Self.dilation.share, atLeast: Self.dilation.pixels)
        return boxes.alert.intersectionOverUnion(place) >= Self.minimumOverlap
            || place.containsCenter(of: boxes.alert)
    }

    private func overlap(_ alert: ScoredAlert, _ event: Truth.Event) -> Double {
        boxes(alert, event).map { $0.alert.intersectionOverUnion($0.event) } ?? 0
    }
}
