public import Scene

extension Picture {
    /// Rows of a line of text whose glyphs are drawn `scale` times as large.
    public static func textHeight(scale: Int) -> Int { PixelFont.height * scale }

    /// Columns that a line of text takes.
    public static func textWidth(_ text: String, scale: Int) -> Int {
        max(0, text.count * PixelFont.advance - 1) * scale
    }

    /// Writes a line of text in a 5 by 7 pixel font; what lies outside the picture is cut off.
    ///
    /// Letters outside ASCII become hollow boxes.
    ///
    /// - Parameters:
    ///   - text: one line.
    ///   - x: column of its left edge.
    ///   - y: row of its upper edge.
    ///   - scale: luma pixels for one pixel of the font, above 0.
    ///   - ink: the colour, in limited range.
    public mutating func write(_ text: String, x: Int, y: Int, scale: Int, ink: Ink) {
        for (position, character) in text.enumerated() {
            let left = x + position * PixelFont.advance * scale
            for (row, bits) in PixelFont.rows(character).enumerated() {
                for column in 0..<PixelFont.width where bits & (0x10 >> UInt8(column)) != 0 {
                    let dot = PixelBox(
                        x: left + column * scale,
                        y: y + row * scale,
                        width: scale,
                        height: scale
                    )
                    fill(dot, ink: ink)
                }
            }
        }
    }

    /// Covers a box with ink; what lies outside the picture is cut off.
    ///
    /// - Parameters:
    ///   - box: in luma pixels; chroma is inked wherever the box touches it.
    ///   - ink: the colour; given in limited range, converted where the picture uses full range.
    public mutating func fill(_ box: PixelBox, ink: Ink) {
        let whole = PixelBox(x: 0, y: 0, width: width, height: height)
        guard let box = box.intersection(whole) else { return }
        let ink = ink.converted(toFullRange: isFullRange)
        luma.fill(box, value: ink.luma, opacity: ink.opacity)
        let (left, top) = (box.x / 2, box.y / 2)
        let half = PixelBox(
            x: left,
            y: top,
            width: (box.maxX + 1) / 2 - left,
            height: (box.maxY + 1) / 2 - top
        )
        blue.fill(half, value: ink.blue, opacity: ink.opacity)
        red.fill(half, value: ink.red, opacity: ink.opacity)
    }
}

extension Plane {
    /// Mixes a value into a box that lies inside the plane.
    fileprivate mutating func fill(_ box: PixelBox, value: UInt8, opacity: Double) {
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let below = Double(self[x, y])
                self[x, y] = UInt8((below + (Double(value) - below) * opacity).rounded())
            }
        }
    }
}
