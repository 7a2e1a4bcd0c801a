/// Morphology on masks of bytes (0 or 1), `width * height` without gaps; what lies outside the
/// picture counts as the nearest sample inside.
package enum Morphology {
    /// Closes gaps of up to twice `radius` pixels: grows every region by `radius` pixels in each
    /// direction (a square), and shrinks it again.
    ///
    /// Only rows near something that is set are worked on.
    ///
    /// - Parameters:
    ///   - mask: what is closed, in place.
    ///   - width: columns.
    ///   - height: rows.
    ///   - radius: reach in pixels, 0 or more.
    ///   - scratch: `width * height` bytes.
    package static func close(
        _ mask: UnsafeMutablePointer<UInt8>,
        width: Int,
        height: Int,
        radius: Int,
        scratch: UnsafeMutablePointer<UInt8>
    ) {
        guard let occupied = occupiedRows(mask, width, height) else { return }
        let top = max(0, occupied.lowerBound - 2 * radius)
        let rows = min(height, occupied.upperBound + 2 * radius) - top
        let part = mask + top * width
        for _ in 0..<radius { Neighbourhood.maximum(part, part, scratch, width, rows) }
        for _ in 0..<radius { Neighbourhood.minimum(part, part, scratch, width, rows) }
    }

    /// From the first row that holds something to the last; nil where none does.
    private static func occupiedRows(
        _ mask: UnsafePointer<UInt8>,
        _ width: Int,
        _ height: Int
    ) -> Range<Int>? {
        func isOccupied(_ y: Int) -> Bool {
            let row = mask + y * width
            var any: UInt8 = 0
            for x in 0..<width { any |= row[x] }
            return any != 0
        }
        guard let first = (0..<height).first(where: isOccupied),
            let last = (first..<height).last(where: isOccupied)
        else { return nil }
        return first..<(last + 1)
    }
}
