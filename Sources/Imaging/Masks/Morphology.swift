/// Morphology on masks of bytes (0 or 1), `width * height` without gaps; what lies outside the
/// picture counts as the nearest sample inside.
package enum Morphology {
    /// Grows every region by `radius` pixels in each direction (a square).
    package static func dilate(
        _ mask: UnsafeMutablePointer<UInt8>,
        width: Int,
        height: Int,
        radius: Int,
        scratch: UnsafeMutablePointer<UInt8>
    ) {
        for _ in 0..<radius {
            spread(mask, width: width, height: height, scratch: scratch)
        }
    }

    /// Shrinks every region by `radius` pixels in each direction (a square).
    package static func erode(
        _ mask: UnsafeMutablePointer<UInt8>,
        width: Int,
        height: Int,
        radius: Int,
        scratch: UnsafeMutablePointer<UInt8>
    ) {
        for _ in 0..<radius {
            shrink(mask, width: width, height: height, scratch: scratch)
        }
    }

    private static func spread(
        _ mask: UnsafeMutablePointer<UInt8>,
        width: Int,
        height: Int,
        scratch: UnsafeMutablePointer<UInt8>
    ) {
        for y in 0..<height {
            let row = mask + y * width
            let out = scratch + y * width
            if width < 2 {
                out[0] = row[0]
                continue
            }
            out[0] = row[0] | row[1]
            for x in 1..<(width - 1) { out[x] = row[x - 1] | row[x] | row[x + 1] }
            out[width - 1] = row[width - 2] | row[width - 1]
        }
        for y in 0..<height {
            let above = scratch + max(0, y - 1) * width
            let row = scratch + y * width
            let below = scratch + min(height - 1, y + 1) * width
            let out = mask + y * width
            for x in 0..<width { out[x] = above[x] | row[x] | below[x] }
        }
    }

    private static func shrink(
        _ mask: UnsafeMutablePointer<UInt8>,
        width: Int,
        height: Int,
        scratch: UnsafeMutablePointer<UInt8>
    ) {
        for y in 0..<height {
            let row = mask + y * width
            let out = scratch + y * width
            if width < 2 {
                out[0] = row[0]
                continue
            }
            out[0] = row[0] & row[1]
            for x in 1..<(width - 1) { out[x] = row[x - 1] & row[x] & row[x + 1] }
            out[width - 1] = row[width - 2] & row[width - 1]
        }
        for y in 0..<height {
            let above = scratch + max(0, y - 1) * width
            let row = scratch + y * width
            let below = scratch + min(height - 1, y + 1) * width
            let out = mask + y * width
            for x in 0..<width { out[x] = above[x] & row[x] & below[x] }
        }
    }
}
