internal import CFFmpeg
public import Imaging
public import Scene

/// One decoded picture with its time on the stream's own clock.
///
/// Owns the picture's memory, which the decoder shares and reuses once the last frame that holds
/// it is gone: hold few frames, and `copy()` what has to last.
public final class VideoFrame: Sendable {
    /// When it was taken, since the first frame of the stream.
    public let time: MediaTime
    /// Number of columns.
    public let width: Int
    /// Number of rows.
    public let height: Int
    /// Whether it was coded without reference to other pictures.
    public let isKeyframe: Bool
    /// Whether the decoder had to guess parts of it, because data were damaged or missing.
    public let isDamaged: Bool
    /// Whether samples use 0 to 255 instead of 16 to 235 (luma) and 16 to 240 (chroma).
    public let isFullRange: Bool

    // Sendable: nobody writes to the AVFrame or its planes after `init`, and FFmpeg counts the
    // references to its buffers atomically.
    private nonisolated(unsafe) let raw: UnsafeMutablePointer<AVFrame>

    /// Takes over a frame whose pixels are planar 8-bit YUV or grey.
    init(owning raw: UnsafeMutablePointer<AVFrame>, time: MediaTime, isDamaged: Bool) {
        self.raw = raw
        self.time = time
        self.isDamaged = isDamaged
        width = Int(raw.pointee.width)
        height = Int(raw.pointee.height)
        isKeyframe = raw.pointee.key_frame != 0
        isFullRange = PixelLayout.isFullRange(raw)
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = raw
        av_frame_free(&frame)
    }

    /// Lends the three planes to read, without a copy.
    ///
    /// Chroma comes at the resolution it was coded in: as luma in 4:4:4, half the columns in
    /// 4:2:2, half of both in 4:2:0, rounded up; a grey picture has 4:2:0 chroma of 128.
    ///
    /// - Parameter body: What reads them; nothing of the view may leave it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func withView<Result, Failure: Error>(
        _ body: (PictureView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let layout = PixelLayout.of(raw)
        let luma = plane(raw.pointee.data.0, raw.pointee.linesize.0, width, height)
        guard layout.hasChroma else {
            let grey = Plane(width: (width + 1) / 2, height: (height + 1) / 2, filledWith: 128)
            return try grey.withView { (chroma) throws(Failure) -> Result in
                try body(
                    PictureView(luma: luma, blue: chroma, red: chroma, isFullRange: isFullRange)
                )
            }
        }
        let columns = (width + layout.columnStep - 1) / layout.columnStep
        let rows = (height + layout.rowStep - 1) / layout.rowStep
        let blue = plane(raw.pointee.data.1, raw.pointee.linesize.1, columns, rows)
        let red = plane(raw.pointee.data.2, raw.pointee.linesize.2, columns, rows)
        return try body(PictureView(luma: luma, blue: blue, red: red, isFullRange: isFullRange))
    }

    private func plane(
        _ base: UnsafeMutablePointer<UInt8>?,
        _ stride: Int32,
        _ width: Int,
        _ height: Int
    ) -> PlaneView {
        guard let base else { preconditionFailure("A decoded frame has all its planes") }
        return PlaneView(base: base, width: width, height: height, stride: Int(stride))
    }
}

/// How the samples of a frame lie in memory.
struct PixelLayout {
    /// Luma columns for one chroma column.
    var columnStep: Int
    /// Luma rows for one chroma row.
    var rowStep: Int
    /// Whether there are chroma planes.
    var hasChroma = true

    /// The layout of a frame that can be lent as it is.
    static func of(_ frame: UnsafeMutablePointer<AVFrame>) -> PixelLayout {
        guard let layout = lendable(AVPixelFormat(frame.pointee.format)) else {
            preconditionFailure("A frame is converted before it is handed out")
        }
        return layout
    }

    /// The layout of a pixel format that needs no conversion; none for all others.
    static func lendable(_ format: AVPixelFormat) -> PixelLayout? {
        switch format {
        case AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P: PixelLayout(columnStep: 2, rowStep: 2)
        case AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUVJ422P: PixelLayout(columnStep: 2, rowStep: 1)
        case AV_PIX_FMT_YUV444P, AV_PIX_FMT_YUVJ444P: PixelLayout(columnStep: 1, rowStep: 1)
        case AV_PIX_FMT_GRAY8: PixelLayout(columnStep: 2, rowStep: 2, hasChroma: false)
        default: nil
        }
    }

    /// Whether the samples of a frame use all 256 values.
    static func isFullRange(_ frame: UnsafeMutablePointer<AVFrame>) -> Bool {
        switch AVPixelFormat(frame.pointee.format) {
        case AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P,
            AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUVJ411P:
            true
        default: frame.pointee.color_range == AVCOL_RANGE_JPEG
        }
    }
}
