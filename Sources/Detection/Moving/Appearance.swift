internal import Imaging
internal import Scene

/// How something looks from afar: the levels of luma and of both chroma, of its upper and its
/// lower half.
///
/// Each histogram has eight bins with weights shared between neighbours, so that a level near the
/// border of two bins does not jump. Integers throughout.
struct Appearance: Hashable, Codable {
    /// Eight bins of the upper half, then eight of the lower; each half sums to about `total`.
    private var luma: SIMD16<Int16>
    private var blue: SIMD16<Int16>
    private var red: SIMD16<Int16>

    /// What the bins of one half sum to.
    private static let total: Int32 = 8192
    /// Pixels that each half must have.
    private static let fewest: Int32 = 3

    /// The look of what changed in a box; nil where that is too little.
    ///
    /// Every second pixel of every second row is taken, of large boxes every fourth.
    ///
    /// - Parameters:
    ///   - box: where, within the picture.
    ///   - changed: 1 where the picture differs from the background.
    ///   - frame: the picture.
    init?(of box: PixelBox, changed: UnsafePointer<UInt8>, in frame: AnalysisFrame) {
        let step = box.area <= 4096 ? 2 : 4
        let middle = box.y + box.height / 2
        var bins = [Int32](repeating: 0, count: 50)
        bins.withUnsafeMutableBufferPointer { bins in
            guard let bins = bins.baseAddress else { return }
            for y in stride(from: box.y & ~1, to: box.maxY, by: step) {
                let half = y < middle ? 0 : 8
                let (row, chroma) = (y * frame.width, y / 2 * frame.chromaWidth)
                for x in stride(from: box.x & ~1, to: box.maxX, by: step)
                where changed[row + x] != 0 {
                    bins[48 + half / 8] += 1
                    Self.add(Int32(frame.luma.base[row + x]) - 16, 32, 1, to: bins + half)
                    let index = chroma + x / 2
                    Self.add(Int32(frame.blue.base[index]) - 100, 8, 4, to: bins + 16 + half)
                    Self.add(Int32(frame.red.base[index]) - 100, 8, 4, to: bins + 32 + half)
                }
            }
        }
        guard bins[48] >= Self.fewest, bins[49] >= Self.fewest else { return nil }
        let counts = (upper: bins[48] * 32, lower: bins[49] * 32)
        func half(_ index: Int) -> Int16 {
            Int16(bins[index] * Self.total / (index % 16 < 8 ? counts.upper : counts.lower))
        }
        (luma, blue, red) = (SIMD16(), SIMD16(), SIMD16())
        for index in 0..<16 {
            luma[index] = half(index)
            blue[index] = half(16 + index)
            red[index] = half(32 + index)
        }
    }

    /// A look of evenly coloured halves, as tests need it.
    init(
        upper: (luma: UInt8, blue: UInt8, red: UInt8),
        lower: (luma: UInt8, blue: UInt8, red: UInt8)
    ) {
        func plane(_ upper: UInt8, _ lower: UInt8, _ first: Int32, _ step: Int32) -> SIMD16<Int16> {
            var bins = [Int32](repeating: 0, count: 16)
            bins.withUnsafeMutableBufferPointer { bins in
                guard let bins = bins.baseAddress else { return }
                Self.add(Int32(upper) - first, step, 32 / step, to: bins)
                Self.add(Int32(lower) - first, step, 32 / step, to: bins + 8)
            }
            var plane = SIMD16<Int16>()
            for index in 0..<16 { plane[index] = Int16(bins[index] * Self.total / 32) }
            return plane
        }
        luma = plane(upper.luma, lower.luma, 16, 32)
        blue = plane(upper.blue, lower.blue, 100, 8)
        red = plane(upper.red, lower.red, 100, 8)
    }

    /// Adds 32 to the two bins next to a level, each by its nearness.
    @inline(__always)
    private static func add(
        _ offset: Int32,
        _ step: Int32,
        _ weight: Int32,
        to bins: UnsafeMutablePointer<Int32>
    ) {
        let offset = max(0, min(7 * step, offset))
        let (bin, rest) = (Int(offset / step), offset % step)
        bins[bin] += (step - rest) * weight
        if rest > 0 { bins[bin + 1] += rest * weight }
    }

    /// How unlike two looks are, 0 (the same) to 1000.
    ///
    /// Half by the plane that differs most, half by the mean of the three: clothes of one colour
    /// differ in luma alone.
    func distance(to other: Self) -> Int {
        func apart(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> Int {
            let shared = Int(pointwiseMin(a, b).wrappedSum())
            return max(0, 1000 - shared * 1000 / Int(2 * Self.total))
        }
        let (y, u, v) = (
            apart(luma, other.luma), apart(blue, other.blue), apart(red, other.red)
        )
        return (3 * max(y, u, v) + y + u + v) / 6
    }

    /// Takes in a new look by one part of so many.
    mutating func mix(with new: Self, part: Int16) {
        luma &+= (new.luma &- luma) / SIMD16(repeating: part)
        blue &+= (new.blue &- blue) / SIMD16(repeating: part)
        red &+= (new.red &- red) / SIMD16(repeating: part)
    }
}
