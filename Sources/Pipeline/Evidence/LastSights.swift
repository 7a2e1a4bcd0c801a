internal import Media
internal import Scene

/// Frames on which somebody in the water was last seen, until it is known what became of them.
///
/// While they are seen that is the latest analysed frame alone. Held, not copied: the decoder lends
/// these frames for a few seconds.
struct LastSights {
    /// More are not held: who vanishes then has the picture of the frame that tells of it.
    static let maximum = 4

    private var held: [(time: MediaTime, frame: VideoFrame)] = []

    /// Number of frames that are held.
    var count: Int { held.count }

    /// The frame that proves a matter: that on which its object was last seen, where it is held,
    /// else the one that the matter was decided on.
    func proof(of matter: Matter, decidedOn frame: VideoFrame) -> VideoFrame {
        guard let time = matter.incident?.lastSeen else { return frame }
        return held.first { $0.time == time }?.frame ?? frame
    }

    /// Holds what may be asked for yet, and lets go of the rest.
    ///
    /// Where there are too many, those who were lost last have none.
    ///
    /// - Parameters:
    ///   - wanted: times at which somebody was last seen (`CameraRules.lastSights`).
    ///   - frame: the latest frame.
    ///   - time: its time in the stream.
    mutating func keep(_ wanted: [MediaTime], latest frame: VideoFrame, at time: MediaTime) {
        held.removeAll { !wanted.contains($0.time) }
        guard wanted.contains(time), !held.contains(where: { $0.time == time }) else { return }
        if held.count < Self.maximum { held.append((time, frame)) }
    }
}
