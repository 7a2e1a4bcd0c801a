/// What flat water would show, small enough to stay in a core's cache while ripples look it up in
/// any order: colours as 11, 11 and 10 bits of the root of their light, depths beside them.
final class Mirror {
    let width: Int
    let height: Int
    private let colors: UnsafeMutablePointer<UInt32>
    private let depths: UnsafeMutablePointer<Float>
    /// The brightest light that a colour can hold.
    private static let most: Float = 4

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        colors = .allocate(capacity: width * height)
        colors.initialize(repeating: 0, count: width * height)
        depths = .allocate(capacity: width * height)
        depths.initialize(repeating: 1e9, count: width * height)
    }

    deinit {
        colors.deallocate()
        depths.deallocate()
    }

    /// Copies linear RGB and depth.
    func take(_ source: UnsafeMutablePointer<SIMD4<Float>>, _ range: Range<Int>) {
        for index in range {
            let light = source[index]
            func bits(_ value: Float, _ top: Float) -> UInt32 {
                UInt32(clamp(value / Self.most).squareRoot() * top + 0.5)
            }
            colors[index] =
                bits(light.x, 2047) << 21 | bits(light.y, 2047) << 10 | bits(light.z, 1023)
            depths[index] = light.w
        }
    }

    @inline(__always)
    func depth(_ column: Int, _ row: Int) -> Float {
        depths[row * width + column]
    }

    @inline(__always)
    func color(_ column: Int, _ row: Int) -> Vector {
        let bits = colors[row * width + column]
        let roots = Vector(
            Float(Int32(truncatingIfNeeded: bits >> 21)),
            Float(Int32(truncatingIfNeeded: bits >> 10 & 2047)),
            Float(Int32(truncatingIfNeeded: bits & 1023)) * (2047 / 1023)
        )
        return roots * roots * (Self.most / (2047 * 2047))
    }
}
