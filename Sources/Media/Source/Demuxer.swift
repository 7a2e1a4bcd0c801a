internal import CFFmpeg
internal import Scene

/// Owns one opened source and hands out the packets of its video stream.
final class Demuxer {
    /// What a read brought.
    enum Outcome {
        /// The packet holds the next one of the video stream.
        case packet
        /// Something unreadable was passed over.
        case damaged
        /// The source is at its end.
        case end
        /// The source cannot be read on, by FFmpeg's return code.
        case failed(Int32)
    }

    let address: SourceAddress
    let stream: UnsafeMutablePointer<AVStream>
    let isLive: Bool
    /// Whether the wait for a packet was ended because its time was up.
    var isExpired: Bool { interrupt.isExpired }

    /// Unreadable places in a row after which a source counts as at its end.
    private static let longestDamage = 100

    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let interrupt: Interrupt
    private let options: SourceOptions
    private var damage = 0

    /// Opens a source and finds its video stream, within the time that the options allow.
    init(
        address: SourceAddress,
        options: SourceOptions,
        cancellation: Cancellation
    ) throws(MediaError) {
        FFmpegLog.silence()
        if case .file(let path) = address.place { try FileCheck.requireRegularFile(path) }
        let interrupt = Interrupt(cancellation: cancellation)
        interrupt.allow(options.openTimeout)
        let failures = OpenFailures(address: address, options: options, interrupt: interrupt)
        let opened = try Self.open(address, options, interrupt, failures)
        do throws(MediaError) {
            stream = try Self.videoStream(of: opened, failures)
        } catch {
            var context: UnsafeMutablePointer<AVFormatContext>? = opened
            avformat_close_input(&context)
            throw error
        }
        raw = opened
        isLive = address.isLive || (address.isNetwork && opened.pointee.duration <= 0)
        self.address = address
        self.options = options
        self.interrupt = interrupt
    }

    deinit {
        // Closing tells an RTSP server good-bye, which must not wait for it.
        interrupt.allow(.seconds(1))
        var context: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&context)
    }

    /// Waits for the next packet of the video stream, for as long as the options allow.
    func read(into packet: UnsafeMutablePointer<AVPacket>) -> Outcome {
        interrupt.allow(options.readTimeout)
        while true {
            av_packet_unref(packet)
            let status = av_read_frame(raw, packet)
            if status >= 0 {
                damage = 0
                if packet.pointee.stream_index == stream.pointee.index { return .packet }
                continue
            }
            if status == FF_ERROR_EOF { return .end }
            if isLive || interrupt.isExpired || interrupt.cancellation.isCancelled {
                return .failed(status)
            }
            damage += 1
            return damage < Self.longestDamage ? .damaged : .failed(status)
        }
    }

    private static func open(
        _ address: SourceAddress,
        _ options: SourceOptions,
        _ interrupt: Interrupt,
        _ failures: OpenFailures
    ) throws(MediaError) -> UnsafeMutablePointer<AVFormatContext> {
        var context: UnsafeMutablePointer<AVFormatContext>? = avformat_alloc_context()
        guard let allocated = context else { throw failures.error(FF_ERROR_ENOMEM) }
        allocated.pointee.interrupt_callback = interrupt.callback
        var dictionary = settings(for: address, options)
        defer { av_dict_free(&dictionary) }
        // Frees the context where it fails.
        var status = avformat_open_input(&context, address.location, nil, &dictionary)
        guard status >= 0, let opened = context else { throw failures.error(status) }
        if status >= 0 { status = avformat_find_stream_info(opened, nil) }
        if status < 0 || interrupt.isExpired || interrupt.cancellation.isCancelled {
            avformat_close_input(&context)
            throw failures.error(status)
        }
        return opened
    }

    private static func settings(
        for address: SourceAddress,
        _ options: SourceOptions
    ) -> OpaquePointer? {
        var dictionary: OpaquePointer?
        switch address.place {
        case .file:
            // A playlist that poses as a video must not reach into the network.
            av_dict_set(&dictionary, "protocol_whitelist", "file", 0)
        case .network(let scheme):
            // A second line of defence, a little later than the interrupt.
            let longest = max(options.openTimeout, options.readTimeout) + .seconds(1)
            let (seconds, attoseconds) = longest.components
            let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
            av_dict_set(&dictionary, "timeout", "\(microseconds)", 0)
            if scheme.hasPrefix("rtsp") {
                av_dict_set(&dictionary, "rtsp_transport", "tcp", 0)
                av_dict_set(&dictionary, "allowed_media_types", "video", 0)
            }
        }
        return dictionary
    }

    private static func videoStream(
        of context: UnsafeMutablePointer<AVFormatContext>,
        _ failures: OpenFailures
    ) throws(MediaError) -> UnsafeMutablePointer<AVStream> {
        let index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0)
        guard index >= 0, let stream = context.pointee.streams[Int(index)],
            stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0,
            stream.pointee.codecpar.pointee.codec_id != AV_CODEC_ID_ANSI
        else { throw failures.noVideo() }
        for other in 0..<Int(context.pointee.nb_streams) where other != Int(index) {
            context.pointee.streams[other]?.pointee.discard = AVDISCARD_ALL
        }
        return stream
    }
}

extension Demuxer {
    /// What the container says about the video stream.
    var info: StreamInfo {
        let parameters = stream.pointee.codecpar.pointee
        let rate = av_guess_frame_rate(raw, stream, nil)
        return StreamInfo(
            codec: String(cString: avcodec_get_name(parameters.codec_id)),
            width: Int(parameters.width),
            height: Int(parameters.height),
            nominalFrameRate: rate.num > 0 && rate.den > 0
                ? Double(rate.num) / Double(rate.den) : nil,
            duration: streamDuration ?? containerDuration,
            creationTime: creationTime,
            isLive: isLive
        )
    }

    /// Length of the video stream itself, where the container writes it for each stream.
    var streamDuration: MediaSpan? {
        let ticks = stream.pointee.duration
        guard !isLive, ticks != FF_NOPTS_VALUE, ticks > 0 else { return nil }
        let microseconds = av_rescale_q(ticks, stream.pointee.time_base, FF_TIME_BASE_Q)
        return MediaSpan(microseconds: microseconds)
    }

    private var containerDuration: MediaSpan? {
        let duration = raw.pointee.duration
        guard !isLive, duration != FF_NOPTS_VALUE, duration > 0 else { return nil }
        return MediaSpan(microseconds: duration)
    }

    private var creationTime: Instant? {
        for metadata in [stream.pointee.metadata, raw.pointee.metadata] {
            guard let entry = av_dict_get(metadata, "creation_time", nil, 0),
                let value = entry.pointee.value
            else { continue }
            // Without a zone it would be read in the zone of this machine.
            guard String(cString: value).hasSuffix("Z") else { continue }
            var microseconds: Int64 = 0
            guard av_parse_time(&microseconds, value, 0) >= 0, microseconds > 0 else { continue }
            return Instant(microseconds: microseconds)
        }
        return nil
    }
}
