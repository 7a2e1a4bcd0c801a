public import Scene

/// Where the foot of something was at one time.
public struct GroundPoint: Hashable, Sendable, Codable {
    /// When.
    public var time: MediaTime
    /// Where, in shares of the picture and ten-thousandths.
    public var place: NormalizedPoint

    /// A foot in the picture.
    ///
    /// - Parameters:
    ///   - box: what it is the foot of.
    ///   - time: when.
    ///   - width: columns of the picture.
    ///   - height: rows of it.
    init(of box: PixelBox, at time: MediaTime, width: Int, height: Int) {
        func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
        self.time = time
        place = NormalizedPoint(
            x: rounded((Double(box.x) + Double(box.width) / 2) / Double(max(1, width))),
            y: rounded(Double(box.maxY) / Double(max(1, height)))
        )
    }
}
