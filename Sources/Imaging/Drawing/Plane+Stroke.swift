/// A straight line with round ends, in the pixel coordinates of one plane.
///
/// Pixel centres lie at half coordinates: the middle of the left top pixel is (0.5, 0.5).
struct Stroke {
    var startX: Double
    var startY: Double
    var endX: Double
    var endY: Double
    /// Half of the line's thickness, in pixels.
    var radius: Double

    /// How much of the pixel around a point the line covers, 0 to 1, with an edge one pixel wide.
    func coverage(x: Double, y: Double) -> Double {
        let (dx, dy) = (endX - startX, endY - startY)
        let squaredLength = dx * dx + dy * dy
        let along = ((x - startX) * dx + (y - startY) * dy) / max(squaredLength, 1e-9)
        let nearest = min(max(along, 0), 1)
        let (awayX, awayY) = (x - startX - nearest * dx, y - startY - nearest * dy)
        let distance = (awayX * awayX + awayY * awayY).squareRoot()
        return min(max(radius + 0.5 - distance, 0), 1)
    }

    /// Columns that the line may touch within one row of pixels, not cut to any picture.
    func columns(inRow row: Int) -> (first: Double, last: Double) {
        let reach = radius + 1
        let center = Double(row) + 0.5
        let dy = endY - startY
        guard abs(dy) > 1e-9 else {
            return (min(startX, endX) - reach, max(startX, endX) + reach)
        }
        func column(atHeight y: Double) -> Double {
            startX + min(max((y - startY) / dy, 0), 1) * (endX - startX)
        }
        let above = column(atHeight: center - reach)
        let below = column(atHeight: center + reach)
        return (min(above, below) - reach, max(above, below) + reach)
    }
}

extension Plane {
    /// Draws a line over the samples, anti-aliased; what lies outside the plane is cut off.
    mutating func draw(_ stroke: Stroke, value: UInt8, opacity: Double) {
        let reach = stroke.radius + 1
        let rows = Self.indices(
            from: min(stroke.startY, stroke.endY) - reach,
            to: max(stroke.startY, stroke.endY) + reach,
            count: height
        )
        for row in rows {
            let touched = stroke.columns(inRow: row)
            for column in Self.indices(from: touched.first, to: touched.last, count: width) {
                let share =
                    opacity * stroke.coverage(x: Double(column) + 0.5, y: Double(row) + 0.5)
                guard share > 0 else { continue }
                let below = Double(self[column, row])
                self[column, row] = UInt8((below + (Double(value) - below) * share).rounded())
            }
        }
    }

    /// Indices of the pixels between two coordinates, cut to `0..<count`.
    private static func indices(from first: Double, to last: Double, count: Int) -> Range<Int> {
        let lower = min(max(first, 0), Double(count)).rounded(.down)
        let upper = min(max(last + 1, 0), Double(count)).rounded(.down)
        return Int(lower)..<max(Int(lower), Int(upper))
    }
}
