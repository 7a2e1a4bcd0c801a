// Tiles: `rows` output channels times one or two vectors of columns, all sums in registers. Each
// named local is a register; an array or tuple of them would live in memory.

@inline(__always)
func pair(_ value: Float) -> (Vector, Vector) {
    (Vector(repeating: value), Vector(repeating: value))
}

@inline(__always)
func accumulate(_ a: inout Vector, _ weight: Float, _ x: Vector) {
    a = fused(a, Vector(repeating: weight), x)
}

@inline(__always)
func accumulate(_ a: inout Vector, _ b: inout Vector, _ weight: Float, _ x: Vector, _ y: Vector) {
    let factor = Vector(repeating: weight)
    a = fused(a, factor, x)
    b = fused(b, factor, y)
}

@inline(__always)
func store(_ a: Vector, _ b: Vector, _ pointer: UnsafeMutablePointer<Float>) {
    store(a, pointer)
    store(b, pointer + lanes)
}

#if LANES16
@inline(__always)
func tile12x2(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var (a0, b0) = pair(bias[0])
    var (a1, b1) = pair(bias[1])
    var (a2, b2) = pair(bias[2])
    var (a3, b3) = pair(bias[3])
    var (a4, b4) = pair(bias[4])
    var (a5, b5) = pair(bias[5])
    var (a6, b6) = pair(bias[6])
    var (a7, b7) = pair(bias[7])
    var (a8, b8) = pair(bias[8])
    var (a9, b9) = pair(bias[9])
    var (a10, b10) = pair(bias[10])
    var (a11, b11) = pair(bias[11])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        let y = load(base + offsets[index] + lanes)
        accumulate(&a0, &b0, weight[0], x, y)
        accumulate(&a1, &b1, weight[1], x, y)
        accumulate(&a2, &b2, weight[2], x, y)
        accumulate(&a3, &b3, weight[3], x, y)
        accumulate(&a4, &b4, weight[4], x, y)
        accumulate(&a5, &b5, weight[5], x, y)
        accumulate(&a6, &b6, weight[6], x, y)
        accumulate(&a7, &b7, weight[7], x, y)
        accumulate(&a8, &b8, weight[8], x, y)
        accumulate(&a9, &b9, weight[9], x, y)
        accumulate(&a10, &b10, weight[10], x, y)
        accumulate(&a11, &b11, weight[11], x, y)
        weight += 12
    }
    store(a0, b0, sums)
    store(a1, b1, sums + stride)
    store(a2, b2, sums + 2 &* stride)
    store(a3, b3, sums + 3 &* stride)
    store(a4, b4, sums + 4 &* stride)
    store(a5, b5, sums + 5 &* stride)
    store(a6, b6, sums + 6 &* stride)
    store(a7, b7, sums + 7 &* stride)
    store(a8, b8, sums + 8 &* stride)
    store(a9, b9, sums + 9 &* stride)
    store(a10, b10, sums + 10 &* stride)
    store(a11, b11, sums + 11 &* stride)
}

@inline(__always)
func tile8x2(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var (a0, b0) = pair(bias[0])
    var (a1, b1) = pair(bias[1])
    var (a2, b2) = pair(bias[2])
    var (a3, b3) = pair(bias[3])
    var (a4, b4) = pair(bias[4])
    var (a5, b5) = pair(bias[5])
    var (a6, b6) = pair(bias[6])
    var (a7, b7) = pair(bias[7])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        let y = load(base + offsets[index] + lanes)
        accumulate(&a0, &b0, weight[0], x, y)
        accumulate(&a1, &b1, weight[1], x, y)
        accumulate(&a2, &b2, weight[2], x, y)
        accumulate(&a3, &b3, weight[3], x, y)
        accumulate(&a4, &b4, weight[4], x, y)
        accumulate(&a5, &b5, weight[5], x, y)
        accumulate(&a6, &b6, weight[6], x, y)
        accumulate(&a7, &b7, weight[7], x, y)
        weight += 8
    }
    store(a0, b0, sums)
    store(a1, b1, sums + stride)
    store(a2, b2, sums + 2 &* stride)
    store(a3, b3, sums + 3 &* stride)
    store(a4, b4, sums + 4 &* stride)
    store(a5, b5, sums + 5 &* stride)
    store(a6, b6, sums + 6 &* stride)
    store(a7, b7, sums + 7 &* stride)
}
#elseif LANES8
@inline(__always)
func tile6x2(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var (a0, b0) = pair(bias[0])
    var (a1, b1) = pair(bias[1])
    var (a2, b2) = pair(bias[2])
    var (a3, b3) = pair(bias[3])
    var (a4, b4) = pair(bias[4])
    var (a5, b5) = pair(bias[5])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        let y = load(base + offsets[index] + lanes)
        accumulate(&a0, &b0, weight[0], x, y)
        accumulate(&a1, &b1, weight[1], x, y)
        accumulate(&a2, &b2, weight[2], x, y)
        accumulate(&a3, &b3, weight[3], x, y)
        accumulate(&a4, &b4, weight[4], x, y)
        accumulate(&a5, &b5, weight[5], x, y)
        weight += 6
    }
    store(a0, b0, sums)
    store(a1, b1, sums + stride)
    store(a2, b2, sums + 2 &* stride)
    store(a3, b3, sums + 3 &* stride)
    store(a4, b4, sums + 4 &* stride)
    store(a5, b5, sums + 5 &* stride)
}
#endif

@inline(__always)
func tile4x2(
    _ base: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Int>,
    _ count: Int,
    _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>,
    _ stride: Int
) {
    var (a0, b0) = pair(bias[0])
    var (a1, b1) = pair(bias[1])
    var (a2, b2) = pair(bias[2])
    var (a3, b3) = pair(bias[3])
    var weight = weights
    for index in 0..<count {
        let x = load(base + offsets[index])
        let y = load(base + offsets[index] + lanes)
        accumulate(&a0, &b0, weight[0], x, y)
        accumulate(&a1, &b1, weight[1], x, y)
        accumulate(&a2, &b2, weight[2], x, y)
        accumulate(&a3, &b3, weight[3], x, y)
        weight += 4
    }
    store(a0, b0, sums)
    store(a1, b1, sums + stride)
    store(a2, b2, sums + 2 &* stride)
    store(a3, b3, sums + 3 &* stride)
}
