internal import Imaging

/// What the learned stage looks at: an object cut from the full picture, and what the background
/// shows in the same place.
///
/// A square around the box, a quarter larger than its longer side, so that shape and ground
/// contact stay as they are; 48 by 48 samples whatever its size. What lies beyond the picture repeats
/// its border.
public struct CropPatch: Hashable, Sendable {
    /// Columns and rows.
    public static let side = 48
    /// Y, U and V of the present picture, then of the background, exposure as in the background.
    public static let planes = 6
    /// `planes * side * side` samples of 0 to 255, plane by plane, row by row.
    public let samples: [UInt8]

    /// Side of the square over the longer side of the box.
    private static let margin = 1.25

    /// A place in shares of a picture's width and height; may reach beyond it.
    struct Square {
        var centreX: Double
        var centreY: Double
        var width: Double
        var height: Double

        /// The square around a box of a picture of that size, in pixels.
        init(around box: (x: Double, y: Double, width: Double, height: Double), _ size: (Int, Int))
        {
            let side = max(box.width, box.height) * CropPatch.margin
            centreX = (box.x + box.width / 2) / Double(size.0)
            centreY = (box.y + box.height / 2) / Double(size.1)
            width = side / Double(size.0)
            height = side / Double(size.1)
        }
    }

    /// Cuts a patch.
    ///
    /// - Parameters:
    ///   - now: the full picture.
    ///   - present: where the object is in it.
    ///   - tone: maps present levels to learned ones; nil where they are the same.
    ///   - behind: the learned background, of any size.
    ///   - learned: where the object is in the background.
    init(
        now: PictureView,
        at present: Square,
        tone: [UInt8]?,
        behind: PictureView,
        at learned: Square
    ) {
        let count = Self.side * Self.side
        samples = [UInt8](unsafeUninitializedCapacity: Self.planes * count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            let sources = [
                (now.luma, present), (now.blue, present), (now.red, present),
                (behind.luma, learned), (behind.blue, learned), (behind.red, learned),
            ]
            for (index, (plane, square)) in sources.enumerated() {
                Self.sample(plane, square, into: base + index * count)
            }
            if let tone { for index in 0..<count { base[index] = tone[Int(base[index])] } }
            initialized = Self.planes * count
        }
    }

    /// Samples a square: each result is the mean of a grid of taps, as fine as the source, and each
    /// tap lies between four samples. Whole numbers throughout: the same on every machine.
    private static func sample(
        _ plane: PlaneView,
        _ square: Square,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let longest = max(square.width * Double(plane.width), square.height * Double(plane.height))
        let taps = min(6, max(1, Int((longest / Double(side)).rounded(.up))))
        let columns = positions(square.centreX, square.width, plane.width, taps)
        let rows = positions(square.centreY, square.height, plane.height, taps)
        let share = taps * taps
        for y in 0..<side {
            for x in 0..<side {
                var sum = 0
                for row in rows[(y * taps)..<((y + 1) * taps)] {
                    let (above, below) = (
                        plane.base + row.first * plane.stride,
                        plane.base + row.second * plane.stride
                    )
                    for column in columns[(x * taps)..<((x + 1) * taps)] {
                        let (left, right) = (column.first, column.second)
                        let upper =
                            Int(above[left]) &* (256 &- column.part) &+ Int(above[right])
                            &* column.part
                        let lower =
                            Int(below[left]) &* (256 &- column.part) &+ Int(below[right])
                            &* column.part
                        sum &+= upper &* (256 &- row.part) &+ lower &* row.part
                    }
                }
                out[y * side + x] = UInt8((sum / share + 32_768) >> 16)
            }
        }
    }

    /// Between which two samples each tap lies, and how near to the second, in 256ths.
    private static func positions(
        _ centre: Double,
        _ length: Double,
        _ count: Int,
        _ taps: Int
    ) -> [(first: Int, second: Int, part: Int)] {
        let number = side * taps
        return (0..<number).map { index in
            let share = (Double(index) + 0.5) / Double(number) - 0.5
            let place = (centre + share * length) * Double(count) - 0.5
            let bounded = min(Double(count - 1), max(0, place))
            let fixed = Int((bounded * 256).rounded())
            let first = min(count - 1, fixed >> 8)
            return (first, min(count - 1, first + 1), fixed & 255)
        }
    }
}
