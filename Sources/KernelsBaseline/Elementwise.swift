/// Adds two arrays.
public func add(
    _ left: UnsafePointer<Float>,
    _ right: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ count: Int
) {
    var index = 0
    while index &+ lanes <= count {
        store(load(left + index) + load(right + index), output + index)
        index &+= lanes
    }
    while index < count {
        output[index] = left[index] + right[index]
        index &+= 1
    }
}

/// Multiplies two arrays.
public func multiply(
    _ left: UnsafePointer<Float>,
    _ right: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>,
    _ count: Int
) {
    var index = 0
    while index &+ lanes <= count {
        store(load(left + index) * load(right + index), output + index)
        index &+= lanes
    }
    while index < count {
        output[index] = left[index] * right[index]
        index &+= 1
    }
}

/// The mean of each of `channels` planes.
public func averages(
    _ input: UnsafePointer<Float>,
    _ channels: Int,
    _ plane: Int,
    _ output: UnsafeMutablePointer<Float>
) {
    var from = input
    for channel in 0..<channels {
        var (a, b) = (Vector.zero, Vector.zero)
        var index = 0
        while index &+ 2 &* lanes <= plane {
            a += load(from + index)
            b += load(from + index + lanes)
            index &+= 2 &* lanes
        }
        var sum = (a + b).sum()
        while index < plane {
            sum += from[index]
            index &+= 1
        }
        output[channel] = sum / Float(plane)
        from += plane
    }
}

/// Doubles height and width of planes that lie one after the other, by repeating each element.
public func doubleSize(
    _ input: UnsafePointer<Float>,
    _ rows: Int,
    _ width: Int,
    _ output: UnsafeMutablePointer<Float>
) {
    var (from, to) = (input, output)
    for _ in 0..<rows {
        for column in 0..<width {
            let value = from[column]
            to[2 &* column] = value
            to[2 &* column &+ 1] = value
        }
        copy(to, to + 2 &* width, 2 &* width)
        from += width
        to += 4 &* width
    }
}
