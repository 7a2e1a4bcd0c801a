public import Scene

extension Picture {
    /// The picture in another size, by the mean of the four nearest samples; for showing only.
    ///
    /// - Parameters:
    ///   - width: columns, 1 at least.
    ///   - height: rows, 1 at least.
    /// - Returns: a picture in the same range.
    public func scaled(width: Int, height: Int) -> Picture {
        var picture = Picture(width: width, height: height, isFullRange: isFullRange)
        picture.luma = luma.scaled(width, height)
        picture.blue = blue.scaled(picture.blue.width, picture.blue.height)
        picture.red = red.scaled(picture.red.width, picture.red.height)
        return picture
    }

    /// A part of the picture, which begins at an even column and row.
    ///
    /// - Parameter box: in luma pixels; what lies outside the picture is left out.
    /// - Returns: a picture of that part; the whole where the two have nothing in common.
    public func cropped(to box: PixelBox) -> Picture {
        let whole = PixelBox(x: 0, y: 0, width: width, height: height)
        let (left, top) = (box.x & ~1, box.y & ~1)
        let even = PixelBox(x: left, y: top, width: box.maxX - left, height: box.maxY - top)
        guard let part = even.intersection(whole), part != whole else { return self }
        var picture = Picture(width: part.width, height: part.height, isFullRange: isFullRange)
        picture.luma.take(luma, part.x, part.y)
        picture.blue.take(blue, part.x / 2, part.y / 2)
        picture.red.take(red, part.x / 2, part.y / 2)
        return picture
    }

    /// Lays another picture over this one; what lies outside is cut off.
    ///
    /// - Parameters:
    ///   - picture: in the same range.
    ///   - x: column of its left edge, even and at least 0.
    ///   - y: row of its upper edge, even and at least 0.
    public mutating func place(_ picture: Picture, x: Int, y: Int) {
        luma.place(picture.luma, x, y)
        blue.place(picture.blue, x / 2, y / 2)
        red.place(picture.red, x / 2, y / 2)
    }

    /// Takes a share of brightness and colour away, so that what is drawn on it stands out.
    ///
    /// - Parameter share: 0 for none, 1 for all.
    public mutating func dim(by share: Double) {
        let black = isFullRange ? 0.0 : 16
        for index in luma.samples.indices {
            let level = Double(luma.samples[index]) - black
            luma.samples[index] = UInt8(clamping: Int(black + level * (1 - share)))
        }
        for index in blue.samples.indices {
            let (bluish, reddish) = (
                Double(blue.samples[index]) - 128, Double(red.samples[index]) - 128
            )
            blue.samples[index] = UInt8(clamping: Int(128 + bluish * (1 - share)))
            red.samples[index] = UInt8(clamping: Int(128 + reddish * (1 - share)))
        }
    }
}

extension Plane {
    fileprivate func scaled(_ width: Int, _ height: Int) -> Plane {
        if width == self.width && height == self.height { return self }
        var plane = Plane(width: width, height: height)
        let columns = (0..<width).map { Self.source($0, of: width, in: self.width) }
        for y in 0..<height {
            let row = Self.source(y, of: height, in: self.height)
            for (x, column) in columns.enumerated() {
                let upper = mix(self[column.low, row.low], self[column.high, row.low], column.part)
                let lower = mix(
                    self[column.low, row.high],
                    self[column.high, row.high],
                    column.part
                )
                plane[x, y] = UInt8((upper + (lower - upper) * row.part).rounded())
            }
        }
        return plane
    }

    private func mix(_ a: UInt8, _ b: UInt8, _ part: Double) -> Double {
        Double(a) + (Double(b) - Double(a)) * part
    }

    /// The two samples between which the middle of a target sample lies, and where between them.
    private static func source(
        _ index: Int,
        of count: Int,
        in sourceCount: Int
    ) -> (low: Int, high: Int, part: Double) {
        let position = (Double(index) + 0.5) * Double(sourceCount) / Double(count) - 0.5
        let low = min(max(0, Int(position.rounded(.down))), sourceCount - 1)
        let part = min(max(0, position - Double(low)), 1)
        return (low, min(low + 1, sourceCount - 1), part)
    }

    /// Fills the plane with what another has from a column and row on.
    fileprivate mutating func take(_ plane: Plane, _ x: Int, _ y: Int) {
        for row in 0..<height {
            for column in 0..<width {
                self[column, row] =
                    plane[
                        min(x + column, plane.width - 1),
                        min(y + row, plane.height - 1)
                    ]
            }
        }
    }

    fileprivate mutating func place(_ plane: Plane, _ x: Int, _ y: Int) {
        for row in 0..<max(0, min(plane.height, height - y)) {
            for column in 0..<max(0, min(plane.width, width - x)) {
                self[x + column, y + row] = plane[column, row]
            }
        }
    }
}
