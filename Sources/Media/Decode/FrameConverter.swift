internal import CFFmpeg

/// Brings frames of any pixel format to planar 8-bit 4:2:0 with libswscale.
final class FrameConverter {
    private var context: OpaquePointer?

    deinit {
        sws_freeContext(context)
    }

    /// A frame that can be lent: the one given, or a new one in its place.
    ///
    /// Takes over `frame` and frees it where it is replaced or an error is thrown. YUV keeps its
    /// range; everything else comes out in limited range.
    func lendable(
        _ frame: UnsafeMutablePointer<AVFrame>
    ) throws(MediaError) -> UnsafeMutablePointer<AVFrame> {
        let format = AVPixelFormat(frame.pointee.format)
        guard PixelLayout.lendable(format) == nil else { return frame }
        var source: UnsafeMutablePointer<AVFrame>? = frame
        defer { av_frame_free(&source) }
        var target: UnsafeMutablePointer<AVFrame>? = av_frame_alloc()
        guard let result = target else { throw Self.noMemory }
        do throws(MediaError) {
            try convert(frame, format, into: result)
        } catch {
            av_frame_free(&target)
            throw error
        }
        return result
    }

    private func convert(
        _ frame: UnsafeMutablePointer<AVFrame>,
        _ format: AVPixelFormat,
        into result: UnsafeMutablePointer<AVFrame>
    ) throws(MediaError) {
        let width = frame.pointee.width
        let height = frame.pointee.height
        context = sws_getCachedContext(
            context,
            width,
            height,
            format,
            width,
            height,
            AV_PIX_FMT_YUV420P,
            SWS_AREA | SWS_ACCURATE_RND,
            nil,
            nil,
            nil
        )
        guard context != nil else {
            let name = av_get_pix_fmt_name(format).map { String(cString: $0) } ?? "unknown"
            throw MediaError(
                code: .unsupported,
                message: "the pixel format \(name) cannot be converted; encode the video as 4:2:0"
            )
        }
        keepRange(of: frame, format)
        guard av_frame_copy_props(result, frame) >= 0 else { throw Self.noMemory }
        result.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        result.pointee.width = width
        result.pointee.height = height
        result.pointee.color_range =
            PixelLayout.isFullRange(frame) && Self.isYUV(format)
            ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
        guard av_frame_get_buffer(result, 0) >= 0 else { throw Self.noMemory }
        let status = sws_scale_frame(context, result, frame)
        guard status >= 0 else {
            throw MediaError(status: status, message: "a frame's pixels could not be converted")
        }
    }

    /// Tells libswscale that YUV goes in and out in the same range.
    private func keepRange(of frame: UnsafeMutablePointer<AVFrame>, _ format: AVPixelFormat) {
        guard Self.isYUV(format) else { return }
        let range: Int32 = PixelLayout.isFullRange(frame) ? 1 : 0
        let table = sws_getCoefficients(SWS_CS_DEFAULT)
        sws_setColorspaceDetails(context, table, range, table, range, 0, 1 << 16, 1 << 16)
    }

    private static func isYUV(_ format: AVPixelFormat) -> Bool {
        guard let description = av_pix_fmt_desc_get(format) else { return false }
        let other = UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)
        return description.pointee.flags & other == 0 && description.pointee.nb_components >= 3
    }

    private static var noMemory: MediaError {
        MediaError(
            code: .exhausted,
            message: "no memory for a converted frame; run fewer cameras or smaller pictures"
        )
    }
}
