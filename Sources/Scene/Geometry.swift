/// A point in the picture: x from left to right, y from top to bottom, both 0 to 1.
public struct NormalizedPoint: Hashable, Sendable, Codable {
    /// Share of the picture's width from its left edge.
    public var x: Double
    /// Share of the picture's height from its top edge.
    public var y: Double

    /// A point at shares of the picture's width and height.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// An upright rectangle in the picture, in shares of its width and height.
public struct NormalizedBox: Hashable, Sendable, Codable {
    /// Left edge, 0 to 1.
    public var x: Double
    /// Top edge, 0 to 1.
    public var y: Double
    /// Width, 0 to 1.
    public var width: Double
    /// Height, 0 to 1.
    public var height: Double

    /// A box from its left top corner and its size, all in shares of the picture.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Share of the picture that the box covers.
    public var area: Double {
        width * height
    }

    /// The middle of the box.
    public var center: NormalizedPoint {
        NormalizedPoint(x: x + width / 2, y: y + height / 2)
    }

    /// Where the object touches the ground: the middle of the lower edge.
    public var groundContact: NormalizedPoint {
        NormalizedPoint(x: x + width / 2, y: y + height)
    }

    /// The part that both boxes cover; empty boxes have no size.
    public func intersection(_ other: NormalizedBox) -> NormalizedBox {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return NormalizedBox(
            x: left,
            y: top,
            width: max(0, min(x + width, other.x + other.width) - left),
            height: max(0, min(y + height, other.y + other.height) - top)
        )
    }

    /// Area of the intersection over area of the union, 0 to 1.
    public func intersectionOverUnion(_ other: NormalizedBox) -> Double {
        let shared = intersection(other).area
        let union = area + other.area - shared
        return union > 0 ? shared / union : 0
    }
}

/// An upright rectangle of whole pixels: `x` and `y` are inside, `x + width` is not.
public struct PixelBox: Hashable, Sendable, Codable {
    /// First column.
    public var x: Int
    /// First row.
    public var y: Int
    /// Number of columns.
    public var width: Int
    /// Number of rows.
    public var height: Int

    /// A box from its first column and row and its size in pixels.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// First column to the right of the box.
    public var maxX: Int { x + width }
    /// First row below the box.
    public var maxY: Int { y + height }
    /// Number of pixels.
    public var area: Int { width * height }

    /// The part that both boxes cover, or nil where they do not touch.
    public func intersection(_ other: PixelBox) -> PixelBox? {
        let left = max(x, other.x)
        let top = max(y, other.y)
        let right = min(maxX, other.maxX)
        let bottom = min(maxY, other.maxY)
        guard left < right, top < bottom else { return nil }
        return PixelBox(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// The smallest box around both.
    public func union(_ other: PixelBox) -> PixelBox {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return PixelBox(
            x: left,
            y: top,
            width: max(maxX, other.maxX) - left,
            height: max(maxY, other.maxY) - top
        )
    }

    /// The box grown by `margin` on every side and cut to a picture of that size.
    ///
    /// Returns nil where nothing is left.
    public func grown(by margin: Int, within width: Int, _ height: Int) -> PixelBox? {
        PixelBox(
            x: x - margin,
            y: y - margin,
            width: self.width + 2 * margin,
            height: self.height + 2 * margin
        )
        .intersection(PixelBox(x: 0, y: 0, width: width, height: height))
    }

    /// The same box in shares of a picture of that size.
    public func normalized(width pictureWidth: Int, height pictureHeight: Int) -> NormalizedBox {
        NormalizedBox(
            x: Double(x) / Double(pictureWidth),
            y: Double(y) / Double(pictureHeight),
            width: Double(width) / Double(pictureWidth),
            height: Double(height) / Double(pictureHeight)
        )
    }
}

extension NormalizedBox {
    /// The pixels that the box touches in a picture of that size, cut to the picture.
    public func pixels(width pictureWidth: Int, height pictureHeight: Int) -> PixelBox {
        let left = Int((x * Double(pictureWidth)).rounded(.down))
        let top = Int((y * Double(pictureHeight)).rounded(.down))
        let right = Int(((x + width) * Double(pictureWidth)).rounded(.up))
        let bottom = Int(((y + height) * Double(pictureHeight)).rounded(.up))
        let clampedLeft = min(max(left, 0), pictureWidth - 1)
        let clampedTop = min(max(top, 0), pictureHeight - 1)
        return PixelBox(
            x: clampedLeft,
            y: clampedTop,
            width: max(1, min(right, pictureWidth) - clampedLeft),
            height: max(1, min(bottom, pictureHeight) - clampedTop)
        )
    }
}
