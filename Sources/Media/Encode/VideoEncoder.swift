internal import CFFmpeg
internal import Imaging

/// Owns one FFmpeg encoder with one frame and one packet that it reuses; one thread, no version
/// strings, so that the same pictures give the same bytes.
final class VideoEncoder {
    let context: UnsafeMutablePointer<AVCodecContext>
    let packet: UnsafeMutablePointer<AVPacket>
    private let frame: UnsafeMutablePointer<AVFrame>

    /// An encoder that is not open yet: set what it needs on `context`, then call `open()`.
    init(
        named name: String,
        width: Int,
        height: Int,
        format: AVPixelFormat
    ) throws(MediaError) {
        FFmpegLog.silence()
        guard (1...16_384).contains(width), (1...16_384).contains(height) else {
            throw MediaError(
                code: .unsupported,
                message: "A picture of \(width)x\(height) cannot be encoded: use 1 to 16384 "
                    + "columns and rows"
            )
        }
        guard let codec = avcodec_find_encoder_by_name(name) else {
            throw MediaError(
                code: .unsupported,
                message: "This build of FFmpeg has no encoder \(name): install libavcodec-extra"
            )
        }
        guard let context = avcodec_alloc_context3(codec) else { throw Self.memory() }
        guard let frame = av_frame_alloc() else {
            var unused: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&unused)
            throw Self.memory()
        }
        guard let packet = av_packet_alloc() else {
            var unused: UnsafeMutablePointer<AVCodecContext>? = context
            var unusedFrame: UnsafeMutablePointer<AVFrame>? = frame
            avcodec_free_context(&unused)
            av_frame_free(&unusedFrame)
            throw Self.memory()
        }
        self.context = context
        self.frame = frame
        self.packet = packet
        context.pointee.width = Int32(width)
        context.pointee.height = Int32(height)
        context.pointee.pix_fmt = format
        context.pointee.thread_count = 1
        context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        var frame: UnsafeMutablePointer<AVFrame>? = frame
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        avcodec_free_context(&context)
        av_frame_free(&frame)
        av_packet_free(&packet)
    }

    /// Opens the encoder and reserves its frame.
    func open() throws(MediaError) {
        try check(avcodec_open2(context, nil, nil), "open the encoder")
        frame.pointee.width = context.pointee.width
        frame.pointee.height = context.pointee.height
        frame.pointee.format = context.pointee.pix_fmt.rawValue
        frame.pointee.color_range = context.pointee.color_range
        try check(av_frame_get_buffer(frame, 0), "reserve a frame")
    }

    /// Hands a picture to the encoder, its samples moved to the encoder's range.
    ///
    /// `presentationTime` counts in the encoder's time base.
    func send(
        _ picture: Picture,
        presentationTime: Int64,
        quality: Int32 = 0
    ) throws(MediaError) {
        try check(av_frame_make_writable(frame), "reserve a frame")
        let wantsFull = context.pointee.color_range == AVCOL_RANGE_JPEG
        let (luma, chroma) = RangeTable.tables(fromFull: picture.isFullRange, toFull: wantsFull)
        copy(picture.luma, to: frame.pointee.data.0, frame.pointee.linesize.0, through: luma)
        copy(picture.blue, to: frame.pointee.data.1, frame.pointee.linesize.1, through: chroma)
        copy(picture.red, to: frame.pointee.data.2, frame.pointee.linesize.2, through: chroma)
        frame.pointee.pts = presentationTime
        frame.pointee.quality = quality
        frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
        try check(avcodec_send_frame(context, frame), "encode a picture")
    }

    /// Tells the encoder that no picture follows.
    func sendEnd() throws(MediaError) {
        try check(avcodec_send_frame(context, nil), "end the encoding")
    }

    /// Fetches the next encoded packet into `packet`.
    ///
    /// Returns false where the encoder wants another picture first, or has ended.
    func receive() throws(MediaError) -> Bool {
        let status = avcodec_receive_packet(context, packet)
        if status == FF_ERROR_EAGAIN || status == FF_ERROR_EOF { return false }
        try check(status, "fetch an encoded picture")
        return true
    }

    private func check(_ status: Int32, _ action: String) throws(MediaError) {
        guard status < 0 else { return }
        let size = "\(context.pointee.width)x\(context.pointee.height)"
        throw MediaError(status: status, message: "Could not \(action) (\(size) pixels)")
    }

    private func copy(
        _ plane: Plane,
        to target: UnsafeMutablePointer<UInt8>?,
        _ stride: Int32,
        through table: [UInt8]?
    ) {
        guard let target else { return }
        plane.withView { source in
            for y in 0..<source.height {
                let from = source.base + y * source.stride
                let to = target + y * Int(stride)
                if let table {
                    for x in 0..<source.width { to[x] = table[Int(from[x])] }
                } else {
                    to.update(from: from, count: source.width)
                }
            }
        }
    }

    private static func memory() -> MediaError {
        MediaError(code: .exhausted, message: "No memory left for an encoder")
    }
}
