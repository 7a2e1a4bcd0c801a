public import Foundation

/// What an evaluation of several clips gave.
public struct EvaluationReport: Sendable {
    /// One clip.
    public struct Clip: Hashable, Sendable {
        /// The folder's name, unique in the report.
        public var name: String
        /// The clip's score.
        public var score: MatchScore
        /// The score by kind, for the kinds of the clip's zones.
        public var perKind: [String: MatchScore]
        /// Seconds of video that were analysed.
        public var mediaSeconds: Double
        /// Seconds that the analysis took.
        public var wallSeconds: Double
        /// Seconds of processor time that the analysis took.
        public var cpuSeconds: Double
        /// What is wrong with the video although it was analysed.
        public var warning: String?

        /// One clip's scores and costs.
        public init(
            name: String,
            score: MatchScore,
            perKind: [String: MatchScore],
            mediaSeconds: Double,
            wallSeconds: Double,
            cpuSeconds: Double,
            warning: String? = nil
        ) {
            self.name = name
            self.score = score
            self.perKind = perKind
            self.mediaSeconds = mediaSeconds
            self.wallSeconds = wallSeconds
            self.cpuSeconds = cpuSeconds
            self.warning = warning
        }
    }

    /// A folder that could not be evaluated.
    public struct Failure: Hashable, Sendable, Encodable {
        /// The folder's name, unique in the report.
        public var name: String
        /// What is wrong, and with which file.
        public var message: String

        /// A folder with what is wrong with it.
        public init(name: String, message: String) {
            self.name = name
            self.message = message
        }
    }

    /// The clips in the order of the folders.
    public var clips: [Clip]
    /// The folders that are in no score.
    public var failures: [Failure]
    /// Seconds that all clips together took, workers side by side.
    public var wallSeconds: Double

    /// The results of clips that took that many seconds together.
    public init(clips: [Clip], failures: [Failure], wallSeconds: Double) {
        self.clips = clips
        self.failures = failures
        self.wallSeconds = wallSeconds
    }

    /// All clips together.
    public var total: MatchScore {
        clips.reduce(into: MatchScore()) { $0 += $1.score }
    }

    /// All clips together, by kind of zone; the hours of a kind are those of the clips that have
    /// such a zone.
    public var perKind: [String: MatchScore] {
        clips.reduce(into: [:]) { kinds, clip in
            for (kind, score) in clip.perKind {
                kinds[kind, default: MatchScore()] += score
            }
        }
    }

    /// Seconds of video that were analysed in all clips.
    public var mediaSeconds: Double {
        clips.reduce(0) { $0 + $1.mediaSeconds }
    }

    /// Seconds of processor time that all clips took.
    public var cpuSeconds: Double {
        clips.reduce(0) { $0 + $1.cpuSeconds }
    }

    /// Seconds of video a second of waiting, nil where no time passed.
    static func speed(media: Double, wall: Double) -> Double? {
        wall > 0 ? media / wall : nil
    }
}

extension EvaluationReport: Encodable {
    private enum CodingKeys: String, CodingKey {
        case clips
        case total
        case perKind
        case failures
    }

    /// Writes `{"clips": […], "total": {…}, "perKind": {…}, "failures": […]}`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(clips.map(Row.init(clip:)), forKey: .clips)
        try values.encode(Row(total: self), forKey: .total)
        try values.encode(perKind.mapValues { Row(score: $0) }, forKey: .perKind)
        try values.encode(failures, forKey: .failures)
    }

    /// The content of `report.json`: indented, keys in alphabetical order.
    ///
    /// - Returns: UTF-8 JSON that ends with a line feed.
    /// - Throws: what the encoder says of a number that JSON cannot write.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}

/// One object of the report: a clip, a kind or the total.
private struct Row: Encodable {
    var name: String?
    var score: MatchScore
    var speed: Double?
    var cpuSeconds: Double?
    var warning: String?

    init(score: MatchScore) {
        self.score = score
    }

    init(clip: EvaluationReport.Clip) {
        name = clip.name
        score = clip.score
        speed = EvaluationReport.speed(media: clip.mediaSeconds, wall: clip.wallSeconds)
        cpuSeconds = clip.cpuSeconds
        warning = clip.warning
    }

    init(total report: EvaluationReport) {
        score = report.total
        speed = EvaluationReport.speed(media: report.mediaSeconds, wall: report.wallSeconds)
        cpuSeconds = report.cpuSeconds
    }

    enum CodingKeys: String, CodingKey {
        case name
        case truePositives
        case falseNegatives
        case falsePositives
        case duplicates
        case ignored
        case late
        case vanishings
        case vanishingsFound
        case falseEmergencies
        case precision
        case recall
        case f1
        case startErrorMedian
        case delayMedian
        case falsePerHour
        case hours
        case speed
        case cpuSeconds
        case warning
    }

    /// Rates that are not defined are written as null.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(score.truePositives, forKey: .truePositives)
        try values.encode(score.falseNegatives, forKey: .falseNegatives)
        try values.encode(score.falsePositives, forKey: .falsePositives)
        try values.encode(score.duplicates, forKey: .duplicates)
        try values.encode(score.ignored, forKey: .ignored)
        try values.encode(score.late, forKey: .late)
        try values.encode(score.vanishings, forKey: .vanishings)
        try values.encode(score.vanishingsFound, forKey: .vanishingsFound)
        try values.encode(score.falseEmergencies, forKey: .falseEmergencies)
        try values.encode(score.precision, forKey: .precision)
        try values.encode(score.recall, forKey: .recall)
        try values.encode(score.f1, forKey: .f1)
        try values.encode(score.startErrorMedian, forKey: .startErrorMedian)
        try values.encode(score.delayMedian, forKey: .delayMedian)
        try values.encode(score.falsePerHour, forKey: .falsePerHour)
        try values.encode(score.hours, forKey: .hours)
        try values.encodeIfPresent(speed, forKey: .speed)
        try values.encodeIfPresent(cpuSeconds, forKey: .cpuSeconds)
        try values.encodeIfPresent(warning, forKey: .warning)
    }
}
