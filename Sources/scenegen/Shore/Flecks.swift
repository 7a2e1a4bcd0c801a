/// Patches of light and dark that repeat in both directions: clouds of foam, lines of scum.
final class Flecks: Sendable {
    static let shared = Flecks()
    private static let size = 512
    /// Metres that the patch of scum covers.
    private static let scumReach: Float = 24

    nonisolated(unsafe) private let clouds: UnsafeMutablePointer<Float>
    nonisolated(unsafe) private let lines: UnsafeMutablePointer<Float>

    private init() {
        let count = Self.size * Self.size
        clouds = .allocate(capacity: count)
        lines = .allocate(capacity: count)
        let cells = Int32(Self.size) / 16
        for y in 0..<Self.size {
            for x in 0..<Self.size {
                let (u, v) = (Float(x) / 16, Float(y) / 16)
                let broad = Self.tiled(u, v, cells, 311)
                let fine = Self.tiled(u * 2, v * 2, cells * 2, 312)
                clouds[y * Self.size + x] = 0.6 * broad + 0.4 * fine
                let sway = Self.tiled(u / 8, v / 8, cells / 8, 313)
                let line = Self.tiled(u / 4 + sway, v + sway * 3, cells, 314, cells / 4)
                let bits = Self.tiled(u * 4, v * 4, cells * 4, 315)
                lines[y * Self.size + x] =
                    smoothstep(0.72, 0.92, line) * smoothstep(0.45, 0.8, bits) * 0.6
            }
        }
    }

    deinit {
        clouds.deallocate()
        lines.deallocate()
    }

    /// Value noise that repeats after `cells` lattice points.
    private static func tiled(
        _ u: Float,
        _ v: Float,
        _ cells: Int32,
        _ seed: Int32,
        _ columns: Int32? = nil
    ) -> Float {
        let across = max(1, columns ?? cells)
        let down = max(1, cells)
        let (left, top) = (u.rounded(.down), v.rounded(.down))
        let (s, t) = (u - left, v - top)
        func at(_ x: Int32, _ y: Int32) -> Float {
            Noise.hash((x % across + across) % across, (y % down + down) % down, seed)
        }
        let (x, y) = (Int32(left), Int32(top))
        let (a, b) = (s * s * (3 - 2 * s), t * t * (3 - 2 * t))
        return mix(mix(at(x, y), at(x + 1, y), a), mix(at(x, y + 1), at(x + 1, y + 1), a), b)
    }

    @inline(__always)
    private static func index(_ u: Float, _ v: Float) -> Int {
        let mask = size - 1
        let x = Whole.floor(u * Float(size)) & mask
        let y = Whole.floor(v * Float(size)) & mask
        return y * size + x
    }

    /// Density of a cloud of foam, 0 to 1, the patch being 1 by 1; 32 blobs fit across.
    @inline(__always)
    func cloud(_ u: Float, _ v: Float) -> Float {
        clouds[Self.index(u * 0.25, v * 0.25)]
    }

    /// Share of white at a place in metres.
    @inline(__always)
    func scum(_ x: Float, _ y: Float) -> Float {
        lines[Self.index(x / Self.scumReach, y / Self.scumReach)]
    }
}
