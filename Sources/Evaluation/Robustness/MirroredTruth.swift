/// What a clip's truth comes to when time runs backwards.
struct MirroredTruth {
    /// Alerts that must come: arrivals that were departures.
    var expected: [ScoredAlert] = []
    /// Alerts that may come.
    var permitted: [Truth.Event] = []

    /// What ends less than this many seconds before the clip's end stands there at its end.
    private static let slack = 1.0

    /// Mirrors a truth.
    ///
    /// - Parameters:
    ///   - truth: of the clip as it is.
    ///   - zones: ids of the zones that are watched, with their dwell times in seconds.
    ///   - found: indices of the events that the undisturbed clip gave an alert for.
    ///   - end: seconds from the first to the last picture.
    init(_ truth: Truth, zones: [String: Double], found: Set<Int>, end: Double) {
        for (index, event) in truth.events.enumerated() {
            guard let dwell = zones[event.zone], event.end < end - Self.slack else { continue }
            let mirrored = Self.mirror(event, end)
            if found.contains(index), event.end - event.start >= dwell {
                expected.append(
                    ScoredAlert(
                        zone: event.zone,
                        kind: event.kind,
                        time: mirrored.start + dwell,
                        start: mirrored.start,
                        box: event.box
                    )
                )
            } else {
                permitted.append(mirrored)
            }
        }
        permitted += truth.ignore.map { Self.mirror($0, end) }
    }

    private static func mirror(_ event: Truth.Event, _ end: Double) -> Truth.Event {
        var mirrored = event
        mirrored.start = end - event.end
        mirrored.end = end - event.start
        mirrored.boxTime = event.boxTime.map { end - $0 }
        return mirrored
    }
}
