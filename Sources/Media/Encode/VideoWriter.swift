internal import CFFmpeg
public import Imaging
public import Scene

/// Writes pictures as H.264 into an MP4 file, the way a network camera codes them: one reference,
/// no B frames, a key frame every two seconds.
///
/// One thread and no version strings: the same pictures give the same bytes. The file is complete
/// only after `finish()`. Not for more than one task at a time.
public final class VideoWriter {
    private let path: String
    private let timescale: Int
    private let width: Int
    private let height: Int
    private let encoder: VideoEncoder
    private let file: MP4File
    private var lastTime: Int64?
    private var isFinished = false

    /// What decides how finely pictures are coded.
    private enum Coding {
        case rateFactor(Int)
        case bitRate(Int)
    }

    /// Creates the file and the encoder.
    ///
    /// - Parameters:
    ///   - path: Where the file goes; what is there is replaced.
    ///   - width: Columns of every picture, even, 16 at least.
    ///   - height: Rows of every picture, even, 16 at least.
    ///   - frameRate: Usual pictures per second, 1 to 240; each picture's own time decides.
    ///   - constantRateFactor: 0 (fine, large) to 51 (coarse, small) on x264's scale.
    ///   - averageBitRate: Bits per second to come to over the whole file, in place of the rate
    ///     factor; 1,000 to 1,000,000,000.
    ///   - keyframeInterval: Pictures from one key frame to the next; two seconds' worth if nil.
    ///   - timescale: Ticks per second of the file's clock; times are rounded to them.
    ///   - isHasty: Whether to spend less time on a larger file, as cameras' encoders do.
    /// - Throws: `MediaError.Code.unsupported` for values outside these ranges or where FFmpeg has
    ///   no libx264, `unavailable` or `exhausted` where the file cannot be written.
    public init(
        path: String,
        width: Int,
        height: Int,
        frameRate: Int,
        constantRateFactor: Int = 26,
        averageBitRate: Int? = nil,
        keyframeInterval: Int? = nil,
        timescale: Int = 90_000,
        isHasty: Bool = false
    ) throws(MediaError) {
        let interval = keyframeInterval ?? 2 * frameRate
        guard width >= 16, height >= 16, width.isMultiple(of: 2), height.isMultiple(of: 2),
            (1...240).contains(frameRate), (0...51).contains(constantRateFactor),
            (1_000...1_000_000_000).contains(averageBitRate ?? 1_000),
            (1...10_000).contains(interval), (frameRate...1_000_000).contains(timescale)
        else {
            throw MediaError(
                code: .unsupported,
                message: "\(path): cannot write \(width)x\(height) at \(frameRate) pictures a "
                    + "second with rate factor \(constantRateFactor), bit rate "
                    + "\(averageBitRate.map(String.init) ?? "free"), key frames every "
                    + "\(interval) and \(timescale) ticks a second: sizes must be even and 16 at "
                    + "least, the rate 1 to 240, the factor 0 to 51, the bit rate 1000 to "
                    + "1000000000, the ticks at least the rate"
            )
        }
        self.path = path
        self.timescale = timescale
        self.width = width
        self.height = height
        encoder = try VideoEncoder(
            named: "libx264",
            width: width,
            height: height,
            format: AV_PIX_FMT_YUV420P
        )
        Self.configure(
            encoder.context,
            frameRate: frameRate,
            coding: averageBitRate.map(Coding.bitRate) ?? .rateFactor(constantRateFactor),
            keyframeInterval: interval,
            timescale: timescale,
            isHasty: isHasty
        )
        try encoder.open()
        file = try MP4File(path: path, encoder: encoder.context, timescale: timescale)
    }

    /// Adds a picture; `time` must lie after that of the picture before.
    ///
    /// - Throws: `MediaError.Code.unsupported` for another size or a time that does not rise,
    ///   `unavailable` or `exhausted` where the file cannot be written.
    public func append(_ picture: Picture, at time: MediaTime) throws(MediaError) {
        guard !isFinished, picture.width == width, picture.height == height else {
            throw MediaError(
                code: .unsupported,
                message: "\(path): a picture of \(picture.width)x\(picture.height) does not "
                    + "belong into a file of \(width)x\(height) or came after its end"
            )
        }
        let scale = Int64(timescale)
        let rounded = (time.microseconds * scale + 500_000) / 1_000_000
        if let lastTime, rounded <= lastTime {
            throw MediaError(
                code: .unsupported,
                message: "\(path): the picture at \(time.seconds) s does not come after the last"
            )
        }
        lastTime = rounded
        try encoder.send(picture, presentationTime: rounded)
        try drain()
    }

    /// Writes what the encoder still holds and the index at the file's start, and closes the file.
    ///
    /// - Throws: `MediaError.Code.unsupported` where no picture was added, `unavailable` or
    ///   `exhausted` where the file cannot be written.
    public func finish() throws(MediaError) {
        guard !isFinished else { return }
        isFinished = true
        guard lastTime != nil else {
            throw MediaError(code: .unsupported, message: "\(path): no picture was added")
        }
        try encoder.sendEnd()
        try drain()
        try file.close()
    }

    private func drain() throws(MediaError) {
        while try encoder.receive() {
            defer { av_packet_unref(encoder.packet) }
            try file.write(encoder.packet)
        }
    }

    private static func configure(
        _ context: UnsafeMutablePointer<AVCodecContext>,
        frameRate: Int,
        coding: Coding,
        keyframeInterval: Int,
        timescale: Int,
        isHasty: Bool
    ) {
        context.pointee.time_base = AVRational(num: 1, den: Int32(timescale))
        context.pointee.framerate = AVRational(num: Int32(frameRate), den: 1)
        context.pointee.gop_size = Int32(keyframeInterval)
        context.pointee.keyint_min = Int32(keyframeInterval)
        context.pointee.max_b_frames = 0
        context.pointee.refs = 1
        context.pointee.color_range = AVCOL_RANGE_MPEG
        context.pointee.colorspace = AVCOL_SPC_SMPTE170M
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        var options = [
            ("preset", isHasty ? "superfast" : "medium"), ("profile", "main"),
            (
                "x264-params",
                "scenecut=0:rc-lookahead=0:mbtree=0:sync-lookahead=0:force-cfr=0:weightp=0"
            ),
        ]
        switch coding {
        case .rateFactor(let factor): options.append(("crf", "\(factor)"))
        case .bitRate(let rate): context.pointee.bit_rate = Int64(rate)
        }
        for (name, value) in options {
            av_opt_set(context.pointee.priv_data, name, value, 0)
        }
    }
}
