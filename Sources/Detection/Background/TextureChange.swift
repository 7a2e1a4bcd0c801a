internal import Imaging

/// Marks where the texture differs from that of the background, which light alone does not change.
///
/// Each pixel is compared with eight neighbours two pixels away (a census transform with a dead
/// zone of four levels, after Zabih and Woodfill 1994); what counts is how many of the eight bits
/// differ from those of the background, averaged over 7 by 7 pixels.
struct TextureChange {
    let width: Int
    let height: Int
    /// 1 where the texture differs or the chroma differs strongly.
    let supported: Buffer<UInt8>

    private var version = -1
    private let codes: Buffer<UInt8>
    private let learnedCodes: Buffer<UInt8>
    private let rowSums: Buffer<UInt8>
    private let columnSums: Buffer<UInt16>
    private static let radius = 2
    private static let deadZone: UInt8 = 4
    /// Mean Hamming distance of one bit over a window of 49 pixels.
    private static let enough: UInt16 = 49

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        supported = Buffer(count: width * height, filledWith: 0)
        codes = Buffer(count: width * height, filledWith: 0)
        learnedCodes = Buffer(count: width * height, filledWith: 0)
        rowSums = Buffer(count: width * height, filledWith: 0)
        columnSums = Buffer(count: width, filledWith: 0)
    }

    /// Compares the texture of a picture of this size with that of the background.
    mutating func compare(_ now: UnsafePointer<UInt8>, with background: BackgroundModel) {
        let (then, tinted) = (background.learned.base, background.tinted.base)
        guard width > 8, height > 8 else {
            supported.base.update(repeating: 1, count: supported.count)
            return
        }
        for y in Self.radius..<(height - Self.radius) {
            Self.encode(now, codes.base, row: y * width, width: width)
        }
        if version != background.version {
            version = background.version
            for y in Self.radius..<(height - Self.radius) {
                Self.encode(then, learnedCodes.base, row: y * width, width: width)
            }
        }
        countRows()
        sumColumns(tinted)
    }

    /// Sets a bit for each neighbour that is clearly brighter.
    private static func encode(
        _ picture: UnsafePointer<UInt8>,
        _ codes: UnsafeMutablePointer<UInt8>,
        row: Int,
        width: Int
    ) {
        let (centre, out) = (picture + row, codes + row)
        let (up, down) = (centre - radius * width, centre + radius * width)
        for x in radius..<(width - radius) {
            let level = centre[x]
            let limit = level > 255 - deadZone ? 255 : level &+ deadZone
            var code: UInt8 = up[x - 2] > limit ? 1 : 0
            code |= up[x] > limit ? 2 : 0
            code |= up[x + 2] > limit ? 4 : 0
            code |= centre[x - 2] > limit ? 8 : 0
            code |= centre[x + 2] > limit ? 16 : 0
            code |= down[x - 2] > limit ? 32 : 0
            code |= down[x] > limit ? 64 : 0
            code |= down[x + 2] > limit ? 128 : 0
            out[x] = code
        }
    }

    /// Number of differing bits, added up over seven columns.
    private func countRows() {
        let (a, b, width) = (codes.base, learnedCodes.base, width)
        for index in 0..<(width * height) {
            var bits = a[index] ^ b[index]
            bits = bits &- ((bits >> 1) & 0x55)
            bits = (bits & 0x33) &+ ((bits >> 2) & 0x33)
            a[index] = (bits &+ (bits >> 4)) & 0x0F
        }
        for y in 0..<height {
            let (row, out) = (a + y * width, rowSums.base + y * width)
            for x in 3..<(width - 3) {
                let left = row[x - 3] &+ row[x - 2] &+ row[x - 1]
                out[x] = left &+ row[x] &+ row[x + 1] &+ row[x + 2] &+ row[x + 3]
            }
        }
    }

    /// Adds up seven rows by adding the next and taking the last away.
    private func sumColumns(_ tinted: UnsafePointer<UInt8>) {
        let (rows, sums, width) = (rowSums.base, columnSums.base, width)
        columnSums.clear()
        for y in 0..<min(6, height) {
            for x in 0..<width { sums[x] &+= UInt16(rows[y * width + x]) }
        }
        for y in 0..<height {
            let out = supported.base + y * width
            let tint = tinted + y * width
            guard y >= 3, y < height - 3 else {
                for x in 0..<width { out[x] = tint[x] }
                continue
            }
            let below = rows + (y + 3) * width
            for x in 0..<width { sums[x] &+= UInt16(below[x]) }
            for x in 0..<width { out[x] = (sums[x] >= Self.enough ? 1 : 0) | tint[x] }
            let above = rows + (y - 3) * width
            for x in 0..<width { sums[x] &-= UInt16(above[x]) }
        }
    }
}
