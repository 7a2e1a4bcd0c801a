internal import Imaging
internal import Scene

/// Marks where the texture differs from that of the background, which light alone does not change.
///
/// Each pixel is compared with eight neighbours two pixels away (a census transform with a dead
/// zone of four levels, after Zabih and Woodfill 1994); what counts is how many of the eight bits
/// differ from those of the background, averaged over 7 by 7 pixels. Only tiles of the picture that
/// somebody asks for are looked at, each once a frame.
struct TextureChange {
    let width: Int
    let height: Int

    /// 1 where the texture differs or the chroma differs strongly, in the tiles that are known.
    private let supported: Buffer<UInt8>
    /// 1 for each tile that is known for the present frame, row by row.
    private let isKnown: Buffer<UInt8>
    private let columns: Int
    /// Scratch for one tile with its surroundings.
    private let bits = Buffer<UInt8>(count: stride * scratchRows, filledWith: 0)
    private let rowSums = Buffer<UInt8>(count: tile.width * scratchRows, filledWith: 0)
    private let sums = Buffer<UInt16>(count: tile.width, filledWith: 0)

    private static let radius = 2
    private static let deadZone: UInt8 = 4
    /// Reach of the mean to each side.
    private static let reach = 3
    /// Mean Hamming distance of one bit over a window of 49 pixels.
    private static let enough: UInt16 = 49
    /// Tiles, and the columns that are compared for one: multiples of a vector, for their
    /// loops to have no remainder.
    private static let tile = (width: 96, height: 30)
    private static let span = 112
    /// A row of bits begins so far left of its tile that the span fits in wherever it lies.
    private static let margin = 24
    private static let stride = margin + tile.width + margin
    private static let scratchRows = tile.height + 2 * reach

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        columns = (width + Self.tile.width - 1) / Self.tile.width
        let rows = (height + Self.tile.height - 1) / Self.tile.height
        supported = Buffer(count: width * height, filledWith: 0)
        isKnown = Buffer(count: columns * rows, filledWith: 0)
    }

    /// Forgets what was found in the frame before.
    func begin() {
        isKnown.clear()
    }

    /// Where the texture differs within a box of the present frame.
    ///
    /// - Parameters:
    ///   - box: where, in pixels, within the picture.
    ///   - now: luma of the present picture, `width * height` pixels.
    ///   - background: what was learned, compared with the present picture before.
    /// - Returns: 1 where the texture differs or the chroma differs strongly, for each pixel of the
    ///   picture; it holds within the box only.
    func support(
        in box: PixelBox,
        _ now: UnsafePointer<UInt8>,
        over background: BackgroundModel
    ) -> UnsafePointer<UInt8> {
        for row in (box.y / Self.tile.height)...((box.maxY - 1) / Self.tile.height) {
            for column in (box.x / Self.tile.width)...((box.maxX - 1) / Self.tile.width)
            where isKnown.base[row * columns + column] == 0 {
                isKnown.base[row * columns + column] = 1
                compare(column, row, now, background)
            }
        }
        return UnsafePointer(supported.base)
    }

    /// Compares one tile; the last of a row lies over the one before where the picture ends.
    private func compare(
        _ column: Int,
        _ row: Int,
        _ now: UnsafePointer<UInt8>,
        _ background: BackgroundModel
    ) {
        let left = max(0, min(column * Self.tile.width, width - Self.tile.width))
        let rows = (row * Self.tile.height)..<min(height, (row + 1) * Self.tile.height)
        countBits(left, rows, now, background.learned.base)
        sumRows(left, rows.count)
        sumColumns(left, rows, background.tinted.base)
    }

    /// Number of differing bits for each pixel of a tile and its surroundings; none along the
    /// border of the picture.
    private func countBits(
        _ left: Int,
        _ rows: Range<Int>,
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>
    ) {
        bits.clear()
        let count = min(Self.span, width - 2 * Self.radius)
        guard count > 0, height > 2 * Self.radius else { return }
        let first = min(max(Self.radius, left - Self.reach), width - Self.radius - count)
        let inner = Self.radius..<(height - Self.radius)
        for y in ((rows.lowerBound - Self.reach)..<(rows.upperBound + Self.reach)).clamped(
            to: inner
        ) {
            let row = bits.base + (y - rows.lowerBound + Self.reach) * Self.stride
            Self.compare(
                now + y * width + first,
                then + y * width + first,
                row + (Self.margin + first - left),
                count: count,
                width: width
            )
        }
    }

    /// Counts for each pixel in a row the neighbours that are clearly brighter in one picture but
    /// not in the other.
    private static func compare(
        _ a: UnsafePointer<UInt8>,
        _ b: UnsafePointer<UInt8>,
        _ out: UnsafeMutablePointer<UInt8>,
        count: Int,
        width: Int
    ) {
        let (aboveA, belowA) = (a - radius * width, a + radius * width)
        let (aboveB, belowB) = (b - radius * width, b + radius * width)
        for x in 0..<count {
            let limitA = a[x] > 255 - deadZone ? 255 : a[x] &+ deadZone
            let limitB = b[x] > 255 - deadZone ? 255 : b[x] &+ deadZone
            var differing: UInt8 = 0
            differing &+= (aboveA[x &- 2] > limitA) != (aboveB[x &- 2] > limitB) ? 1 : 0
            differing &+= (aboveA[x] > limitA) != (aboveB[x] > limitB) ? 1 : 0
            differing &+= (aboveA[x &+ 2] > limitA) != (aboveB[x &+ 2] > limitB) ? 1 : 0
            differing &+= (a[x &- 2] > limitA) != (b[x &- 2] > limitB) ? 1 : 0
            differing &+= (a[x &+ 2] > limitA) != (b[x &+ 2] > limitB) ? 1 : 0
            differing &+= (belowA[x &- 2] > limitA) != (belowB[x &- 2] > limitB) ? 1 : 0
            differing &+= (belowA[x] > limitA) != (belowB[x] > limitB) ? 1 : 0
            differing &+= (belowA[x &+ 2] > limitA) != (belowB[x &+ 2] > limitB) ? 1 : 0
            out[x] = differing
        }
    }

    /// Adds up seven columns; none along the border of the picture.
    private func sumRows(_ left: Int, _ rows: Int) {
        let count = min(Self.tile.width, width)
        for y in 0..<(rows + 2 * Self.reach) {
            let row = bits.base + (y * Self.stride + Self.margin - Self.reach)
            let out = rowSums.base + y * Self.tile.width
            for x in 0..<count {
                let left = row[x] &+ row[x &+ 1] &+ row[x &+ 2]
                out[x] = left &+ row[x &+ 3] &+ row[x &+ 4] &+ row[x &+ 5] &+ row[x &+ 6]
            }
            for x in 0..<max(0, min(count, Self.reach - left)) { out[x] = 0 }
            for x in max(0, min(count, width - Self.reach - left))..<count { out[x] = 0 }
        }
    }

    /// Adds up seven rows by adding the next and taking the last away.
    private func sumColumns(_ left: Int, _ rows: Range<Int>, _ tinted: UnsafePointer<UInt8>) {
        let (sums, stride, count) = (sums.base, Self.tile.width, min(Self.tile.width, width))
        self.sums.clear()
        for y in 0..<(2 * Self.reach) {
            let row = rowSums.base + y * stride
            for x in 0..<count { sums[x] &+= UInt16(row[x]) }
        }
        for y in rows {
            let (out, tint) = (supported.base + y * width + left, tinted + y * width + left)
            let above = rowSums.base + (y - rows.lowerBound) * stride
            let below = above + 2 * Self.reach * stride
            for x in 0..<count { sums[x] &+= UInt16(below[x]) }
            let isInner = y >= Self.reach && y < height - Self.reach
            let enough = isInner ? Self.enough : .max
            for x in 0..<count {
                out[x] = (sums[x] >= enough ? 1 : 0) | tint[x]
                sums[x] &-= UInt16(above[x])
            }
        }
    }
}
