public import Detection
public import Imaging
public import Media
internal import Rules
public import Scene
public import Site

/// Everything that one camera's stream goes through from frames to matters worth telling.
///
/// A value without clock, lock or I/O: the same frames give the same matters.
public struct StreamAnalysis: ~Copyable {
    /// Number of frames that the detector has seen.
    public private(set) var analysedFrames = 0

    private var gate: AnalysisGate
    private(set) var detector: Detector
    private(set) var rules: CameraRules
    private var health: HealthWatch
    private var lastTime = MediaTime.zero
    /// What the detector reported of the last picture that it has seen.
    private(set) var observations: FrameObservations?

    /// Frames a second that a person at the water needs: one who is in the zone for two seconds is
    /// seen at least sixteen times.
    private static let waterDangerRate = 8.0

    /// An analysis without a network that knows nothing of the camera's stream yet.
    public init(camera: CameraConfiguration) {
        self.init(camera, scorer: nil)
    }

    /// An analysis that knows nothing of the camera's stream yet.
    ///
    /// - Parameters:
    ///   - camera: how it is analysed, and its zones.
    ///   - model: the network that looks at what is found; nil for none.
    /// - Throws: where the network needs more memory than it may have.
    public init(camera: CameraConfiguration, model: LearnedModel?) throws {
        self.init(camera, scorer: try model?.scorer())
    }

    private init(_ camera: CameraConfiguration, scorer: (any CropScorer)?) {
        gate = AnalysisGate(rate: Self.rate(of: camera))
        detector = Detector(options: DetectorOptions(camera), scorer: scorer)
        rules = CameraRules(rules: camera.zones)
        health = HealthWatch(zones: camera.zones)
    }

    /// An analysis that goes on from a checkpoint as the one it was taken of would have.
    ///
    /// - Parameters:
    ///   - camera: the same as the other's, to its zones and its rate, which are taken from the
    ///     checkpoint.
    ///   - model: the same network as the other's.
    ///   - checkpoint: what the other knew.
    /// - Throws: where the detector cannot go on from its part; then begin anew.
    public init(
        camera: CameraConfiguration,
        model: LearnedModel? = nil,
        resuming checkpoint: AnalysisCheckpoint
    ) throws {
        gate = checkpoint.gate
        detector = try Detector(
            checkpoint: checkpoint.detector,
            options: DetectorOptions(camera),
            scorer: try model?.scorer()
        )
        rules = checkpoint.rules
        health = checkpoint.health
        lastTime = checkpoint.lastTime
        analysedFrames = checkpoint.analysedFrames
    }

    /// Times of frames whose pictures may be asked for yet (`CameraRules.lastSights`).
    var lastSights: [MediaTime] { rules.lastSights }

    /// Everything that decides what the next frames will show.
    ///
    /// - Returns: a copy, with the detector's pictures about a megabyte.
    public func checkpoint() -> AnalysisCheckpoint {
        AnalysisCheckpoint(
            gate: gate,
            detector: detector.checkpoint(),
            rules: rules,
            health: health,
            lastTime: lastTime,
            analysedFrames: analysedFrames
        )
    }

    /// Frames a second that a camera is analysed at: as configured, and at least 8 where it watches
    /// people near water.
    public static func rate(of camera: CameraConfiguration) -> Double {
        let watchesWater = camera.zones.contains { $0.kind == .waterDanger }
        return watchesWater ? max(camera.analysisRate, waterDangerRate) : camera.analysisRate
    }

    /// Takes in one frame, which is analysed if it is due.
    ///
    /// - Parameters:
    ///   - frame: the picture.
    ///   - time: the frame's time; a frame that is not later than one before is passed over.
    ///   - anchor: the stream's civil time, for rules that hold at certain hours.
    /// - Returns: what happened at this frame: to the camera itself, then in the order of zones.
    public mutating func step(
        _ frame: VideoFrame,
        at time: MediaTime,
        anchor: ClockAnchor
    ) -> [Matter] {
        lastTime = max(lastTime, time)
        guard gate.admits(time) else { return [] }
        return frame.withView { analyse($0, at: time, anchor: anchor) }
    }

    /// Analyses a picture that somebody else has chosen, whether or not it is due.
    ///
    /// - Parameters:
    ///   - picture: the whole picture in any size, lent for the call.
    ///   - time: its time; later than that of the picture before.
    ///   - anchor: the stream's civil time, for rules that hold at certain hours.
    /// - Returns: what happened at this picture: to the camera itself, then in the order of zones.
    public mutating func analyse(
        _ picture: PictureView,
        at time: MediaTime,
        anchor: ClockAnchor
    ) -> [Matter] {
        lastTime = max(lastTime, time)
        analysedFrames += 1
        let observations = detector.step(picture, at: time)
        self.observations = observations
        let faults = health.step(observations)
        let incidents = rules.step(observations, at: anchor.instant(at: time))
        return faults.map(Matter.health) + incidents.map(Matter.incident)
    }

    /// Takes in one frame at its own time, which is analysed if it is due.
    ///
    /// - Parameters:
    ///   - frame: the picture with its time.
    ///   - anchor: the stream's civil time, for rules that hold at certain hours.
    /// - Returns: what happened at this frame: to the camera itself, then in the order of zones.
    public mutating func step(_ frame: VideoFrame, anchor: ClockAnchor) -> [Matter] {
        step(frame, at: frame.time, anchor: anchor)
    }

    /// Closes what is over when the stream is; a fault of the camera is not over by that.
    ///
    /// - Parameter anchor: the stream's civil time.
    /// - Returns: the incidents that close, at the time of the last frame.
    public mutating func finish(anchor: ClockAnchor) -> [Matter] {
        rules.finish(at: lastTime, instant: anchor.instant(at: lastTime)).map(Matter.incident)
    }
}
