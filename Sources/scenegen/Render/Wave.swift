/// Cheap trigonometry for inner loops, good to about 0.001.
enum Wave {
    /// Sine of an angle in radians (Bhaskara's parabola, refined).
    @inline(__always)
    static func sine(_ angle: Float) -> Float {
        let turns = angle * 0.15915494
        let part = turns - turns.rounded(.down) - 0.5
        let parabola = 16 * part * (abs(part) - 0.5)
        return parabola * (0.775 + 0.225 * abs(parabola))
    }

    /// `(cos, sin)` of an angle in radians.
    @inline(__always)
    static func circle(_ angle: Float) -> SIMD2<Float> {
        SIMD2(sine(angle + 1.5707964), sine(angle))
    }
}

/// Whole numbers in inner loops, without the checks and calls of the usual conversions.
enum Whole {
    /// The whole number at or below a number between -4,000,000 and 4,000,000.
    ///
    /// Adding 1.5 * 2^23 leaves the nearest whole number in the lowest bits of a Float.
    @inline(__always)
    static func floor(_ number: Float) -> Int {
        let bits = Int32(bitPattern: (number + 12_582_912).bitPattern)
        let nearest = bits &- 0x4B40_0000
        return Int(nearest &- (Float(nearest) > number ? 1 : 0))
    }
}
