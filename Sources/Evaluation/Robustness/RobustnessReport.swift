public import Foundation

/// Which alerts stayed the same under which disturbance.
public struct RobustnessReport: Sendable, Encodable {
    /// One clip under one disturbance.
    public struct Case: Sendable, Encodable {
        /// What was done to the clip.
        public var disturbance: Disturbance
        /// Expected alerts that came.
        public var kept: [ScoredAlert]
        /// Expected alerts that came more than three seconds off, in alert or start.
        public var moved: [Move]
        /// Expected alerts that did not come.
        public var lost: [ScoredAlert]
        /// Expected alerts that might have come after the clip's end; they count neither way.
        public var undecided: [ScoredAlert]
        /// Alerts that were not expected.
        public var new: [ScoredAlert]

        init(_ disturbance: Disturbance, _ outcome: StabilityJudge.Outcome) {
            self.disturbance = disturbance
            kept = outcome.kept
            moved = outcome.moved.map { Move(expected: $0.expected, found: $0.found) }
            lost = outcome.lost
            undecided = outcome.undecided
            new = outcome.new
        }

        /// Whether exactly the expected alerts came.
        public var isEqual: Bool { moved.isEmpty && lost.isEmpty && new.isEmpty }
    }

    /// An expected alert and the one that came in its place at another time.
    public struct Move: Sendable, Encodable {
        /// What was to come.
        public var expected: ScoredAlert
        /// What came.
        public var found: ScoredAlert
    }

    /// One clip.
    public struct Clip: Sendable, Encodable {
        /// The folder's name.
        public var name: String
        /// Second of the clip at which disturbances begin.
        public var moment: Double
        /// Alerts of the clip as it is.
        public var undisturbed: [ScoredAlert]
        /// One for each disturbance, in the order of the suite.
        public var cases: [Case]
        /// What is wrong with the video, which was analysed all the same.
        public var warning: String?
    }

    /// A folder that could not be run.
    public struct Failure: Sendable, Encodable {
        /// The folder's name.
        public var name: String
        /// What went wrong.
        public var message: String
    }

    /// Alerts and cases counted together.
    public struct Tally: Hashable, Sendable {
        /// Expected alerts, without those that are not decided.
        public var events: Int { kept + moved + lost }
        /// Expected alerts that came.
        public var kept = 0
        /// Expected alerts that came at another time.
        public var moved = 0
        /// Expected alerts that did not come.
        public var lost = 0
        /// Expected alerts that might have come after the clip's end.
        public var undecided = 0
        /// Alerts that were not expected.
        public var new = 0
        /// Cases in which exactly the expected alerts came.
        public var equalCases = 0
        /// All cases.
        public var cases = 0

        /// Share of the alerts, expected or new, that are the same; 1 without any.
        public var eventShare: Double {
            events + new > 0 ? Double(kept) / Double(events + new) : 1
        }

        /// Share of the cases in which exactly the expected alerts came; 1 without any.
        public var caseShare: Double {
            cases > 0 ? Double(equalCases) / Double(cases) : 1
        }

        mutating func count(_ result: Case) {
            kept += result.kept.count
            moved += result.moved.count
            lost += result.lost.count
            undecided += result.undecided.count
            new += result.new.count
            cases += 1
            equalCases += result.isEqual ? 1 : 0
        }
    }

    /// What was done, in the order of the table.
    public var disturbances: [Disturbance]
    /// The clips in the order of the folders.
    public var clips: [Clip] = []
    /// Folders that could not be run.
    public var failures: [Failure] = []

    init(disturbances: [Disturbance]) {
        self.disturbances = disturbances
    }

    /// The count over all clips, of one disturbance or of all.
    public func tally(of disturbance: Disturbance? = nil) -> Tally {
        var tally = Tally()
        for result in clips.flatMap(\.cases)
        where disturbance == nil || result.disturbance == disturbance {
            tally.count(result)
        }
        return tally
    }

    /// The report as JSON with sorted keys: the same bytes for the same results.
    ///
    /// - Returns: UTF-8 text that ends with a line feed.
    /// - Throws: what the encoder throws.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
