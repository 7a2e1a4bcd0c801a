public import Imaging
public import Scene

/// Finds what stands and what moves in one camera's pictures.
///
/// One owner, one mutating step: no lock, clock, log or I/O inside. The same pictures at the same
/// times give the same observations on every machine.
public struct Detector: ~Copyable, Sendable {
    private let options: DetectorOptions
    private var scene: SceneState?
    private var numbers = ObjectNumbers()

    /// A detector for pictures of any size, knowing nothing yet.
    ///
    /// - Parameter options: what is known of the camera.
    public init(options: DetectorOptions = DetectorOptions()) {
        self.options = options
    }

    /// A detector that goes on from a checkpoint as the one it was taken of would have.
    ///
    /// - Parameters:
    ///   - checkpoint: what the other wrote.
    ///   - options: what is known of the camera, the same as for the other.
    /// - Throws: `DetectorError` where the checkpoint is of other options or contradicts itself.
    public init(
        checkpoint: DetectorCheckpoint,
        options: DetectorOptions = DetectorOptions()
    ) throws(DetectorError) {
        self.options = options
        guard checkpoint.version == DetectorCheckpoint.version, checkpoint.options == options else {
            throw DetectorError(
                code: .incompatible,
                message: "the checkpoint is of another version of the detector (its is "
                    + "\(checkpoint.version), this one's \(DetectorCheckpoint.version)), or the "
                    + "camera's zones or scale have changed; begin anew"
            )
        }
        numbers = checkpoint.numbers
        if let scene = checkpoint.scene { self.scene = try SceneState(scene, options: options) }
    }

    /// All that the next pictures are judged by.
    public func checkpoint() -> DetectorCheckpoint {
        DetectorCheckpoint(options: options, numbers: numbers, scene: scene?.checkpoint)
    }

    /// Takes in one picture and tells what stands and moves in it.
    ///
    /// - Parameters:
    ///   - picture: the whole frame in any size, lent for the call.
    ///   - time: the frame's time; later than that of the step before.
    /// - Returns: what is seen or remembered at that time.
    public mutating func step(_ picture: PictureView, at time: MediaTime) -> FrameObservations {
        let size = AnalysisFrame.size(
            picture.luma.width,
            picture.luma.height,
            maximumWidth: options.tuning.analysisWidth
        )
        if let scene, scene.frame.width == size.width, scene.frame.height == size.height {
            self.scene?.advance(picture, at: time, numbers: &numbers)
        } else {
            scene = SceneState(picture, at: time, options: options)
        }
        guard let scene else { return FrameObservations(time: time, objects: [], isBlind: true) }
        return scene.observations(at: time)
    }

    /// What was made of the last picture; nil before the first.
    public func inspect() -> Inspection? {
        scene?.inspect()
    }
}

/// What a detector knows, to be written down and gone on from.
///
/// Its content is the detector's own affair. About 1 MB for a picture of 480 by 270.
public struct DetectorCheckpoint: Codable, Sendable {
    /// Version of the content; a detector reads its own only.
    static let version = 1

    var version = Self.version
    var options: DetectorOptions
    var numbers: ObjectNumbers
    var scene: SceneState.Checkpoint?
}

/// Numbers objects in the order in which they are first seen.
struct ObjectNumbers: Hashable, Sendable, Codable {
    private var last = 0

    mutating func next() -> ObjectID {
        last += 1
        return ObjectID(rawValue: last)
    }
}
