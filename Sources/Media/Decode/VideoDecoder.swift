internal import CFFmpeg

/// Owns one FFmpeg decoder: packets go in, frames come out in the order they are shown.
final class VideoDecoder {
    /// What a step of the decoder brought.
    enum Output {
        /// A frame, which now belongs to the caller.
        case frame(UnsafeMutablePointer<AVFrame>)
        /// Another packet has to go in first.
        case needsPacket
        /// All frames have come out after the end was told.
        case ended
        /// A packet could not be decoded and is passed over.
        case damagedPacket
    }

    /// Largest picture decoded: 67 million pixels, twice those of 8K.
    private static let maximumPixels: Int64 = 1 << 26

    private let raw: UnsafeMutablePointer<AVCodecContext>

    /// Opens the decoder for a stream.
    ///
    /// - Parameters:
    ///   - stream: The stream, as the demuxer found it.
    ///   - options: Threads and filters.
    ///   - name: The source, as messages call it.
    /// - Throws: `unsupported` without a decoder, `exhausted` without memory.
    init(
        stream: UnsafeMutablePointer<AVStream>,
        options: SourceOptions,
        name: String
    ) throws(MediaError) {
        let parameters = stream.pointee.codecpar.pointee
        guard let codec = avcodec_find_decoder(parameters.codec_id) else {
            throw MediaError(
                code: .unsupported,
                message: """
                    \(name) is coded as \(Self.codecName(parameters)), for which this FFmpeg has \
                    no decoder; convert it to H.264
                    """
            )
        }
        var context: UnsafeMutablePointer<AVCodecContext>? = avcodec_alloc_context3(codec)
        guard let opened = context else {
            throw MediaError(code: .exhausted, message: "no memory for the decoder of \(name)")
        }
        avcodec_parameters_to_context(opened, stream.pointee.codecpar)
        opened.pointee.pkt_timebase = stream.pointee.time_base
        opened.pointee.thread_count = Int32(clamping: options.threads)
        opened.pointee.max_pixels = Self.maximumPixels
        if options.skipsLoopFilter { opened.pointee.skip_loop_filter = AVDISCARD_ALL }
        let status = avcodec_open2(opened, codec, nil)
        guard status >= 0 else {
            avcodec_free_context(&context)
            throw MediaError(
                status: status,
                message: "the \(Self.codecName(parameters)) decoder of \(name) did not open",
                code: status == FF_ERROR_ENOMEM ? .exhausted : .unsupported
            )
        }
        raw = opened
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = raw
        avcodec_free_context(&context)
    }

    /// Gives the decoder a packet, or no packet for the end; whether it could be decoded.
    ///
    /// To be called after `next()` has said `needsPacket`.
    func send(_ packet: UnsafeMutablePointer<AVPacket>?) throws(MediaError) -> Bool {
        let status = avcodec_send_packet(raw, packet)
        if status == FF_ERROR_ENOMEM { throw Self.noMemory }
        return status >= 0 || status == FF_ERROR_EOF
    }

    /// The next frame, or why there is none.
    func next() throws(MediaError) -> Output {
        var frame: UnsafeMutablePointer<AVFrame>? = av_frame_alloc()
        guard let received = frame else { throw Self.noMemory }
        let status = avcodec_receive_frame(raw, received)
        if status >= 0 { return .frame(received) }
        av_frame_free(&frame)
        return switch status {
        case FF_ERROR_EAGAIN: .needsPacket
        case FF_ERROR_EOF: .ended
        case FF_ERROR_ENOMEM: throw Self.noMemory
        default: .damagedPacket
        }
    }

    /// Whether the decoder had to guess parts of a frame.
    static func isDamaged(_ frame: UnsafeMutablePointer<AVFrame>) -> Bool {
        frame.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || frame.pointee.decode_error_flags != 0
    }

    private static func codecName(_ parameters: AVCodecParameters) -> String {
        if parameters.codec_id != AV_CODEC_ID_NONE {
            return String(cString: avcodec_get_name(parameters.codec_id))
        }
        let letters = (0..<4).map { UInt8(truncatingIfNeeded: parameters.codec_tag >> ($0 * 8)) }
        guard letters.allSatisfy({ (32..<127).contains($0) }) else { return "something unknown" }
        return "\"\(String(decoding: letters, as: UTF8.self))\""
    }

    private static var noMemory: MediaError {
        MediaError(
            code: .exhausted,
            message: "no memory to decode; run fewer cameras or smaller pictures"
        )
    }
}
