public import Scene

extension Picture {
    /// A line thickness that reads well on this picture, in luma pixels: about 1/240 of the height.
    public var outlineThickness: Double {
        max(2, (Double(height) / 240).rounded())
    }

    /// Draws the closed outline of a polygon, in time proportional to its length.
    ///
    /// - Parameters:
    ///   - polygon: the corners, in shares of the picture.
    ///   - ink: the colour; given in limited range, converted where the picture uses full range.
    ///   - thickness: width of the line in luma pixels, above 0.
    public mutating func outline(_ polygon: Polygon, ink: Ink, thickness: Double) {
        guard var previous = polygon.corners.last else { return }
        for corner in polygon.corners {
            line(from: previous, to: corner, ink: ink, thickness: thickness)
            previous = corner
        }
    }

    /// Draws the outline of a box, in time proportional to its length.
    ///
    /// - Parameters:
    ///   - box: the box, in shares of the picture.
    ///   - ink: the colour; given in limited range, converted where the picture uses full range.
    ///   - thickness: width of the line in luma pixels, above 0.
    public mutating func outline(_ box: NormalizedBox, ink: Ink, thickness: Double) {
        let (right, bottom) = (box.x + box.width, box.y + box.height)
        let corners = [
            NormalizedPoint(x: box.x, y: box.y),
            NormalizedPoint(x: right, y: box.y),
            NormalizedPoint(x: right, y: bottom),
            NormalizedPoint(x: box.x, y: bottom),
        ]
        outline(Polygon(corners), ink: ink, thickness: thickness)
    }

    /// Draws a straight line with round ends between two points of the picture.
    ///
    /// - Parameters:
    ///   - start: one end, in shares of the picture.
    ///   - end: the other end, in shares of the picture.
    ///   - ink: the colour; given in limited range, converted where the picture uses full range.
    ///   - thickness: width of the line in luma pixels, above 0.
    public mutating func line(
        from start: NormalizedPoint,
        to end: NormalizedPoint,
        ink: Ink,
        thickness: Double
    ) {
        let ink = ink.converted(toFullRange: isFullRange)
        let stroke = Stroke(
            startX: start.x * Double(width),
            startY: start.y * Double(height),
            endX: end.x * Double(width),
            endY: end.y * Double(height),
            radius: thickness / 2
        )
        luma.draw(stroke, value: ink.luma, opacity: ink.opacity)
        let half = stroke.onChroma
        blue.draw(half, value: ink.blue, opacity: ink.opacity)
        red.draw(half, value: ink.red, opacity: ink.opacity)
    }
}

extension Stroke {
    /// The same line on planes of half the size, half a pixel wider on each side, so that every
    /// luma pixel of the line has its full colour.
    fileprivate var onChroma: Stroke {
        Stroke(
            startX: startX / 2,
            startY: startY / 2,
            endX: endX / 2,
            endY: endY / 2,
            radius: radius / 2 + 0.5
        )
    }
}
