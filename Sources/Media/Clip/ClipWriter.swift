internal import CFFmpeg
internal import Scene

/// Writes packets as they came into an MP4 file; nothing is encoded anew.
public enum ClipWriter {
    /// Ticks of a clip's clock in a second: stream time is kept to the microsecond.
    private static let timescale: Int64 = 1_000_000

    /// Writes a clip whose clock begins with its first frame; the same packets give the same bytes.
    ///
    /// - Parameters:
    ///   - source: the packets.
    ///   - path: where; what is there is replaced.
    /// - Throws: `MediaError` with `unsupported` for a coding that MP4 does not take, `exhausted`
    ///   or `unavailable` where the file cannot be written.
    public static func write(_ source: ClipSource, to path: String) throws(MediaError) {
        FFmpegLog.silence()
        let file = try ClipFile(path: path, form: source.form)
        let start = source.start
        // Frames that are decoded before they are shown: the clock of decoding follows the sorted
        // times, moved back until nothing is shown before it is decoded.
        let shown = source.packets.map { ($0.time - start).microseconds }
        let sorted = shown.sorted()
        let delay = zip(sorted, shown).map { $0 - $1 }.max() ?? 0
        var last = Int64.min
        for (index, timed) in source.packets.enumerated() {
            let decoded = max(sorted[index] - delay, last &+ (last == .min ? 0 : 1))
            last = decoded
            try file.write(timed.packet, decoded: decoded, shown: max(shown[index], decoded))
        }
        try file.close()
    }

    /// An MP4 file with one track of packets from elsewhere.
    private final class ClipFile {
        private let path: String
        private let context: UnsafeMutablePointer<AVFormatContext>
        private let stream: UnsafeMutablePointer<AVStream>
        private let packet: UnsafeMutablePointer<AVPacket>

        init(path: String, form: StreamForm) throws(MediaError) {
            var created: UnsafeMutablePointer<AVFormatContext>?
            let status = avformat_alloc_output_context2(&created, nil, "mp4", path)
            guard status >= 0, let context = created else {
                throw MediaError(status: status, message: "cannot prepare an MP4 file")
            }
            guard let stream = avformat_new_stream(context, nil), let packet = av_packet_alloc()
            else {
                avformat_free_context(context)
                throw MediaError(code: .exhausted, message: "no memory for a track")
            }
            self.path = path
            self.context = context
            self.stream = stream
            self.packet = packet
            context.pointee.flags |= AVFMT_FLAG_BITEXACT
            try check(avcodec_parameters_copy(stream.pointee.codecpar, form.parameters))
            // Players know H.265 by this tag where the parameter sets are in the head.
            let isH265 = form.parameters.pointee.codec_id == AV_CODEC_ID_HEVC
            stream.pointee.codecpar.pointee.codec_tag = isH265 ? Self.hvc1 : 0
            stream.pointee.time_base = AVRational(num: 1, den: Int32(timescale))
            try check(avio_open(&context.pointee.pb, path, AVIO_FLAG_WRITE))
            var options: OpaquePointer?
            defer { av_dict_free(&options) }
            av_dict_set(&options, "movflags", "+faststart", 0)
            av_dict_set(&options, "video_track_timescale", "\(timescale)", 0)
            let written = avformat_write_header(context, &options)
            guard written >= 0 else {
                let name = String(cString: avcodec_get_name(form.parameters.pointee.codec_id))
                throw MediaError(
                    status: written,
                    message: "video coded as \(name) cannot be put into an MP4 file",
                    code: MediaError.code(for: written) == .exhausted ? .exhausted : .unsupported
                )
            }
        }

        deinit {
            if context.pointee.pb != nil { avio_closep(&context.pointee.pb) }
            var owned: UnsafeMutablePointer<AVPacket>? = packet
            av_packet_free(&owned)
            avformat_free_context(context)
        }

        func write(
            _ source: StreamPacket,
            decoded: Int64,
            shown: Int64
        ) throws(MediaError) {
            try check(av_packet_ref(packet, source.raw))
            defer { av_packet_unref(packet) }
            packet.pointee.stream_index = stream.pointee.index
            packet.pointee.dts = decoded
            packet.pointee.pts = shown
            packet.pointee.duration = 0
            packet.pointee.pos = -1
            let ticks = AVRational(num: 1, den: Int32(timescale))
            av_packet_rescale_ts(packet, ticks, stream.pointee.time_base)
            try check(av_write_frame(context, packet))
        }

        /// Writes the index and closes the file.
        func close() throws(MediaError) {
            try check(av_write_trailer(context))
            try check(avio_closep(&context.pointee.pb))
        }

        private static var hvc1: UInt32 {
            "hvc1".utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }

        private func check(_ status: Int32) throws(MediaError) {
            guard status < 0 else { return }
            throw MediaError(status: status, message: "\(path): the clip cannot be written")
        }
    }
}
