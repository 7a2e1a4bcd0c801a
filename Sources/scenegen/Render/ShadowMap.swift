/// Where the sun reaches: for a grid across the sun's rays, how far up each ray the first thing is.
final class ShadowMap {
    static let size = 2048
    static let tile = 32
    static let tiles = size / tile

    let sun: Vector
    private let across: Vector
    private let along: Vector
    private let texelsPerMetre: Float
    private let center: SIMD2<Float>
    private let heights: UnsafeMutablePointer<Float>
    private let dirty: UnsafeMutablePointer<Bool>

    /// A map of `extent` metres on a side around `focus`, lit from direction `sun`.
    init(sun: Vector, focus: Vector, extent: Float) {
        self.sun = normalized(sun)
        across = normalized(cross(self.sun, Vector(0, 0, 1)))
        along = cross(across, self.sun)
        texelsPerMetre = Float(Self.size) / extent
        center = SIMD2(dot(focus, across), dot(focus, along))
        heights = .allocate(capacity: Self.size * Self.size)
        heights.initialize(repeating: -1e9, count: Self.size * Self.size)
        dirty = .allocate(capacity: Self.tiles * Self.tiles)
        dirty.initialize(repeating: false, count: Self.tiles * Self.tiles)
    }

    deinit {
        heights.deallocate()
        dirty.deallocate()
    }

    /// Column and row of a place in the map.
    @inline(__always)
    func texel(_ point: Vector) -> SIMD2<Float> {
        let half = Float(Self.size) / 2
        return SIMD2(
            (dot(point, across) - center.x) * texelsPerMetre + half,
            (dot(point, along) - center.y) * texelsPerMetre + half
        )
    }

    /// Number of the tile that holds a place, or -1 outside the map.
    func tile(of point: Vector) -> Int32 {
        let at = texel(point)
        let limit = Float(Self.size)
        guard at.x >= 0, at.y >= 0, at.x < limit, at.y < limit else { return -1 }
        return Int32(Int(at.y) / Self.tile * Self.tiles + Int(at.x) / Self.tile)
    }

    /// Whether anything throws a shadow in a tile or beside it.
    @inline(__always)
    func isDirty(_ tile: Int32) -> Bool {
        tile >= 0 && dirty[Int(tile)]
    }

    /// Forgets everything drawn.
    func clear() {
        for tile in 0..<(Self.tiles * Self.tiles) where dirty[tile] {
            dirty[tile] = false
            let start = tile / Self.tiles * Self.tile * Self.size + tile % Self.tiles * Self.tile
            for row in 0..<Self.tile {
                (heights + start + row * Self.size).update(repeating: -1e9, count: Self.tile)
            }
        }
    }

    func draw(_ mesh: Mesh) {
        let places = mesh.vertices.map { vertex in
            let at = texel(vertex.position)
            return Vector(at.x, at.y, dot(vertex.position, sun))
        }
        for triangle in mesh.triangles {
            fill(places[Int(triangle.a)], places[Int(triangle.b)], places[Int(triangle.c)])
        }
    }

    private func fill(_ a: Vector, _ b: Vector, _ c: Vector) {
        let area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
        guard abs(area) > 1e-5 else { return }
        let last = Float(Self.size - 1)
        let left = Int(clamp(min(a.x, b.x, c.x), 0, last))
        let right = Int(clamp(max(a.x, b.x, c.x) + 1, 0, last))
        let top = Int(clamp(min(a.y, b.y, c.y), 0, last))
        let bottom = Int(clamp(max(a.y, b.y, c.y) + 1, 0, last))
        guard left < right, top < bottom else { return }
        mark(left - 4, top - 4, right + 4, bottom + 4)
        let scale = 1 / area
        for y in top...bottom {
            let py = Float(y)
            for x in left...right {
                let px = Float(x)
                let wa = ((b.x - px) * (c.y - py) - (c.x - px) * (b.y - py)) * scale
                let wb = ((c.x - px) * (a.y - py) - (a.x - px) * (c.y - py)) * scale
                let wc = 1 - wa - wb
                guard wa >= 0, wb >= 0, wc >= 0 else { continue }
                let height = wa * a.z + wb * b.z + wc * c.z
                let index = y * Self.size + x
                if height > heights[index] { heights[index] = height }
            }
        }
    }

    private func mark(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) {
        for row in max(0, top / Self.tile)...min(Self.tiles - 1, bottom / Self.tile) {
            for column in max(0, left / Self.tile)...min(Self.tiles - 1, right / Self.tile) {
                dirty[row * Self.tiles + column] = true
            }
        }
    }

    /// Share of the sun that reaches a place, 0 to 1, from `taps` samples of a disc whose pattern
    /// turns with `pixel`, so that edges come out soft.
    func light(at point: Vector, pixel: Int, taps: Int, radius: Float, bias: Float) -> Float {
        let at = texel(point)
        let height = dot(point, sun) + bias
        let limit = Float(Self.size - 2)
        guard at.x > 2, at.y > 2, at.x < limit, at.y < limit else { return 1 }
        let reach = radius * texelsPerMetre
        var lit = 0
        var turn = Float((pixel &* 7919) & 255) * (6.2831853 / 256)
        for tap in 0..<taps {
            let distance = reach * ((Float(tap) + 0.5) / Float(taps)).squareRoot()
            let offset = Wave.circle(turn) * distance
            let x = Int(clamp(at.x + offset.x, 0, limit))
            let y = Int(clamp(at.y + offset.y, 0, limit))
            if heights[y * Self.size + x] <= height { lit += 1 }
            turn += 2.3999632
        }
        return Float(lit) / Float(taps)
    }
}
