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

    private struct Wanted: Hashable {
        let text: String
        let size: Int
    }

    /// What was drawn before: most of what pictures say is the same in all of a camera.
    ///
    /// The lock also keeps fontconfig and FreeType to one thread at a time.
    private static let drawn = Mutex<[Wanted: Line?]>([:])
    private static let capacity = 512

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
        return try drawn.withLock { (drawn) throws(MediaError) in
            var missing: [String] = []
            for text in texts where drawn[Wanted(text: text, size: size)] == nil {
                if !missing.contains(text) { missing.append(text) }
            }
            guard !missing.isEmpty else {
                return texts.map { drawn[Wanted(text: $0, size: size)] ?? nil }
            }
            let lines = try TextCanvas(missing, size: size).draw()
            let fresh = Dictionary(zip(missing, lines), uniquingKeysWith: { first, _ in first })
            let result = texts.map { fresh[$0] ?? drawn[Wanted(text: $0, size: size)] ?? nil }
            if drawn.count + missing.count > capacity { drawn = [:] }
            for (text, line) in fresh { drawn[Wanted(text: text, size: size)] = .some(line) }
            return result
        }
    }
}

/// A grey picture that lines of text are drawn into, all at once: a filter of its own for each line
/// would load the fonts for each.
///
/// The filter's distance between lines depends on the letters. So each line begins with a block,
/// by which it is found again.
private struct TextCanvas {
    private let texts: [String]
    private let size: Int
    private let width: Int
    private let height: Int

    private static let block = "\u{2588} "

    init(_ texts: [String], size: Int) {
        self.texts = texts.map(Self.shown)
        self.size = size
        let longest = self.texts.map(\.unicodeScalars.count).max() ?? 0
        width = min(16_384, (longest + 5) * size)
        height = min(16_384, (texts.count + 1) * size * 3)
    }

    /// A mask for each line.
    func draw() throws(MediaError) -> [TextMask.Line?] {
        let plane = try drawn()
        let column = size + size / 4
        var rows: [Int] = []
        for y in 1..<height where plane[column, y] > 127 && plane[column, y - 1] <= 127 {
            rows.append(y)
        }
        guard rows.count == texts.count else {
            throw MediaError(
                code: .unsupported,
                message: "\(rows.count) of \(texts.count) lines of text could be drawn: "
                    + "apt-get install --reinstall \(TextMask.fontPackage)"
            )
        }
        return rows.map { line(plane, top: $0, column: column) }
    }

    /// Cuts what follows the block of a line to the columns that have ink.
    private func line(_ plane: Plane, top: Int, column: Int) -> TextMask.Line? {
        var start = column
        while start < width, plane[start, top + size / 2] > 16 { start += 1 }
        let lines = max(0, top - size / 4)..<min(height, top + size * 5 / 4)
        var (first, last) = (width, -1)
        for y in lines {
            for x in start..<width where plane[x, y] > 16 {
                first = min(first, x)
                last = max(last, x)
            }
        }
        guard last >= first else { return nil }
        var mask = Plane(width: last - first + 1, height: size * 3 / 2)
        for y in lines {
            let row = y - (top - size / 4)
            guard row < mask.height else { break }
            for x in first...last { mask[x - first, row] = plane[x, y] }
        }
        return TextMask.Line(mask: mask)
    }

    private func drawn() throws(MediaError) -> Plane {
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
        let text = texts.map { Self.block + $0 }.joined(separator: "\n")
        let filter = try add(
            "drawtext",
            to: graph,
            [
                ("text", text), ("expansion", "none"), ("font", TextMask.fontName),
                ("fontsize", "\(size)"), ("fontcolor", "white"), ("x", "\(size)"),
                ("y", "\(size)"), ("line_spacing", "\(size / 2)"),
            ]
        )
        let sink = try add("buffersink", to: graph, [])
        try check(avfilter_link(source, 0, filter, 0))
        try check(avfilter_link(filter, 0, sink, 0))
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
