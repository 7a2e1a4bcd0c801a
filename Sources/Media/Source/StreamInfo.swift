public import Scene

/// What a source says about its video stream before the first frame is decoded.
public struct StreamInfo: Sendable {
    /// Short name of the coding, as FFmpeg writes it: `h264`, `hevc`, `mpeg4`, `mjpeg`.
    public let codec: String
    /// Columns of a picture, 0 where the source does not say; each frame carries its own.
    public let width: Int
    /// Rows of a picture, 0 where the source does not say; each frame carries its own.
    public let height: Int
    /// Frames a second on average, where the source says; never used to make time.
    public let nominalFrameRate: Double?
    /// Length of the recording, where the source says.
    public let duration: MediaSpan?
    /// When the recording was made, where the container says so in UTC.
    public let creationTime: Instant?
    /// Whether the source has no end of its own: a camera, not a recording.
    public let isLive: Bool
}

/// What a reader has met so far.
public struct ReadStatistics: Sendable, Equatable {
    /// Packets of the video stream read.
    public internal(set) var packets = 0
    /// Bytes that these packets hold.
    public internal(set) var bytes = 0
    /// Frames handed out.
    public internal(set) var frames = 0
    /// Packets that the container or the decoder called damaged.
    public internal(set) var corruptPackets = 0
    /// Frames handed out although the decoder had to guess parts of them.
    public internal(set) var damagedFrames = 0
    /// Frames whose time had to be worked out, because their stamp was missing or ran backward.
    public internal(set) var repairedTimestamps = 0
    /// Times that a frame had another size than the one before.
    public internal(set) var resolutionChanges = 0
    /// Whether a recording ended before its container said it would.
    public internal(set) var isTruncated = false
}
