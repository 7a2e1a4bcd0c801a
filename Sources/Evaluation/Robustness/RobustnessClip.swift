internal import Detection
internal import Foundation
internal import Imaging
internal import Pipeline
internal import Rules
internal import Scene
internal import Site

/// One clip with its undisturbed alerts, ready to be disturbed.
struct RobustnessClip {
    let staging: Staging
    /// Alerts of the undisturbed clip.
    let undisturbed: [ScoredAlert]
    let warning: String?

    private let video: String
    private let truth: Truth
    private let camera: CameraConfiguration
    private let reel: Reel
    private let bitRate: Double?

    /// Reads the clip of a folder and analyses it as it is.
    ///
    /// - Parameters:
    ///   - folder: holds the video that the truth names.
    ///   - truth: the folder's truth.
    ///   - camera: with the zones that are watched, one at least.
    /// - Throws: `MediaError` or `EvaluationError` where the video cannot be read.
    init(folder: URL, truth: Truth, camera: CameraConfiguration) throws {
        video = folder.appendingPathComponent(truth.video).path
        self.truth = truth
        self.camera = camera
        let source = try Self.read(video, camera)
        reel = source.reel
        bitRate = source.bitRate
        warning = source.warning
        staging = Staging(truth: truth, rules: camera.zones, end: reel.end)
        undisturbed = Self.alerts(reel, camera, truth)
    }

    /// Analyses the clip under a disturbance and judges what comes.
    ///
    /// - Throws: `MediaError` or a file error where the video cannot be written anew.
    func outcome(under disturbance: Disturbance) throws -> StabilityJudge.Outcome {
        let moment = staging.moment
        var judge = StabilityJudge(end: reel.end.seconds)
        if let change = change(disturbance) {
            let found = Self.alerts(reel, camera, truth, changed: change, from: moment.seconds)
            return judge.compare(expected: undisturbed, found: found)
        }
        switch disturbance {
        case .gap:
            let end = moment + .seconds(Self.gapSeconds)
            judge.gap = moment.seconds...end.seconds
            let found = alerts(reel.without(from: moment, to: end))
            return judge.compare(expected: undisturbed, found: found)
        case .recoding:
            return judge.compare(expected: undisturbed, found: alerts(try recoded()))
        case .reversal:
            return reversal()
        default:
            return judge.compare(expected: undisturbed, found: alerts(reel.halved()))
        }
    }

    /// The picture some seconds after the moment, as it is under a disturbance that changes
    /// pictures; nil under the others.
    func picture(under disturbance: Disturbance, secondsAfter: Double) -> Picture? {
        let wanted = staging.moment + .seconds(secondsAfter)
        guard let change = change(disturbance),
            let number = reel.frames.firstIndex(where: { $0.time >= wanted })
                ?? reel.frames.indices.last
        else { return nil }
        let frame = reel.frames[number]
        var picture = frame.picture
        let seconds = (frame.time - staging.moment).seconds
        change.apply(to: &picture, number: number, seconds: seconds)
        return picture
    }

    private static let gapSeconds = 10.0

    private func change(_ disturbance: Disturbance) -> (any PictureChange)? {
        let (width, height) = reel.size
        return switch disturbance {
        case .gain: GainRamp()
        case .gamma: GammaStep()
        case .infrared: InfraredSwitch(width: width, height: height)
        case .shake: Shake(seed: Staging.seed)
        case .noise: Noise(seed: Staging.seed)
        case .shadow: CastShadow(staging.shadow(), width: width, height: height)
        case .occlusion: staging.passerby(width: width, height: height)
        case .gap, .recoding, .halfRate, .reversal: nil
        }
    }

    private func reversal() -> StabilityJudge.Outcome {
        let result = AlertMatcher.match(truth: truth, alerts: undisturbed)
        let dwell = camera.zones.map { ($0.id.rawValue, $0.dwell.seconds) }
        let mirrored = MirroredTruth(
            truth,
            zones: Dictionary(dwell) { first, _ in first },
            found: Set(
                result.decisions.filter { $0.verdict == .truePositive }.compactMap(\.event)
            ),
            end: reel.end.seconds
        )
        return StabilityJudge(end: reel.end.seconds, permitted: mirrored.permitted)
            .compare(expected: mirrored.expected, found: alerts(reel.reversed()))
    }

    private func recoded() throws -> Reel {
        try Recoding.inTemporaryFolder { folder in
            let target = folder.appendingPathComponent("recoded.mp4").path
            try Recoding.write(video, to: target, bitRate: (bitRate ?? 0) * Recoding.share)
            return try Self.read(target, camera).reel
        }
    }

    private static func read(_ video: String, _ camera: CameraConfiguration) throws -> Reel.Source {
        try Reel.read(
            video: video,
            rate: StreamAnalysis.rate(of: camera),
            width: DetectorTuning().analysisWidth
        )
    }

    private func alerts(_ reel: Reel) -> [ScoredAlert] {
        Self.alerts(reel, camera, truth)
    }

    /// The incidents that open when a fresh analysis goes through the pictures.
    private static func alerts(
        _ reel: Reel,
        _ camera: CameraConfiguration,
        _ truth: Truth,
        changed change: (any PictureChange)? = nil,
        from moment: Double = 0
    ) -> [ScoredAlert] {
        var analysis = StreamAnalysis(camera: camera)
        let anchor = ClockAnchor(start: Instant(microseconds: 0), quality: .unknown)
        var alerts: [ScoredAlert] = []
        for (number, frame) in reel.frames.enumerated() {
            var picture = frame.picture
            let seconds = frame.time.seconds - moment
            if let change, seconds >= -change.lead {
                change.apply(to: &picture, number: number, seconds: seconds)
            }
            let matters = picture.withView {
                analysis.analyse($0, at: frame.time, anchor: anchor)
            }
            alerts += matters.compactMap(\.incident).filter { $0.phase == .opened }
                .map { ScoredAlert($0, width: truth.width, height: truth.height) }
        }
        return alerts
    }
}
