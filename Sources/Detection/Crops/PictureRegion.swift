internal import Imaging
internal import Scene

/// A part of a picture, in shares of its width and height; it may reach beyond the picture, whose
/// border is then repeated.
struct PictureRegion {
    var centreX: Double
    var centreY: Double
    var width: Double
    var height: Double

    /// The region around a box of a picture.
    ///
    /// - Parameters:
    ///   - box: a box in pixels, with fractions.
    ///   - size: columns and rows of the picture.
    ///   - margin: shorter side of the region over the longer side of the box.
    ///   - aspect: width over height of the region in pixels.
    init(
        around box: (x: Double, y: Double, width: Double, height: Double),
        _ size: (Int, Int),
        margin: Double,
        aspect: Double = 1
    ) {
        let side = max(box.width, box.height) * margin
        centreX = (box.x + box.width / 2) / Double(size.0)
        centreY = (box.y + box.height / 2) / Double(size.1)
        width = side * max(1, aspect) / Double(size.0)
        height = side * max(1, 1 / aspect) / Double(size.1)
    }

    /// Samples the region.
    ///
    /// Each result is the mean of a grid of taps, as fine as the source, and each tap lies between
    /// four samples. Whole numbers throughout: the same on every machine.
    func sample(
        _ plane: PlaneView,
        into out: UnsafeMutablePointer<UInt8>,
        columns: Int,
        rows: Int
    ) {
        let across = Self.taps(width * Double(plane.width), columns)
        let down = Self.taps(height * Double(plane.height), rows)
        let x = Self.positions(centreX, width, plane.width, columns * across)
        let y = Self.positions(centreY, height, plane.height, rows * down)
        let share = across * down
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0
                for tap in y[(row * down)..<((row + 1) * down)] {
                    let above = plane.base + tap.first * plane.stride
                    let below = plane.base + tap.second * plane.stride
                    for place in x[(column * across)..<((column + 1) * across)] {
                        let (left, right) = (place.first, place.second)
                        let (near, far) = (256 &- place.part, place.part)
                        let upper = Int(above[left]) &* near &+ Int(above[right]) &* far
                        let lower = Int(below[left]) &* near &+ Int(below[right]) &* far
                        sum &+= upper &* (256 &- tap.part) &+ lower &* tap.part
                    }
                }
                out[row * columns + column] = UInt8((sum / share + 32_768) >> 16)
            }
        }
    }

    /// Taps for one result, along one side.
    private static func taps(_ samples: Double, _ results: Int) -> Int {
        min(6, max(1, Int((samples / Double(results)).rounded(.up))))
    }

    /// Between which two samples each tap lies, and how near to the second, in 256ths.
    private static func positions(
        _ centre: Double,
        _ length: Double,
        _ count: Int,
        _ number: Int
    ) -> [(first: Int, second: Int, part: Int)] {
        (0..<number).map { index in
            let share = (Double(index) + 0.5) / Double(number) - 0.5
            let place = (centre + share * length) * Double(count) - 0.5
            let bounded = min(Double(count - 1), max(0, place))
            let fixed = Int((bounded * 256).rounded())
            let first = min(count - 1, fixed >> 8)
            return (first, min(count - 1, first + 1), fixed & 255)
        }
    }
}
