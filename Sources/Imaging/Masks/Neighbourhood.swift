/// Least and greatest value in the 3 by 3 samples around each sample.
///
/// Planes are `width * height` samples without gaps; what lies outside counts as the nearest sample
/// inside. Source and target may be the same memory.
package enum Neighbourhood {
    /// Writes the least value around each sample.
    package static func minimum(
        _ source: UnsafePointer<UInt8>,
        _ target: UnsafeMutablePointer<UInt8>,
        _ scratch: UnsafeMutablePointer<UInt8>,
        _ width: Int,
        _ height: Int
    ) {
        pick(source, target, scratch, width, height) { $0 < $1 ? $0 : $1 }
    }

    /// Writes the greatest value around each sample.
    package static func maximum(
        _ source: UnsafePointer<UInt8>,
        _ target: UnsafeMutablePointer<UInt8>,
        _ scratch: UnsafeMutablePointer<UInt8>,
        _ width: Int,
        _ height: Int
    ) {
        pick(source, target, scratch, width, height) { $0 > $1 ? $0 : $1 }
    }

    /// Rows first, then columns; the closure is compiled into both loops.
    @inline(__always)
    private static func pick(
        _ source: UnsafePointer<UInt8>,
        _ target: UnsafeMutablePointer<UInt8>,
        _ scratch: UnsafeMutablePointer<UInt8>,
        _ width: Int,
        _ height: Int,
        _ better: (UInt8, UInt8) -> UInt8
    ) {
        for y in 0..<height {
            let (row, out) = (source + y * width, scratch + y * width)
            out[0] = better(row[0], row[min(1, width - 1)])
            if width > 1 { out[width - 1] = better(row[width - 2], row[width - 1]) }
            var x = 1
            while x < width - 1 {
                out[x] = better(better(row[x - 1], row[x]), row[x + 1])
                x += 1
            }
        }
        for y in 0..<height {
            let above = scratch + max(0, y - 1) * width
            let (row, out) = (scratch + y * width, target + y * width)
            let below = scratch + min(height - 1, y + 1) * width
            for x in 0..<width { out[x] = better(better(above[x], row[x]), below[x]) }
        }
    }
}
