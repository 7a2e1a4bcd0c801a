// Tiles: `rows` output channels times one or two vectors of columns, all sums in registers. Each
// named local is a register; an array or tuple of them would live in memory.

#if LANES16
@inline(__always)
func tile12x1(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var a0 = Vector(repeating: bias[0])
    var a1 = Vector(repeating: bias[1])
    var a2 = Vector(repeating: bias[2])
    var a3 = Vector(repeating: bias[3])
    var a4 = Vector(repeating: bias[4])
    var a5 = Vector(repeating: bias[5])
    var a6 = Vector(repeating: bias[6])
    var a7 = Vector(repeating: bias[7])
    var a8 = Vector(repeating: bias[8])
    var a9 = Vector(repeating: bias[9])
    var a10 = Vector(repeating: bias[10])
    var a11 = Vector(repeating: bias[11])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        accumulate(&a0, weight[0], x)
        accumulate(&a1, weight[1], x)
        accumulate(&a2, weight[2], x)
        accumulate(&a3, weight[3], x)
        accumulate(&a4, weight[4], x)
        accumulate(&a5, weight[5], x)
        accumulate(&a6, weight[6], x)
        accumulate(&a7, weight[7], x)
        accumulate(&a8, weight[8], x)
        accumulate(&a9, weight[9], x)
        accumulate(&a10, weight[10], x)
        accumulate(&a11, weight[11], x)
        weight += 12
    }
    store(a0, sums)
    store(a1, sums + stride)
    store(a2, sums + 2 &* stride)
    store(a3, sums + 3 &* stride)
    store(a4, sums + 4 &* stride)
    store(a5, sums + 5 &* stride)
    store(a6, sums + 6 &* stride)
    store(a7, sums + 7 &* stride)
    store(a8, sums + 8 &* stride)
    store(a9, sums + 9 &* stride)
    store(a10, sums + 10 &* stride)
    store(a11, sums + 11 &* stride)
}

@inline(__always)
func tile8x1(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var a0 = Vector(repeating: bias[0])
    var a1 = Vector(repeating: bias[1])
    var a2 = Vector(repeating: bias[2])
    var a3 = Vector(repeating: bias[3])
    var a4 = Vector(repeating: bias[4])
    var a5 = Vector(repeating: bias[5])
    var a6 = Vector(repeating: bias[6])
    var a7 = Vector(repeating: bias[7])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        accumulate(&a0, weight[0], x)
        accumulate(&a1, weight[1], x)
        accumulate(&a2, weight[2], x)
        accumulate(&a3, weight[3], x)
        accumulate(&a4, weight[4], x)
        accumulate(&a5, weight[5], x)
        accumulate(&a6, weight[6], x)
        accumulate(&a7, weight[7], x)
        weight += 8
    }
    store(a0, sums)
    store(a1, sums + stride)
    store(a2, sums + 2 &* stride)
    store(a3, sums + 3 &* stride)
    store(a4, sums + 4 &* stride)
    store(a5, sums + 5 &* stride)
    store(a6, sums + 6 &* stride)
    store(a7, sums + 7 &* stride)
}
#elseif LANES8
@inline(__always)
func tile6x1(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var a0 = Vector(repeating: bias[0])
    var a1 = Vector(repeating: bias[1])
    var a2 = Vector(repeating: bias[2])
    var a3 = Vector(repeating: bias[3])
    var a4 = Vector(repeating: bias[4])
    var a5 = Vector(repeating: bias[5])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        accumulate(&a0, weight[0], x)
        accumulate(&a1, weight[1], x)
        accumulate(&a2, weight[2], x)
        accumulate(&a3, weight[3], x)
        accumulate(&a4, weight[4], x)
        accumulate(&a5, weight[5], x)
        weight += 6
    }
    store(a0, sums)
    store(a1, sums + stride)
    store(a2, sums + 2 &* stride)
    store(a3, sums + 3 &* stride)
    store(a4, sums + 4 &* stride)
    store(a5, sums + 5 &* stride)
}
#endif

@inline(__always)
func tile4x1(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var a0 = Vector(repeating: bias[0])
    var a1 = Vector(repeating: bias[1])
    var a2 = Vector(repeating: bias[2])
    var a3 = Vector(repeating: bias[3])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        accumulate(&a0, weight[0], x)
        accumulate(&a1, weight[1], x)
        accumulate(&a2, weight[2], x)
        accumulate(&a3, weight[3], x)
        weight += 4
    }
    store(a0, sums)
    store(a1, sums + stride)
    store(a2, sums + 2 &* stride)
    store(a3, sums + 3 &* stride)
}
