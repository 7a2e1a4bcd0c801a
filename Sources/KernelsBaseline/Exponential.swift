/// `1 / (1 + exp(-x))`, relative error below 1e-6 where x > -80, absolute below 1e-34 elsewhere.
///
/// exp(y) = 2^n * exp(r), with n = y / ln 2 rounded by adding a number so large that no bits
/// behind the point are left, and a polynomial for exp(r), |r| <= ln 2 / 2.
@_transparent
func logistic(_ x: Vector) -> Vector {
    let bound: Float = 80
    let y = smaller(larger(-x, Vector(repeating: -bound)), Vector(repeating: bound))
    let rounder: Float = 12_582_912
    let shifted = fused(Vector(repeating: rounder), y, Vector(repeating: 1.442_695_04))
    let n = shifted - Vector(repeating: rounder)
    let near = fused(y, n, Vector(repeating: -0.693_145_751_953_125))
    let r = fused(near, n, Vector(repeating: -1.428_606_765_330_187e-06))
    var sum = Vector(repeating: 1.388_888_9e-3)
    sum = fused(Vector(repeating: 8.333_333_3e-3), sum, r)
    sum = fused(Vector(repeating: 4.166_666_7e-2), sum, r)
    sum = fused(Vector(repeating: 1.666_666_7e-1), sum, r)
    sum = fused(Vector(repeating: 0.5), sum, r)
    sum = fused(Vector(repeating: 1), sum, r)
    sum = fused(Vector(repeating: 1), sum, r)
    // The low bits of the shifted number are n; moved up they are added to the exponent.
    let power = unsafeBitCast(shifted, to: Bits.self) &<< 23
    let exponential = unsafeBitCast(unsafeBitCast(sum, to: Bits.self) &+ power, to: Vector.self)
    return reciprocal(Vector(repeating: 1) + exponential)
}

/// `1 / x` for normal x from 1 to 2^120.
@_transparent
func reciprocal(_ x: Vector) -> Vector {
    #if LANES16
    // Three steps of Newton's method from a guess on the bits: less than half the time of a division.
    // Not in the fused form, which the compiler takes apart into lanes here.
    let bits = Bits(repeating: 0x7ef3_11c7) &- unsafeBitCast(x, to: Bits.self)
    var guess = unsafeBitCast(bits, to: Vector.self)
    let two = Vector(repeating: 2)
    guess *= two - x * guess
    guess *= two - x * guess
    guess *= two - x * guess
    return guess
    #else
    return Vector(repeating: 1) / x
    #endif
}
