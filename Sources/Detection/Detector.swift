public import Imaging
public import Scene

/// Finds what stands and what moves in one camera's pictures.
///
/// One owner, one mutating step: no lock, clock, log or I/O inside. The same pictures at the same
/// times give the same observations on every machine.
public struct Detector: ~Copyable, Sendable {
    private let tuning: DetectorTuning
    private var scene: SceneState?
    private var numbers = ObjectNumbers()

    /// A detector for pictures of any size, knowing nothing yet.
    public init(tuning: DetectorTuning = DetectorTuning()) {
        self.tuning = tuning
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
            maximumWidth: tuning.analysisWidth
        )
        if let scene, scene.frame.width == size.width, scene.frame.height == size.height {
            self.scene?.advance(picture, at: time, numbers: &numbers)
        } else {
            scene = SceneState(picture, at: time, tuning: tuning)
        }
        guard let scene else { return FrameObservations(time: time, objects: [], isBlind: true) }
        return scene.observations(at: time)
    }

    /// What was made of the last picture; nil before the first.
    public func inspect() -> Inspection? {
        scene?.inspect()
    }
}

/// Numbers objects in the order in which they are first seen.
struct ObjectNumbers: Sendable {
    private var last = 0

    mutating func next() -> ObjectID {
        last += 1
        return ObjectID(rawValue: last)
    }
}
