/// A colour to draw with, as 8-bit limited-range Y, U and V, and how much it covers.
public struct Ink: Hashable, Sendable {
    /// Brightness, 16 to 235.
    public var luma: UInt8
    /// Blue difference, 16 to 240.
    public var blue: UInt8
    /// Red difference, 16 to 240.
    public var red: UInt8
    /// Share of the picture below that the ink hides, 0 to 1.
    public var opacity: Double

    /// An ink in limited-range Y, U and V.
    public init(luma: UInt8, blue: UInt8, red: UInt8, opacity: Double = 1) {
        self.luma = luma
        self.blue = blue
        self.red = red
        self.opacity = opacity
    }

    /// A soft black that sets bright lines off from a bright background.
    public static let shade = Ink(luma: 16, blue: 128, red: 128, opacity: 0.55)
    /// The amber of warning signs.
    public static let amber = Ink(luma: 170, blue: 45, red: 158)
    /// A signal red.
    public static let red = Ink(luma: 95, blue: 98, red: 225)
    /// A bright white.
    public static let white = Ink(luma: 235, blue: 128, red: 128)

    /// The same ink with its brightness and chroma in the range that a picture uses.
    func converted(toFullRange isFullRange: Bool) -> Ink {
        guard isFullRange else { return self }
        func stretch(_ value: UInt8, center: Double, gain: Double) -> UInt8 {
            UInt8(min(max((Double(value) - center) * gain + (center == 16 ? 0 : center), 0), 255))
        }
        return Ink(
            luma: stretch(luma, center: 16, gain: 255.0 / 219),
            blue: stretch(blue, center: 128, gain: 255.0 / 224),
            red: stretch(red, center: 128, gain: 255.0 / 224),
            opacity: opacity
        )
    }
}
