/// How the watch over one camera ended.
public enum CameraEnding: Hashable, Sendable {
    /// Its recording is over.
    case recordingOver
    /// Somebody asked to stop.
    case stopped
    /// It cannot be watched at all; the message says why and what to do.
    case failed(String)
}
