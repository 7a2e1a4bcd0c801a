/// What became of one alert in the judgement.
public enum Verdict: String, Sendable, Codable, CaseIterable {
    /// The one alert of an event.
    case truePositive
    /// A further alert of an event that has its one.
    case duplicate
    /// It tells of something that need not be alerted but may be.
    case ignored
    /// Nothing to alert was there.
    case falsePositive
    /// A false positive too: it tells of an event, but after the time in which that helps.
    case late
}

/// The judgement of a clip's alerts against its truth.
public struct ClipResult: Hashable, Sendable {
    /// The judgement of one alert.
    public struct Decision: Hashable, Sendable {
        /// What was judged.
        public var alert: ScoredAlert
        /// What became of it.
        public var verdict: Verdict
        /// Index of the event that it tells of, nil where it tells of none.
        public var event: Int?
        /// Seconds between the start that the alert names and the event's, for true positives that
        /// name one.
        public var startError: Double?
        /// Seconds from when the alert was due to when it came, for true positives.
        public var delay: Double?
    }

    /// One for each alert, in the order of the alerts.
    public var decisions: [Decision]
    /// Indices of the events without an alert, rising.
    public var missed: [Int]

    /// How many alerts had that verdict.
    public func count(_ verdict: Verdict) -> Int {
        decisions.count { $0.verdict == verdict }
    }
}
