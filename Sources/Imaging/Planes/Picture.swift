/// A picture in Y, U and V that owns its memory; chroma at half the columns and rows, rounded up.
public struct Picture: Hashable, Sendable {
    /// Brightness.
    public var luma: Plane
    /// Blue difference, 128 where grey.
    public var blue: Plane
    /// Red difference, 128 where grey.
    public var red: Plane
    /// Whether samples use 0 to 255 instead of 16 to 235 (luma) and 16 to 240 (chroma).
    public var isFullRange: Bool

    /// Number of luma columns.
    public var width: Int { luma.width }
    /// Number of luma rows.
    public var height: Int { luma.height }

    /// A black picture of that size.
    public init(width: Int, height: Int, isFullRange: Bool = false) {
        luma = Plane(width: width, height: height, filledWith: isFullRange ? 0 : 16)
        blue = Plane(width: (width + 1) / 2, height: (height + 1) / 2, filledWith: 128)
        red = Plane(width: (width + 1) / 2, height: (height + 1) / 2, filledWith: 128)
        self.isFullRange = isFullRange
    }

    /// Lends all three planes to read.
    public func withView<Result, Failure: Error>(
        _ body: (PictureView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try luma.withView { (luma) throws(Failure) -> Result in
            try blue.withView { (blue) throws(Failure) -> Result in
                try red.withView { (red) throws(Failure) -> Result in
                    try body(
                        PictureView(luma: luma, blue: blue, red: red, isFullRange: isFullRange)
                    )
                }
            }
        }
    }
}

/// A picture in Y, U and V that somebody else owns; valid only inside the closure it is lent to.
///
/// The chroma planes may have any size: 4:2:0, 4:2:2 and 4:4:4 come as they are.
public struct PictureView {
    /// Brightness.
    public let luma: PlaneView
    /// Blue difference.
    public let blue: PlaneView
    /// Red difference.
    public let red: PlaneView
    /// Whether samples use 0 to 255 instead of 16 to 235 (luma) and 16 to 240 (chroma).
    public let isFullRange: Bool

    /// Borrows three planes.
    package init(luma: PlaneView, blue: PlaneView, red: PlaneView, isFullRange: Bool) {
        self.luma = luma
        self.blue = blue
        self.red = red
        self.isFullRange = isFullRange
    }
}
