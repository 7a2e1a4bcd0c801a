public import Imaging
public import Scene

/// Finds what stands and what moves in one camera's pictures.
///
/// One owner, one mutating step: no lock, clock, log or I/O inside. The same pictures at the same
/// times give the same observations on every machine.
public struct Detector: ~Copyable, Sendable {
    private let options: DetectorOptions
    private(set) var scene: SceneState?
    private(set) var windows: [ZoneWindow] = []
    private var numbers = ObjectNumbers()
    private var budget: LookBudget
    private(set) var pass = BackgroundPass()
    /// Since when people at the far edge of a zone at the water are too small.
    private var farSince: MediaTime?
    private let scorer: (any CropScorer)?

    /// A detector for pictures of any size, knowing nothing yet.
    ///
    /// - Parameters:
    ///   - options: what is known of the camera.
    ///   - scorer: the learned stage, this detector's own; nil to tell classes from shape and
    ///     motion alone.
    public init(
        options: DetectorOptions = DetectorOptions(),
        scorer: (any CropScorer)? = nil
    ) {
        self.options = options
        self.scorer = scorer
        budget = Self.budget(options)
    }

    private static func budget(_ options: DetectorOptions) -> LookBudget {
        LookBudget(
            perSecond: options.looksPerSecond,
            keepsReserve: options.zones.contains(where: \.isUrgent)
        )
    }

    /// A detector that goes on from a checkpoint as the one it was taken of would have.
    ///
    /// - Parameters:
    ///   - checkpoint: what the other wrote.
    ///   - options: what is known of the camera, the same as for the other.
    ///   - scorer: the learned stage, with the same weights as the other's.
    /// - Throws: `DetectorError` where the checkpoint is of other options or contradicts itself.
    public init(
        checkpoint: DetectorCheckpoint,
        options: DetectorOptions = DetectorOptions(),
        scorer: (any CropScorer)? = nil
    ) throws(DetectorError) {
        self.options = options
        self.scorer = scorer
        budget = checkpoint.budget
        guard checkpoint.version == DetectorCheckpoint.version, checkpoint.options == options,
            checkpoint.model == scorer?.identity
        else {
            throw DetectorError(
                code: .incompatible,
                message: "the checkpoint is of another version of the detector (its is "
                    + "\(checkpoint.version), this one's \(DetectorCheckpoint.version)), or the "
                    + "camera's zones, scale or model have changed; begin anew"
            )
        }
        numbers = checkpoint.numbers
        pass = checkpoint.pass
        farSince = checkpoint.farSince
        if let scene = checkpoint.scene { self.scene = try SceneState(scene, options: options) }
        for window in checkpoint.windows.prefix(ZoneWindow.most) {
            windows.append(try ZoneWindow(window, options: options))
        }
    }

    /// All that the next pictures are judged by.
    public func checkpoint() -> DetectorCheckpoint {
        DetectorCheckpoint(
            options: options,
            model: scorer?.identity,
            budget: budget,
            numbers: numbers,
            pass: pass,
            farSince: farSince,
            scene: scene?.checkpoint,
            windows: windows.map(\.checkpoint)
        )
    }

    /// Takes in one picture and tells what stands and moves in it.
    ///
    /// - Parameters:
    ///   - picture: the whole frame in any size, lent for the call.
    ///   - time: the frame's time; later than that of the step before.
    /// - Returns: what is seen or remembered at that time.
    public mutating func step(_ picture: PictureView, at time: MediaTime) -> FrameObservations {
        let (width, height) = (picture.luma.width, picture.luma.height)
        let isKnown = scene.map { $0.pictureSize == (width, height) && !isToBeRelearned(at: time) }
        if isKnown == true {
            scene?.advance(picture, at: time, numbers: &numbers)
        } else {
            scene = SceneState(picture, at: time, options: options)
            windows = []
            pass = BackgroundPass()
        }
        guard let seen = scene?.observations(at: time) else {
            return FrameObservations(time: time, objects: [], isBlind: true)
        }
        look(closer: picture, at: time, seen)
        let hasLooked = lookWithScorer(picture, at: time)
        var observations = hasLooked ? scene?.observations(at: time) ?? seen : seen
        observations.closeViews = windows.filter(\.isLive).map { $0.view(at: time) }
        pass.report(into: &observations, zones: options.zones)
        farSince = isTooFar(picture) ? farSince ?? time : nil
        if let farSince {
            observations.faults.append(ActiveFault(.tooFar, since: farSince))
            observations.faults.sort { $0.fault < $1.fault }
        }
        return observations
    }

    /// Lets the learned stage look, first in the windows, where things are small.
    ///
    /// - Returns: whether it looked at anything in the whole picture.
    private mutating func lookWithScorer(_ picture: PictureView, at time: MediaTime) -> Bool {
        guard let scorer else { return false }
        budget.advance(to: time)
        let urgent = Set(options.zones.filter(\.isUrgent).map(\.id))
        for index in windows.indices {
            let isUrgent = urgent.contains(windows[index].layout.zone)
            windows[index].look(
                at: picture,
                time: time,
                with: scorer,
                budget: &budget,
                isUrgent: isUrgent
            )
        }
        guard
            let hasLooked = scene?.look(
                at: picture,
                time: time,
                with: scorer,
                budget: &budget,
                isUrgent: false
            ), let scene
        else { return false }
        pass.step(
            picture,
            at: time,
            in: scene,
            with: scorer,
            budget: &budget,
            numbers: &numbers
        )
        return hasLooked
    }

    /// Whether the camera was moved, and nobody is to be waited for.
    private func isToBeRelearned(at time: MediaTime) -> Bool {
        guard options.relearnsWhenMoved else { return false }
        return scene?.health.faults.contains { fault in
            fault.fault == .moved && time - fault.since >= Self.relearnPause
        } ?? false
    }

    /// How long a camera must have been moved before its new view is learned.
    private static let relearnPause = MediaSpan.seconds(60)

    /// Whether a person at the far edge of a zone at the water is too small in the finest picture
    /// there is of it.
    private func isTooFar(_ picture: PictureView) -> Bool {
        guard let scene, let scale = scene.learner.scale else { return false }
        return options.zones.contains { zone in
            guard zone.isUrgent else { return false }
            let window = windows.first { $0.layout.zone == zone.id }
            let rows = window.map { $0.layout.rows(of: picture.luma.height) }
            return scale.leastHeight(in: zone.polygon) * (rows ?? Double(scene.frame.height))
                < ZoneWindow.farPerson
        }
    }

    // MARK: Windows

    /// Steps the windows, and opens those that the scale asks for.
    ///
    /// One that opens in mid-stream takes over when it knows its background and nothing is in the
    /// zone, so that no clock is lost.
    private mutating func look(
        closer picture: PictureView,
        at time: MediaTime,
        _ observations: FrameObservations
    ) {
        if !observations.isBlind {
            for index in windows.indices {
                windows[index].step(picture, at: time, numbers: &numbers)
            }
        }
        open(picture, at: time)
        for index in windows.indices where !windows[index].isLive {
            let window = windows[index]
            guard window.scene.background.age >= ZoneWindow.warmUp,
                let zone = options.zones.first(where: { $0.id == window.layout.zone })
            else { continue }
            let bounds = zone.polygon.bounds
            let isEmpty = observations.objects.allSatisfy {
                $0.box.intersection(bounds).area == 0
            }
            if isEmpty { windows[index].isLive = true }
        }
    }

    private mutating func open(_ picture: PictureView, at time: MediaTime) {
        guard let scene, let scale = scene.learner.scale, windows.count < ZoneWindow.most else {
            return
        }
        let isFirst = time == scene.moments.origin
        for zone in options.zones where windows.count < ZoneWindow.most {
            guard !windows.contains(where: { $0.layout.zone == zone.id }),
                let layout = ZoneWindow.layout(
                    for: zone,
                    scale: scale,
                    frameWidth: picture.luma.width,
                    frameHeight: picture.luma.height,
                    analysisWidth: options.tuning.analysisWidth
                ),
                let window = ZoneWindow(
                    layout,
                    picture,
                    at: time,
                    options: options,
                    scale: scale,
                    isLive: isFirst
                )
            else { continue }
            windows.append(window)
        }
    }
}

/// What a detector knows, to be written down and gone on from.
///
/// Its content is the detector's own affair. About 1 MB for a picture of 480 by 270.
public struct DetectorCheckpoint: Codable, Sendable {
    /// Version of the content; a detector reads its own only.
    static let version = 6

    var version = Self.version
    var options: DetectorOptions
    /// The learned stage that judged.
    var model: String?
    var budget: LookBudget
    var numbers: ObjectNumbers
    var pass: BackgroundPass
    var farSince: MediaTime?
    var scene: SceneState.Checkpoint?
    var windows: [ZoneWindow.Checkpoint]
}

/// Numbers objects in the order in which they are first seen.
struct ObjectNumbers: Hashable, Sendable, Codable {
    private var last = 0

    mutating func next() -> ObjectID {
        last += 1
        return ObjectID(rawValue: last)
    }
}
