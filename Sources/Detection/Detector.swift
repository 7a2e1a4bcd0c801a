public import Imaging
public import Scene

/// Finds what stands and what moves in one camera's pictures.
///
/// A value with one mutating step: no lock, clock, log or I/O inside. The same pictures at the same
/// times give the same observations on every machine.
public struct Detector: Sendable {
    /// A detector for pictures of any size, knowing nothing yet.
    public init() {}

    /// Takes in one picture and tells what stands and moves in it.
    ///
    /// - Parameters:
    ///   - picture: the whole frame in any size, lent for the call.
    ///   - time: the frame's time; later than that of the step before.
    /// - Returns: what is seen or remembered at that time.
    public mutating func step(_ picture: PictureView, at time: MediaTime) -> FrameObservations {
        FrameObservations(time: time, objects: [])
    }
}
