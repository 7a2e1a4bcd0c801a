internal import CFFmpeg
internal import Scene

extension ClipSource {
    /// Decodes the first packet alone, which is a key frame.
    ///
    /// - Returns: the frame with its time in the stream.
    /// - Throws: `MediaError` where it cannot be decoded.
    public func firstFrame() throws(MediaError) -> VideoFrame {
        guard let first = packets.first, let codec = avcodec_find_decoder(codec) else {
            throw Self.undecodable
        }
        var context: UnsafeMutablePointer<AVCodecContext>? = avcodec_alloc_context3(codec)
        guard let decoder = context else {
            throw MediaError(code: .exhausted, message: "no memory for a decoder")
        }
        defer { avcodec_free_context(&context) }
        avcodec_parameters_to_context(decoder, form.parameters)
        decoder.pointee.thread_count = 1
        guard avcodec_open2(decoder, codec, nil) >= 0,
            avcodec_send_packet(decoder, first.packet.raw) >= 0,
            avcodec_send_packet(decoder, nil) >= 0
        else { throw Self.undecodable }
        var frame: UnsafeMutablePointer<AVFrame>? = av_frame_alloc()
        guard let raw = frame else {
            throw MediaError(code: .exhausted, message: "no memory for a frame")
        }
        guard avcodec_receive_frame(decoder, raw) >= 0 else {
            av_frame_free(&frame)
            throw Self.undecodable
        }
        let lendable = try FrameConverter().lendable(raw)
        return VideoFrame(owning: lendable, time: first.time, isDamaged: false)
    }

    private var codec: AVCodecID { form.parameters.pointee.codec_id }

    private static var undecodable: MediaError {
        MediaError(code: .invalidData, message: "a key frame could not be decoded by itself")
    }
}
