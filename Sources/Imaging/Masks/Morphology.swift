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
            Neighbourhood.maximum(mask, mask, scratch, width, height)
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
            Neighbourhood.minimum(mask, mask, scratch, width, height)
        }
    }
}
