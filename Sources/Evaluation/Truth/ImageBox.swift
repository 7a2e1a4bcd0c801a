/// An upright rectangle in pixels of the full picture, fractions allowed.
///
/// In JSON it is `[x, y, width, height]`.
public struct ImageBox: Hashable, Sendable {
    /// Left edge in pixels.
    public var x: Double
    /// Top edge in pixels.
    public var y: Double
    /// Width in pixels.
    public var width: Double
    /// Height in pixels.
    public var height: Double

    /// A box from its left top corner and its size, in pixels.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Area of the intersection over area of the union, 0 where the boxes do not overlap.
    public func intersectionOverUnion(_ other: ImageBox) -> Double {
        let sharedWidth = min(x + width, other.x + other.width) - max(x, other.x)
        let sharedHeight = min(y + height, other.y + other.height) - max(y, other.y)
        guard sharedWidth > 0, sharedHeight > 0 else { return 0 }
        let shared = sharedWidth * sharedHeight
        return shared / (width * height + other.width * other.height - shared)
    }

    /// The box grown on every side by a share of its own size, and by `atLeast` pixels.
    func dilated(by share: Double, atLeast pixels: Double) -> ImageBox {
        let sideways = max(width * share, pixels)
        let upwards = max(height * share, pixels)
        return ImageBox(
            x: x - sideways,
            y: y - upwards,
            width: width + 2 * sideways,
            height: height + 2 * upwards
        )
    }

    /// Whether the middle of the other box lies in this one or on its edge.
    func containsCenter(of other: ImageBox) -> Bool {
        let centerX = other.x + other.width / 2
        let centerY = other.y + other.height / 2
        return x <= centerX && centerX <= x + width && y <= centerY && centerY <= y + height
    }
}

extension ImageBox: Codable {
    /// Reads `[x, y, width, height]`.
    public init(from decoder: any Decoder) throws {
        let values = try [Double](from: decoder)
        guard values.count == 4, values[2] >= 0, values[3] >= 0 else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a box is [x, y, width, height] in pixels, not \(values)"
                )
            )
        }
        self.init(x: values[0], y: values[1], width: values[2], height: values[3])
    }

    /// Writes `[x, y, width, height]`.
    public func encode(to encoder: any Encoder) throws {
        try [x, y, width, height].encode(to: encoder)
    }
}
