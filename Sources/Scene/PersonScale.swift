/// How tall a standing person looks, by the row on which the feet are.
///
/// On flat ground under a camera without roll, that height grows linearly with the row (Hoiem,
/// Efros and Hebert 2008), so two heights at two rows tell it everywhere.
public struct PersonScale: Hashable, Sendable, Codable {
    /// One height measured in the picture.
    public struct Reference: Hashable, Sendable, Codable {
        /// Row of the feet, 0 (top) to 1 (bottom).
        public var y: Double
        /// Height of a person of 1.7 m who stands there, in shares of the picture's height.
        public var height: Double

        /// A person of that height in the picture, the feet at that row.
        public init(y: Double, height: Double) {
            self.y = y
            self.height = height
        }
    }

    /// How tall the person is whose heights these are.
    public static let metres = 1.7

    /// Height by row: `height = slope * row + intercept`, all in shares of the picture's height.
    public let slope: Double
    /// Height at the top row, negative where the horizon is in the picture.
    public let intercept: Double

    /// The line through two references; nil where their rows are less than 0.05 apart, a height is
    /// not positive, or people would grow with the distance.
    public init?(_ a: Reference, _ b: Reference) {
        guard abs(a.y - b.y) >= 0.05, a.height > 0, b.height > 0 else { return nil }
        let slope = (a.height - b.height) / (a.y - b.y)
        guard slope >= 0 else { return nil }
        self.slope = slope
        // From the same one of the two in whatever order they come: the last bit counts.
        let near = a.y > b.y ? a : b
        intercept = near.height - slope * near.y
    }

    /// The scale on a line.
    public init(slope: Double, intercept: Double) {
        self.slope = slope
        self.intercept = intercept
    }

    /// Height of a person whose feet are on a row, in shares of the picture's height; 0 above the
    /// horizon.
    public func height(atRow y: Double) -> Double {
        max(0, slope * y + intercept)
    }

    /// Height of a person at that corner of a polygon where people look smallest, in shares of the
    /// picture's height.
    public func leastHeight(in polygon: Polygon) -> Double {
        polygon.corners.map { height(atRow: min(1, max(0, $0.y))) }.min() ?? 0
    }
}
