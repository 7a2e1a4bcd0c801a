/// House fronts: windows in rows, and shops on the ground floor.
enum Facade {
    /// A wall with windows; `local` x runs along it, y up from the top of the ground floor.
    static func wall(_ s: Surface, _ p: Vector, _ footprint: Float) -> Sample {
        let seed = Int32(s.accent.x)
        let storey = (p.y / s.accent.y).rounded(.down)
        let bay = (p.x / 2.7).rounded(.down)
        let u = p.x - bay * 2.7
        let v = p.y - storey * s.accent.y
        let stain = Noise.fractal(p.x * 0.7, p.y * 0.25, octaves: 5, seed: seed)
        let grain = Noise.fractal(
            p.x * 12,
            p.y * 12,
            octaves: 3,
            footprint: footprint * 12,
            seed: seed &+ 1
        )
        var wall = s.color * (0.72 + 0.3 * stain + 0.18 * grain)
        if v < 0.14 { wall *= 1.12 }
        if v > s.accent.y - 0.05 { wall *= 0.7 }
        let (left, right, low, high): (Float, Float, Float, Float) = (0.65, 2.05, 0.8, 2.3)
        if u < left - 0.09 || u > right + 0.09 || v < low - 0.12 || v > high + 0.09 {
            let drip = u > left && u < right && v < low ? smoothstep(low - 0.7, low, v) : 0
            return Sample(wall * (1 - 0.18 * drip))
        }
        if u < left || u > right || v < low || v > high {
            return Sample(v < low ? wall * 1.25 : wall * 0.62)
        }
        return window(
            u: (u - left) / (right - left),
            v: (v - low) / (high - low),
            kind: Noise.hash(Int32(bay), Int32(storey), seed),
            place: p
        )
    }

    private static func window(u: Float, v: Float, kind: Float, place p: Vector) -> Sample {
        let frame = min(abs(u - 0.5), min(u, 1 - u)) < 0.04 || min(v, 1 - v) < 0.04
        if frame { return Sample(Vector(repeating: 0.42)) }
        let curtain = kind > 0.35 && (u < kind * 0.45 || u > 1 - kind * 0.4)
        var glass = Vector(0.035, 0.04, 0.05)
        if curtain {
            let fold = 0.8 + 0.2 * Wave.sine(p.x * 40)
            glass = mix(glass, Vector(0.45, 0.42, 0.36) * fold, 0.55)
        }
        var sample = Sample(glass, gloss: curtain ? 0.12 : 0.28 + 0.15 * v)
        if kind > 0.62 {
            sample.emission = Vector(0.34, 0.24, 0.12) * (0.2 + kind * 0.6)
            sample.isLantern = true
        }
        return sample
    }

    /// A row of shops; `local` x runs along it, y up from the pavement.
    static func shop(_ s: Surface, _ p: Vector, _ footprint: Float) -> Sample {
        let seed = Int32(s.accent.x)
        let bay = (p.x / 4.2).rounded(.down)
        let u = p.x - bay * 4.2
        let kind = Noise.hash(Int32(bay), 3, seed)
        let dirt = Noise.fractal(p.x * 1.1, p.y * 0.8, octaves: 4, seed: seed &+ 2)
        if u < 0.3 || u > 3.9 { return Sample(s.color * (0.6 + 0.5 * dirt)) }
        if p.y > 2.55 { return sign(u: u, v: p.y - 2.55, bay: Int32(bay), seed: seed) }
        if kind < 0.34 {
            let rib = 0.8 + 0.2 * Wave.sine(p.y * 50)
            let fade = footprint > 0.05 ? 0.85 : rib
            return Sample(Vector(0.36, 0.38, 0.4) * fade * (0.7 + 0.5 * dirt), gloss: 0.05)
        }
        if p.y < 0.45 { return Sample(Vector(0.2, 0.19, 0.18) * (0.7 + 0.6 * dirt)) }
        let post = abs(u - 1.5) < 0.05 || abs(u - 2.7) < 0.05 || abs(p.y - 2.1) < 0.04
        if post { return Sample(Vector(repeating: 0.3), gloss: 0.1) }
        return goods(p, seed: seed)
    }

    /// What stands behind a shop window: shelves of packets, dim by day, lit from above at dusk.
    private static func goods(_ p: Vector, seed: Int32) -> Sample {
        let shelf = (p.y / 0.42).rounded(.down)
        let height = p.y / 0.42 - shelf
        let column = Int32((p.x * 4.5).rounded(.down))
        let hue = Noise.hash(column, Int32(shelf), seed &+ 4)
        let size = Noise.hash(column, Int32(shelf), seed &+ 5)
        let depth = 0.4 + 0.6 * Noise.fractal(p.x * 0.9, p.y, octaves: 3, seed: seed &+ 3)
        let packet =
            mix(Vector(0.2, 0.15, 0.12), Vector(0.11, 0.14, 0.17), hue)
            * (0.5 + Noise.hash(column, Int32(shelf), seed &+ 6))
        let isBoard = height < 0.1
        let isPacket = height < 0.3 + 0.6 * size
        let color = isBoard ? Vector(0.13, 0.11, 0.09) : isPacket ? packet : Vector(repeating: 0.03)
        var sample = Sample(color * depth, gloss: 0.24)
        sample.emission = (color * 1.3 + Vector(0.06, 0.05, 0.035)) * Vector(1, 0.88, 0.66) * depth
        sample.isLantern = true
        return sample
    }

    private static func sign(u: Float, v: Float, bay: Int32, seed: Int32) -> Sample {
        let palette = [
            Vector(0.5, 0.06, 0.05), Vector(0.05, 0.16, 0.4), Vector(0.6, 0.42, 0.05),
            Vector(0.06, 0.28, 0.12), Vector(0.55, 0.55, 0.52), Vector(0.3, 0.05, 0.2),
        ]
        let pick = Int(Noise.hash(bay, 9, seed) * 5.99)
        let board = palette[pick]
        let cell = (u - 0.7) / 0.48
        let column = cell.rounded(.down)
        let (x, y) = (cell - column, (v - 0.12) / 0.38)
        let isText = column >= 0 && column < 5 && x > 0.15 && x < 0.85 && y > 0 && y < 1
        if isText {
            let glyph = Int32(column) &+ bay &* 13
            let stroke = Noise.hash(Int32(x * 5), Int32(y * 5) &+ 40, glyph)
            if stroke > 0.45 {
                return Sample(pick == 4 ? Vector(0.4, 0.05, 0.04) : Vector(0.75, 0.72, 0.6))
            }
        }
        return Sample(board, gloss: 0.08)
    }
}
