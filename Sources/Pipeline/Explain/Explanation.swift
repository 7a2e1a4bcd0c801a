public import Scene

/// Why there was an alert at a place and time of a recording, or why there was none.
///
/// Written as JSON it is the same for the same recording, configuration and question.
public struct Explanation: Hashable, Sendable, Encodable {
    /// A figure without a limit.
    public struct Fact: Hashable, Sendable, Encodable {
        /// Names it for programs.
        public var name: String
        /// Names it for people.
        public var label: String
        /// What it is, in words and numbers.
        public var text: String
    }

    /// One stage of the processing.
    public struct Stage: Hashable, Sendable, Encodable {
        /// What was measured.
        public var facts: [Fact]
        /// What had to hold, in order.
        public var tests: [TestResult]
    }

    /// The latest look at a static object that told it from ghosts and light.
    public struct Verification: Hashable, Sendable, Encodable {
        /// When, in seconds of media time.
        public var seconds: Double
        /// `object`, `ghost`, `light` or `unclear`.
        public var verdict: String
        /// What was weighed, in order.
        public var tests: [TestResult]
    }

    /// Something that stands or moves at the place.
    public struct Object: Hashable, Sendable, Encodable {
        /// Its number.
        public var id: Int
        /// `confirmed` or `candidate` for what stands, `track` for what moves.
        public var state: String
        /// Where it is, in shares of the picture.
        public var box: NormalizedBox
        /// What is known of it.
        public var facts: [Fact]
        /// What has to hold for the rules to hear of it, and for it to be kept.
        public var tests: [TestResult]
        /// The latest look at it; nil for what moves or was not looked at.
        public var verification: Verification?
    }

    /// One object before the rule of a zone.
    public struct Subject: Hashable, Sendable, Encodable {
        /// The object's number.
        public var id: Int
        /// Whether the detector reports it in this frame.
        public var isReported: Bool
        /// What has to hold, in the order in which the rule asks.
        public var tests: [TestResult]
        /// What is known of it besides: depth, reasons, clocks that run.
        public var facts: [Fact]
        /// Number of its open incident.
        public var incident: Int?
        /// When that matter began, in seconds of media time.
        public var startedSeconds: Double?
    }

    /// The rule of a zone, and what it makes of the objects at the place.
    public struct Zone: Hashable, Sendable, Encodable {
        /// Names the zone.
        public var id: String
        /// What it watches for.
        public var kind: String
        /// How long an object may stay, in seconds.
        public var dwellSeconds: Double
        /// Whether the point lies in it.
        public var containsPoint: Bool
        /// What holds in the whole zone.
        public var facts: [Fact]
        /// The objects at the place.
        public var objects: [Subject]
    }

    /// Something that happened at the place.
    public struct Event: Hashable, Sendable, Encodable {
        /// When, in seconds of media time.
        public var seconds: Double
        /// `picture`, `pixels`, `object`, `track` or `incident`.
        public var topic: String
        /// What happened.
        public var text: String
    }

    /// What it all comes to.
    public struct Conclusion: Hashable, Sendable, Encodable {
        /// Whether an incident is open at the place.
        public var isAlert: Bool
        /// Name of the first test that failed; nil where there is an alert.
        public var failedTest: String?
        /// One sentence.
        public var text: String
    }

    /// File name of the recording.
    public var video: String
    /// The camera.
    public var camera: String
    /// Time of the frame that is explained, in seconds of media time.
    public var seconds: Double
    /// The place in question.
    public var point: NormalizedPoint
    /// The picture as a whole.
    public var picture: Stage
    /// The pixels around the point.
    public var place: Stage
    /// What stands or moves there.
    public var objects: [Object]
    /// What the zones' rules make of it.
    public var zones: [Zone]
    /// What happened there up to that time, in order of time.
    public var timeline: [Event]
    /// Names the first test that failed.
    public var conclusion: Conclusion
}

extension MediaTime {
    /// Seconds in whole milliseconds.
    var roundedSeconds: Double { (seconds * 1000).rounded() / 1000 }

    /// Seconds with a tenth, for people.
    var tenths: String { "\((seconds * 10).rounded() / 10) s" }
}
