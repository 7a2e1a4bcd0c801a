internal import CFFmpeg
internal import Scene

/// Reads the frames of one source, one after the other, in the order they are shown.
///
/// It belongs to one thread at a time: create and use it on a thread of its own, never on the
/// cooperative pool, because `init` and `next()` block for up to the time the options allow. Only
/// the cancellation may be used from elsewhere.
public final class VideoReader {
    /// What the source says about its video stream.
    public let info: StreamInfo
    /// What has been met so far.
    public private(set) var statistics = ReadStatistics()

    private enum State {
        case reading
        case draining(failure: MediaError?)
        case ended
        case failed(MediaError)
    }

    /// Packets in a row without a frame after which a source counts as undecodable.
    private static let longestDamage = 300
    /// Packets of a live stream that are passed over in wait for a key frame.
    private static let longestKeyframeWait = 300

    private let demuxer: Demuxer
    private let decoder: VideoDecoder
    private let converter = FrameConverter()
    private let cancellation: Cancellation
    private let options: SourceOptions
    private let packet: UnsafeMutablePointer<AVPacket>
    private var repairer: TimestampRepairer
    private var state = State.reading
    private var awaitsKeyframe: Bool
    private var damageInRow = 0
    private var lastSize: (width: Int, height: Int)?
    private var lastTime = MediaTime.zero
    private var endsInDamage = false

    /// Opens a source.
    ///
    /// - Parameters:
    ///   - url: A file's path as it is, or the URL of a stream: rtsp (over TCP), http and others.
    ///   - options: Time limits and threads.
    ///   - cancellation: Ends a blocking call from another thread.
    /// - Throws: A `MediaError` that names the source and what to do.
    public init(
        url: String,
        options: SourceOptions = .init(),
        cancellation: Cancellation = .init()
    ) throws(MediaError) {
        let address = SourceAddress(url)
        demuxer = try Demuxer(address: address, options: options, cancellation: cancellation)
        decoder = try VideoDecoder(
            stream: demuxer.stream,
            options: options,
            name: address.description
        )
        guard let allocated = av_packet_alloc() else {
            throw MediaError(code: .exhausted, message: "no memory to read \(address)")
        }
        packet = allocated
        info = demuxer.info
        awaitsKeyframe = demuxer.isLive
        self.options = options
        self.cancellation = cancellation
        let base = demuxer.stream.pointee.time_base
        repairer = TimestampRepairer(
            numerator: max(1, base.num),
            denominator: max(1, base.den),
            nominalInterval: info.nominalFrameRate.map { Int64((1_000_000 / $0).rounded()) }
        )
    }

    deinit {
        var owned: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&owned)
    }

    /// The next frame; nil at the end of a recording.
    ///
    /// Damaged packets are counted and passed over. The end of a live stream is an error, and
    /// after an error every call throws it again: open the source anew.
    ///
    /// - Returns: The next frame, or nil at the end of a recording.
    /// - Throws: `timedOut`, `cancelled`, `unavailable` where a live stream ends, `invalidData`
    ///   where nothing can be decoded, `exhausted` without memory.
    public func next() throws(MediaError) -> VideoFrame? {
        do throws(MediaError) {
            return try step()
        } catch {
            state = .failed(error)
            throw error
        }
    }

    private func step() throws(MediaError) -> VideoFrame? {
        while true {
            if case .failed(let error) = state { throw error }
            if case .ended = state { return nil }
            if cancellation.isCancelled { throw cancelled }
            switch try decoder.next() {
            case .frame(let raw): return try accept(raw)
            case .damagedPacket: try countDamage()
            case .needsPacket: try feed()
            case .ended: return try finish()
            }
        }
    }

    /// Gives the decoder the next packet, or the end.
    private func feed() throws(MediaError) {
        if case .draining = state {
            _ = try decoder.send(nil)
            return
        }
        switch demuxer.read(into: packet) {
        case .packet: try decodePacket()
        case .damaged:
            endsInDamage = true
            try countDamage()
        case .end:
            try startDraining(after: demuxer.isLive ? ended(nil) : nil)
        case .failed(let status):
            if cancellation.isCancelled { throw cancelled }
            if demuxer.isExpired {
                try startDraining(after: timedOut)
            } else if demuxer.isLive {
                try startDraining(after: ended(status))
            } else {
                endsInDamage = true
                try startDraining(after: nil)
            }
        }
    }

    private func decodePacket() throws(MediaError) {
        defer { av_packet_unref(packet) }
        statistics.packets += 1
        statistics.bytes += Int(packet.pointee.size)
        let flags = packet.pointee.flags
        let isMarked = flags & AV_PKT_FLAG_CORRUPT != 0
        endsInDamage = isMarked
        if awaitsKeyframe {
            guard flags & AV_PKT_FLAG_KEY != 0 || statistics.packets > Self.longestKeyframeWait
            else { return }
            awaitsKeyframe = false
        }
        let isDecoded = try decoder.send(packet)
        if isMarked || !isDecoded { try countDamage(decoded: isDecoded) }
        // The wait was ended, but its last packet is whole: it is shown before the error.
        if demuxer.isExpired { try startDraining(after: timedOut) }
    }

    private func startDraining(after failure: MediaError?) throws(MediaError) {
        state = .draining(failure: failure)
        _ = try decoder.send(nil)
    }

    private func countDamage(decoded: Bool = false) throws(MediaError) {
        statistics.corruptPackets += 1
        if decoded { return }
        damageInRow += 1
        if damageInRow >= Self.longestDamage, statistics.frames == 0 || demuxer.isLive {
            throw undecodable
        }
    }

    private func accept(_ raw: UnsafeMutablePointer<AVFrame>) throws(MediaError) -> VideoFrame {
        let frame = try converter.lendable(raw)
        let stamp = frame.pointee.best_effort_timestamp
        let time = repairer.next(
            ticks: stamp == FF_NOPTS_VALUE ? nil : stamp,
            duration: frame.pointee.pkt_duration
        )
        let isDamaged = VideoDecoder.isDamaged(frame)
        let result = VideoFrame(owning: frame, time: time, isDamaged: isDamaged)
        if let lastSize, lastSize != (result.width, result.height) {
            statistics.resolutionChanges += 1
        }
        lastSize = (result.width, result.height)
        lastTime = time
        damageInRow = 0
        statistics.frames += 1
        statistics.damagedFrames += isDamaged ? 1 : 0
        statistics.repairedTimestamps = repairer.repairs
        return result
    }

    private func finish() throws(MediaError) -> VideoFrame? {
        if case .draining(let failure?) = state { throw failure }
        if statistics.frames == 0 { throw undecodable }
        state = .ended
        statistics.isTruncated = endsInDamage || endsEarly
        return nil
    }

    /// Whether more than a second of what the container promised for this stream is missing.
    private var endsEarly: Bool {
        guard let promised = demuxer.streamDuration else { return false }
        let slack = max(MediaSpan.seconds(1), .seconds(promised.seconds / 50))
        return lastTime + slack < .zero + promised
    }
}

extension VideoReader {
    private var cancelled: MediaError {
        MediaError(code: .cancelled, message: "reading \(demuxer.address) was cancelled")
    }

    private var timedOut: MediaError {
        MediaError(
            code: .timedOut,
            message: """
                \(demuxer.address) sent nothing for \(options.readTimeout); check the camera and \
                the network
                """
        )
    }

    private var undecodable: MediaError {
        MediaError(
            code: .invalidData,
            message: """
                no frame of \(demuxer.address) could be decoded (\(statistics.packets) packets, \
                \(statistics.corruptPackets) of them damaged); check the recording or the camera
                """
        )
    }

    private func ended(_ status: Int32?) -> MediaError {
        MediaError(
            code: .unavailable,
            message: "the live stream \(demuxer.address) has ended; connect again",
            cause: status.map(MediaError.text)
        )
    }
}
