// Transparent, not only inlined: with sixteen lanes the compiler would call it as a function.

/// `1 / (1 + exp(-x))`, relative error below 1e-6 where x > -80, absolute below 1e-34 elsewhere.
///
/// exp(-x) = 2^n * exp(-r), with n = -x / ln 2 rounded by adding a number so large that no bits
/// behind the point are left, and r = x + n ln 2, |r| <= ln 2 / 2. The polynomial for exp(-r) was
/// fitted for the smallest relative error, 1e-7, with exp(0) = 1.
@_transparent
func logistic(_ x: Vector) -> Vector {
    let bound = Vector(repeating: 80)
    let y = smaller(larger(x, -bound), bound)
    let rounder = Vector(repeating: 12_582_912)
    let shifted = fused(rounder, y, Vector(repeating: -1.442_695_04))
    let n = shifted - rounder
    #if FMA
    let r = fused(y, n, Vector(repeating: 0.693_147_18))
    #else
    let near = fused(y, n, Vector(repeating: 0.693_145_751_953_125))
    let r = fused(near, n, Vector(repeating: 1.428_606_765_330_187e-06))
    #endif
    var sum = Vector(repeating: -0.008_290_229_37)
    sum = fused(Vector(repeating: 0.041_898_392_1), sum, r)
    sum = fused(Vector(repeating: -0.166_676_402), sum, r)
    sum = fused(Vector(repeating: 0.499_991_447), sum, r)
    sum = fused(Vector(repeating: -0.999_999_702), sum, r)
    sum = fused(Vector(repeating: 1), sum, r)
    // The low bits of the shifted number are n; moved up they are added to the exponent.
    let power = unsafeBitCast(shifted, to: Bits.self) &<< 23
    let exponential = unsafeBitCast(unsafeBitCast(sum, to: Bits.self) &+ power, to: Vector.self)
    return Vector(repeating: 1) / (Vector(repeating: 1) + exponential)
}
