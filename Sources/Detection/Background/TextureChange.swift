internal import Imaging

/// Marks where the texture differs from that of the background, which light alone does not change.
///
/// Each pixel is compared with eight neighbours two pixels away (a census transform with a dead
/// zone of four levels); what counts is how many of the eight signs differ, averaged over 7 by 7.
struct TextureChange {
    let width: Int
    let height: Int
    /// 1 where the texture differs or the chroma differs strongly.
    let supported: Buffer<UInt8>

    private let distance: Buffer<UInt8>
    private let rowSums: Buffer<UInt8>
    private static let radius = 2
    private static let deadZone: Int16 = 4
    private static let window = 3

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        supported = Buffer(count: width * height, filledWith: 0)
        distance = Buffer(count: width * height, filledWith: 0)
        rowSums = Buffer(count: width * height, filledWith: 0)
    }

    /// Compares the textures of two pictures of this size.
    func compare(
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>,
        tinted: UnsafePointer<UInt8>
    ) {
        let (radius, width) = (Self.radius, width)
        guard width > 4 * radius, height > 4 * radius else {
            supported.copy(from: Buffer(count: supported.count, filledWith: 1))
            return
        }
        for y in radius..<(height - radius) {
            Self.distanceRow(now, then, distance.base, start: y * width, width: width)
        }
        sum()
        let (support, sums) = (supported.base, distance.base)
        for index in 0..<(width * height) {
            support[index] = (sums[index] >= 49 ? 1 : 0) | tinted[index]
        }
    }

    /// Number of signs that differ, for one row.
    private static func distanceRow(
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>,
        _ out: UnsafeMutablePointer<UInt8>,
        start: Int,
        width: Int
    ) {
        let up = start - radius * width
        let down = start + radius * width
        for x in radius..<(width - radius) {
            let a = Int16(now[start + x])
            let b = Int16(then[start + x])
            var count: UInt8 = 0
            count &+= differ(now, then, up + x - radius, a, b)
            count &+= differ(now, then, up + x, a, b)
            count &+= differ(now, then, up + x + radius, a, b)
            count &+= differ(now, then, start + x - radius, a, b)
            count &+= differ(now, then, start + x + radius, a, b)
            count &+= differ(now, then, down + x - radius, a, b)
            count &+= differ(now, then, down + x, a, b)
            count &+= differ(now, then, down + x + radius, a, b)
            out[start + x] = count
        }
    }

    @inline(__always)
    private static func differ(
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>,
        _ index: Int,
        _ a: Int16,
        _ b: Int16
    ) -> UInt8 {
        let first = Int16(now[index]) &- a
        let second = Int16(then[index]) &- b
        // A sign counts as changed where one side is clearly brighter or darker and the other is
        // not nearly so.
        let change = first &- second
        let magnitude = change < 0 ? 0 &- change : change
        let rising: Int16 = first > deadZone ? 1 : (first < 0 &- deadZone ? -1 : 0)
        let learned: Int16 = second > deadZone ? 1 : (second < 0 &- deadZone ? -1 : 0)
        return rising != learned && magnitude > deadZone ? 1 : 0
    }

    /// Sums over 7 by 7 pixels, saturating at 255, in place.
    private func sum() {
        let (source, rows, width) = (distance.base, rowSums.base, width)
        let window = Self.window
        rowSums.fill(0)
        for y in 0..<height {
            let (row, out) = (source + y * width, rows + y * width)
            for x in window..<(width - window) {
                out[x] =
                    row[x - 3] &+ row[x - 2] &+ row[x - 1] &+ row[x] &+ row[x + 1] &+ row[x + 2]
                    &+ row[x + 3]
            }
        }
        distance.fill(0)
        for y in window..<(height - window) {
            let out = source + y * width
            let centre = rows + y * width
            for x in 0..<width {
                var total = UInt16(centre[x])
                total &+= UInt16(centre[x - width]) &+ UInt16(centre[x + width])
                total &+= UInt16(centre[x - 2 * width]) &+ UInt16(centre[x + 2 * width])
                total &+= UInt16(centre[x - 3 * width]) &+ UInt16(centre[x + 3 * width])
                out[x] = UInt8(truncatingIfNeeded: total > 255 ? 255 : total)
            }
        }
    }
}
