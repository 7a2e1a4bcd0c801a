internal import CFFmpeg
internal import Glibc
public import Imaging
internal import Synchronization

/// Lines of text as masks, drawn by libavfilter's `drawtext` with a font that has Chinese.
public enum TextMask {
    /// The Debian package that has the font.
    public static let fontPackage = "fonts-noto-cjk"
    /// Name of the font by fontconfig: its forms are those of simplified Chinese.
    static let fontName = "Noto Sans CJK SC"
    private static let fontFiles = [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    ]

    /// A line of text: 255 where the ink is, 0 where none is.
    public struct Line: Sendable {
        /// As wide as the ink and as high as a row of text.
        public let mask: Plane
    }

    // fontconfig and FreeType are called by one thread at a time.
    private static let turn = Mutex(())

    /// Draws lines of text.
    ///
    /// - Parameters:
    ///   - texts: one line each, at most 64; characters that cannot be shown are left out.
    ///   - size: height of the font in rows, 8 to 400.
    /// - Returns: a mask for each; nil for a line without ink.
    /// - Throws: `MediaError` with `unsupported` where the font or the filter is missing.
    public static func draw(_ texts: [String], size: Int) throws(MediaError) -> [Line?] {
        guard fontFiles.contains(where: { access($0, R_OK) == 0 }) else {
            throw MediaError(
                code: .unsupported,
                message: "the font \(fontName) is missing: apt-get install \(fontPackage)"
            )
        }
        guard !texts.isEmpty else { return [] }
        let pitch = size * 3 / 2
        let widest = texts.map(\.unicodeScalars.count).max() ?? 1
        let canvas = TextCanvas(
            width: min(16_384, (widest + 2) * size),
            height: pitch * texts.count,
            pitch: pitch,
            size: size
        )
        let drawn = try turn.withLock { (_) throws(MediaError) in try canvas.draw(texts) }
        return texts.indices.map { line(drawn, row: $0 * pitch, height: pitch) }
    }

    /// Cuts a row to the columns that have ink.
    private static func line(_ plane: Plane, row: Int, height: Int) -> Line? {
        var (first, last) = (plane.width, -1)
        for y in row..<(row + height) {
            for x in 0..<plane.width where plane[x, y] > 16 {
                first = min(first, x)
                last = max(last, x)
            }
        }
        guard last >= first else { return nil }
        var mask = Plane(width: last - first + 1, height: height)
        for y in 0..<height {
            for x in first...last { mask[x - first, y] = plane[x, row + y] }
        }
        return Line(mask: mask)
    }
}

/// A grey picture that text is drawn into, one line in each row.
struct TextCanvas {
    let width: Int
    let height: Int
    let pitch: Int
    let size: Int

    func draw(_ texts: [String]) throws(MediaError) -> Plane {
        guard let graph = avfilter_graph_alloc() else { throw Self.memory }
        defer {
            var owned: UnsafeMutablePointer<AVFilterGraph>? = graph
            avfilter_graph_free(&owned)
        }
        graph.pointee.nb_threads = 1
        let source = try add(
            "buffer",
            to: graph,
            [
                ("width", "\(width)"), ("height", "\(height)"), ("pix_fmt", "gray"),
                ("time_base", "1/1"), ("pixel_aspect", "1/1"),
            ]
        )
        var last = source
        for (index, text) in texts.enumerated() {
            // The baseline is the same in every row, whatever the letters.
            let baseline = index * pitch + size * 11 / 10
            let next = try add(
                "drawtext",
                to: graph,
                [
                    ("text", Self.shown(text)), ("expansion", "none"),
                    ("font", TextMask.fontName), ("fontsize", "\(size)"),
                    ("fontcolor", "white"), ("x", "\(size)"), ("y", "\(baseline)-max_glyph_a"),
                ]
            )
            try check(avfilter_link(last, 0, next, 0))
            last = next
        }
        let sink = try add("buffersink", to: graph, [])
        try check(avfilter_link(last, 0, sink, 0))
        try check(avfilter_graph_config(graph, nil))
        return try run(source, sink)
    }

    /// Sends a black picture through the filters.
    private func run(
        _ source: UnsafeMutablePointer<AVFilterContext>,
        _ sink: UnsafeMutablePointer<AVFilterContext>
    ) throws(MediaError) -> Plane {
        var frame: UnsafeMutablePointer<AVFrame>? = av_frame_alloc()
        guard let raw = frame else { throw Self.memory }
        defer { av_frame_free(&frame) }
        raw.pointee.width = Int32(width)
        raw.pointee.height = Int32(height)
        raw.pointee.format = AV_PIX_FMT_GRAY8.rawValue
        raw.pointee.color_range = AVCOL_RANGE_JPEG
        raw.pointee.pts = 0
        try check(av_frame_get_buffer(raw, 0))
        guard let base = raw.pointee.data.0 else { throw Self.memory }
        base.update(repeating: 0, count: Int(raw.pointee.linesize.0) * height)
        try check(av_buffersrc_add_frame_flags(source, raw, 0))
        try check(av_buffersink_get_frame(sink, raw))
        guard let drawn = raw.pointee.data.0 else { throw Self.memory }
        var plane = Plane(width: width, height: height)
        let stride = Int(raw.pointee.linesize.0)
        plane.samples.withUnsafeMutableBufferPointer { target in
            for y in 0..<height {
                for x in 0..<width { target[y * width + x] = drawn[y * stride + x] }
            }
        }
        return plane
    }

    private func add(
        _ name: String,
        to graph: UnsafeMutablePointer<AVFilterGraph>,
        _ options: [(String, String)]
    ) throws(MediaError) -> UnsafeMutablePointer<AVFilterContext> {
        guard let filter = avfilter_get_by_name(name) else {
            throw MediaError(
                code: .unsupported,
                message: "this build of FFmpeg has no filter \(name): install libavfilter-dev"
            )
        }
        guard let context = avfilter_graph_alloc_filter(graph, filter, nil) else {
            throw Self.memory
        }
        var dictionary: OpaquePointer?
        defer { av_dict_free(&dictionary) }
        for (key, value) in options { av_dict_set(&dictionary, key, value, 0) }
        try check(avfilter_init_dict(context, &dictionary))
        return context
    }

    /// The text without what would begin a new line or has no form.
    private static func shown(_ text: String) -> String {
        let kept = text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return String(String.UnicodeScalarView(kept))
    }

    private func check(_ status: Int32) throws(MediaError) {
        guard status < 0 else { return }
        throw MediaError(status: status, message: "text cannot be drawn into a picture")
    }

    private static var memory: MediaError {
        MediaError(code: .exhausted, message: "no memory to draw text into a picture")
    }
}
