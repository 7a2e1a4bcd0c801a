internal import Imaging
internal import Scene

/// A shadow with hard edges that is there from one picture to the next and stays: all three colours
/// are multiplied inside a polygon.
struct CastShadow: PictureChange {
    static let factor = 0.55

    /// What is multiplied, in 1/256, by sample of luma and of chroma.
    private let luma: [UInt16]
    private let chroma: [UInt16]

    /// A shadow in pictures of that size.
    init(_ polygon: Polygon, width: Int, height: Int) {
        luma = Self.factors(polygon, width, height)
        chroma = Self.factors(polygon, (width + 1) / 2, (height + 1) / 2)
    }

    func apply(to picture: inout Picture, number: Int, seconds: Double) {
        let black = picture.isFullRange ? 0 : 16
        Self.dim(&picture.luma, luma, towards: black)
        Self.dim(&picture.blue, chroma, towards: 128)
        Self.dim(&picture.red, chroma, towards: 128)
    }

    private static func dim(_ plane: inout Plane, _ factors: [UInt16], towards rest: Int) {
        plane.withPointer { samples in
            for index in factors.indices {
                let above = (Int(samples[index]) - rest) * Int(factors[index])
                samples[index] = UInt8(clamping: rest + (above + 128) >> 8)
            }
        }
    }

    /// Edges are smoothed over one sample, by four points in each.
    private static func factors(_ polygon: Polygon, _ width: Int, _ height: Int) -> [UInt16] {
        let points = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
        return (0..<(width * height)).map { index in
            let inside = points.count { x, y in
                polygon.contains(
                    NormalizedPoint(
                        x: (Double(index % width) + x) / Double(width),
                        y: (Double(index / width) + y) / Double(height)
                    )
                )
            }
            let share = Double(inside) / Double(points.count)
            return UInt16((256 * (1 - share * (1 - factor))).rounded())
        }
    }
}
