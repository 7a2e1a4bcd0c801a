/// How many output channels the next block of packed weights holds.
///
/// Only heights whose tiles keep both multipliers busy: 12 and 8 of 32 registers, 6 and 4 of 16.
/// - Parameter remaining: Output channels that are left, at least 1.
/// - Returns: The height; the last block may be higher than what remains.
public func blockHeight(_ remaining: Int) -> Int {
    #if LANES16
    remaining <= 4 ? 4 : remaining <= 8 || (13...16).contains(remaining) ? 8 : 12
    #elseif LANES8
    remaining <= 4 || remaining == 7 || remaining == 8 ? 4 : 6
    #else
    4
    #endif
}

/// Floats of a vector, for whoever lays out memory.
public func vectorLanes() -> Int {
    lanes
}

/// Sums of one block of output channels over one or two vectors of columns.
///
/// - Parameters:
///   - height: What `blockHeight` gave.
///   - isWide: Two vectors of columns, not one.
///   - base: Where the columns start.
///   - offsets: For each of `count` terms, where its inputs lie from `base`.
///   - count: Terms of each sum.
///   - weights: `[term][channel]`.
///   - bias: Where each sum starts.
///   - sums: Rows of results.
///   - stride: Floats from one row of results to the next.
@inline(never)
func sumBlock(
    height: Int,
    isWide: Bool,
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    switch (height, isWide) {
    #if LANES16
    case (12, true): tile12x2(base, offsets, count, weights, bias, sums, stride)
    case (12, false): tile12x1(base, offsets, count, weights, bias, sums, stride)
    case (8, true): tile8x2(base, offsets, count, weights, bias, sums, stride)
    case (8, false): tile8x1(base, offsets, count, weights, bias, sums, stride)
    #elseif LANES8
    case (6, true): tile6x2(base, offsets, count, weights, bias, sums, stride)
    case (6, false): tile6x1(base, offsets, count, weights, bias, sums, stride)
    #endif
    case (_, true): tile4x2(base, offsets, count, weights, bias, sums, stride)
    case (_, false): tile4x1(base, offsets, count, weights, bias, sums, stride)
    }
}
