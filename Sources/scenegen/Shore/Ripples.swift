import Glibc

/// The slopes of a patch of rippled water that repeats in both directions, in finer and coarser
/// steps, so that a far pixel reads the mean of what it covers.
final class Ripples: Sendable {
    static let size = 256
    static let levels = 7
    /// One patch for every scene; scenes differ in how they lay several over each other.
    static let shared = Ripples()

    /// Slopes in x and y, their mean square together 1 at the finest step.
    nonisolated(unsafe) private let slopes: UnsafeMutablePointer<SIMD2<Float>>
    nonisolated(unsafe) private let starts: UnsafeMutablePointer<Int>
    /// Mean square of what a step still shows.
    let shown: [Float]

    private init() {
        let total = (0..<Self.levels).reduce(0) { $0 + (Self.size >> $1) * (Self.size >> $1) }
        slopes = .allocate(capacity: total)
        slopes.initialize(repeating: SIMD2(0, 0), count: total)
        var starts: [Int] = []
        var start = 0
        for level in 0..<Self.levels {
            starts.append(start)
            start += (Self.size >> level) * (Self.size >> level)
        }
        self.starts = .allocate(capacity: Self.levels)
        self.starts.initialize(from: starts, count: Self.levels)
        Self.fill(slopes)
        var shown: [Float] = []
        for level in 0..<Self.levels {
            let side = Self.size >> level
            let here = slopes + starts[level]
            if level > 0 {
                let finer = slopes + starts[level - 1]
                for index in 0..<(side * side) {
                    let at = index / side * 4 * side + index % side * 2
                    here[index] =
                        (finer[at] + finer[at + 1] + finer[at + 2 * side]
                            + finer[at + 2 * side + 1]) * 0.25
                }
            }
            var sum: Float = 0
            for index in 0..<(side * side) {
                sum += here[index].x * here[index].x + here[index].y * here[index].y
            }
            shown.append(sum / Float(side * side))
        }
        self.shown = shown
    }

    deinit {
        slopes.deallocate()
        starts.deallocate()
    }

    /// Adds waves of many directions and lengths, longer ones higher, crests sharper than troughs.
    private static func fill(_ slopes: UnsafeMutablePointer<SIMD2<Float>>) {
        var random = Random(seed: 4021)
        let table = (0..<1024).map { cosf(Float($0) * (2 * .pi / 1024)) }
        for _ in 0..<90 {
            let length = powf(2, random.number(1, 5.6))
            let turn = circle(random.number(0, 2 * .pi))
            let (kx, ky) = (Int((turn.x * length).rounded()), Int((turn.y * length).rounded()))
            guard kx != 0 || ky != 0 else { continue }
            let size = Float(kx * kx + ky * ky).squareRoot()
            let slope = powf(size, -0.25) * random.number(0.6, 1.4)
            let step = SIMD2(Float(kx), Float(ky)) * (slope / size)
            let phase = Int(random.number(0, 1023))
            for y in 0..<Self.size {
                let base = phase + ky * y * 4
                for x in 0..<Self.size {
                    slopes[y * Self.size + x] += step * table[(base + kx * x * 4) & 1023]
                }
            }
        }
        var sum: Float = 0
        for index in 0..<(size * size) {
            sum += slopes[index].x * slopes[index].x + slopes[index].y * slopes[index].y
        }
        let scale = 1 / (sum / Float(size * size)).squareRoot()
        for index in 0..<(size * size) { slopes[index] *= scale }
    }

    /// The coarsest step that a pixel of `footprint` patches needs.
    func level(footprint: Float) -> Int {
        let texels = max(1, footprint * Float(Self.size))
        return min(Self.levels - 1, max(0, Int(log2f(texels).rounded())))
    }

    /// Slope at a place in patches.
    @inline(__always)
    func slope(_ u: Float, _ v: Float, level: Int) -> SIMD2<Float> {
        let side = Self.size >> level
        let here = slopes + starts[level]
        let x = u * Float(side)
        let y = v * Float(side)
        let left = Whole.floor(x)
        let top = Whole.floor(y)
        let (tx, ty) = (x - Float(left), y - Float(top))
        let mask = side - 1
        let x0 = left & mask
        let x1 = (x0 + 1) & mask
        let row0 = (top & mask) * side
        let row1 = ((top + 1) & mask) * side
        let upper = here[row0 + x0] + (here[row0 + x1] - here[row0 + x0]) * tx
        let lower = here[row1 + x0] + (here[row1 + x1] - here[row1 + x0]) * tx
        return upper + (lower - upper) * ty
    }

    /// Slope of the nearest texel at the finest step: what glitters within a pixel.
    @inline(__always)
    func glint(_ u: Float, _ v: Float) -> SIMD2<Float> {
        let mask = Self.size - 1
        let x = Whole.floor(u * Float(Self.size)) & mask
        let y = Whole.floor(v * Float(Self.size)) & mask
        return slopes[y * Self.size + x]
    }
}
