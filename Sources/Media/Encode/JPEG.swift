internal import CFFmpeg
public import Imaging

/// Still pictures as JPEG files (ITU-T T.81, baseline, 4:2:0, full range).
public enum JPEG {
    /// Encodes a picture; the same picture and quality give the same bytes.
    ///
    /// Any size from 1x1 works, odd sizes included. Costs about 5 ms for 1920x1080.
    ///
    /// - Parameters:
    ///   - picture: What to encode, in either range.
    ///   - quality: 1 (coarse) to 100 (fine), on the scale that the IJG's library made usual;
    ///     values outside are moved to the nearest end.
    /// - Returns: The bytes of a JPEG file.
    /// - Throws: `MediaError.Code.unsupported` for a size beyond 16384 or where FFmpeg lacks the
    ///   encoder, `exhausted` where memory runs out.
    public static func encode(
        _ picture: Picture,
        quality: Int = 90
    ) throws(MediaError) -> [UInt8] {
        let encoder = try VideoEncoder(
            named: "mjpeg",
            width: picture.width,
            height: picture.height,
            format: AV_PIX_FMT_YUVJ420P
        )
        let context = encoder.context
        let lambda = quantizer(quality: quality) * FF_QP2LAMBDA
        context.pointee.color_range = AVCOL_RANGE_JPEG
        context.pointee.time_base = AVRational(num: 1, den: 25)
        context.pointee.flags |= AV_CODEC_FLAG_QSCALE
        context.pointee.global_quality = lambda
        context.pointee.qmin = 1
        context.pointee.qmax = 31
        try encoder.open()
        try encoder.send(picture, presentationTime: 0, quality: lambda)
        guard try encoder.receive(), let data = encoder.packet.pointee.data else {
            throw MediaError(
                code: .unsupported,
                message: "The JPEG encoder gave no picture for \(picture.width)x\(picture.height)"
            )
        }
        return Array(UnsafeBufferPointer(start: data, count: Int(encoder.packet.pointee.size)))
    }

    /// The mjpeg encoder scales its matrix by q / 8; the IJG's scale is 200 - 2Q percent from 50 on
    /// and 5000 / Q percent below.
    private static func quantizer(quality: Int) -> Int32 {
        let quality = min(max(quality, 1), 100)
        let percent = quality < 50 ? 5000 / quality : 200 - 2 * quality
        return Int32(min(max((percent * 8 + 50) / 100, 1), 31))
    }
}
