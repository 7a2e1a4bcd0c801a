/// Value noise on integer lattices: smooth, 0 to 1, the same on every machine.
enum Noise {
    @inline(__always)
    static func hash(_ x: Int32, _ y: Int32, _ seed: Int32 = 0) -> Float {
        var h = UInt32(bitPattern: x) &* 0x85EB_CA6B
        h ^= UInt32(bitPattern: y) &* 0xC2B2_AE35
        h ^= UInt32(bitPattern: seed) &* 0x27D4_EB2F
        h = (h ^ (h &>> 15)) &* 0x2C1B_3C6D
        h = (h ^ (h &>> 12)) &* 0x297A_2D39
        h ^= h &>> 15
        return Float(h &>> 8) * (1 / 16_777_216)
    }

    @inline(__always)
    static func value(_ x: Float, _ y: Float, _ seed: Int32 = 0) -> Float {
        let fx = x.rounded(.down)
        let fy = y.rounded(.down)
        let ix = Int32(clamp(fx, -1e8, 1e8))
        let iy = Int32(clamp(fy, -1e8, 1e8))
        var tx = x - fx
        var ty = y - fy
        tx = tx * tx * (3 - 2 * tx)
        ty = ty * ty * (3 - 2 * ty)
        let low = mix(hash(ix, iy, seed), hash(ix &+ 1, iy, seed), tx)
        let high = mix(hash(ix, iy &+ 1, seed), hash(ix &+ 1, iy &+ 1, seed), tx)
        return mix(low, high, ty)
    }

    /// Octaves of value noise; those finer than `footprint` (the size of a pixel in the same
    /// units) fade to their mean.
    @inline(__always)
    static func fractal(
        _ x: Float,
        _ y: Float,
        octaves: Int,
        footprint: Float = 0,
        seed: Int32 = 0
    ) -> Float {
        var sum: Float = 0
        var weight: Float = 0.5
        var scale: Float = 1
        var total: Float = 0
        for octave in 0..<octaves {
            let fade = 1 - smoothstep(0.3, 0.9, footprint * scale)
            if fade > 0 {
                let sample = value(x * scale, y * scale, seed &+ Int32(octave))
                sum += weight * mix(0.5, sample, fade)
            } else {
                sum += weight * 0.5
            }
            total += weight
            weight *= 0.55
            scale *= 2.07
        }
        return sum / total
    }
}
