internal import Imaging
internal import Media

/// Text below a picture, on rows that are added, so that nothing of the picture is hidden.
enum PictureStrip {
    private static let paper = Ink(luma: 28, blue: 128, red: 128)

    /// A picture with a strip of text below.
    ///
    /// - Parameters:
    ///   - fields: what to say, in order; each goes onto the next row where it does not fit.
    ///   - mark: comes last and in another colour.
    ///   - picture: any size.
    /// - Returns: a picture that is higher by the strip.
    /// - Throws: `MediaError` where text cannot be drawn.
    static func added(
        _ fields: [String],
        mark: String,
        to picture: Picture
    ) throws(MediaError) -> Picture {
        let size = fontSize(for: picture)
        let (pad, gap) = (size / 2, size)
        let texts = fields + ["防伪码 \(mark)"]
        let lines = try fitting(texts, size: size, width: picture.width - 2 * pad)
        var places: [(x: Int, row: Int)] = []
        var (x, row) = (pad, 0)
        for line in lines {
            if x > pad, x + line.mask.width > picture.width - pad { (x, row) = (pad, row + 1) }
            places.append((x, row))
            x += line.mask.width + gap
        }
        let pitch = size * 3 / 2
        let height = ((row + 1) * pitch + pad + 1) & ~1
        var whole = picture.extended(by: height, ink: paper)
        for (index, (line, place)) in zip(lines, places).enumerated() {
            let ink = index == lines.count - 1 ? Ink.amber : .white
            let y = picture.height + pad / 2 + place.row * pitch
            whole.paint(line.mask, x: place.x, y: y, ink: ink)
        }
        return whole
    }

    /// A picture with one line of text below.
    ///
    /// - Parameters:
    ///   - title: cut off where it is too wide.
    ///   - picture: any size.
    ///   - size: rows of a letter.
    /// - Returns: a picture that is higher by `titleHeight(size)`.
    /// - Throws: `MediaError` where text cannot be drawn.
    static func titled(
        _ title: String,
        _ picture: Picture,
        size: Int
    ) throws(MediaError) -> Picture {
        let lines = try TextMask.draw([title], size: size)
        var titled = picture.extended(by: titleHeight(size), ink: paper)
        guard let line = lines.first.flatMap(\.self) else { return titled }
        titled.paint(line.mask, x: size / 2, y: picture.height, ink: .white)
        return titled
    }

    /// Rows that a title adds, an even number.
    static func titleHeight(_ size: Int) -> Int { (size * 3 / 2 + 1) & ~1 }

    /// Rows of a letter that reads well: a picture of 1080 rows has 32.
    static func fontSize(for picture: Picture) -> Int {
        min(max(min(picture.height / 33, picture.width / 24), 12), 48)
    }

    /// Lines of text, those that are too wide in pieces.
    private static func fitting(
        _ texts: [String],
        size: Int,
        width: Int
    ) throws(MediaError) -> [TextMask.Line] {
        let drawn = try TextMask.draw(texts, size: size)
        var pieces: [String] = []
        var isSplit = false
        for (text, line) in zip(texts, drawn) {
            guard let line, line.mask.width > width, text.count > 1 else {
                if line != nil { pieces.append(text) }
                continue
            }
            isSplit = true
            let count = (line.mask.width + width - 1) / width + 1
            let length = max(1, (text.count + count - 1) / count)
            var rest = Substring(text)
            while !rest.isEmpty {
                pieces.append(String(rest.prefix(length)))
                rest = rest.dropFirst(length)
            }
        }
        guard isSplit else { return drawn.compactMap(\.self) }
        return try TextMask.draw(pieces, size: size).compactMap(\.self)
    }
}
