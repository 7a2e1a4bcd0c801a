public import Scene

/// How far the analysis of a recording has come.
public struct RecordedProgress: Hashable, Sendable {
    /// Time of the frame just done.
    public var time: MediaTime
    /// Length of the recording as its container states it, where it does.
    public var duration: MediaSpan?
    /// Frames decoded so far.
    public var frames: Int
    /// Frames analysed so far.
    public var analysedFrames: Int

    /// Share of the recording that is done, 0 to 1; 0 where its length is not known.
    public var share: Double {
        guard let duration, duration > .zero else { return 0 }
        return min(max(time.seconds / duration.seconds, 0), 1)
    }
}

/// How the analysis of a recording ended.
public enum RecordedEnding: Hashable, Sendable {
    /// At the recording's end.
    case complete
    /// Somebody asked it to stop; incidents that were open stay open.
    case cancelled
    /// The recording ends, or cannot be read on, before its stated length; says where.
    case cutShort(String)
}

/// What the analysis of one recording came to.
public struct RecordedSummary: Hashable, Sendable {
    /// From the first frame to the end of the last.
    public var duration: MediaSpan
    /// Frames decoded.
    public var frames: Int
    /// Frames that the detector has seen.
    public var analysedFrames: Int
    /// Packets and frames that were damaged and passed over or mended.
    public var damagedFrames: Int
    /// Processor time of the analysing thread.
    public var cpuSeconds: Double
    /// Ties the recording's time to civil time.
    public var anchor: ClockAnchor
    /// How it ended.
    public var ending: RecordedEnding
}
