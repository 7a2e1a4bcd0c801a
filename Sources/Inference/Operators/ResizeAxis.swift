/// For each row or column of a resized picture: which of the input it is made of.
struct ResizeAxis: Sendable {
    /// ONNX's coordinate_transformation_mode.
    enum Coordinates: String, CaseIterable {
        case halfPixel = "half_pixel"
        case pytorchHalfPixel = "pytorch_half_pixel"
        case alignCorners = "align_corners"
        case asymmetric
    }

    /// ONNX's nearest_mode.
    enum Rounding: String, CaseIterable {
        case preferFloor = "round_prefer_floor"
        case preferCeiling = "round_prefer_ceil"
        case floor
        case ceiling = "ceil"
    }

    /// The first of two neighbours.
    let first: [Int]
    /// The second; the first again where there is one only.
    let second: [Int]
    /// How much the second counts, from 0 to 1.
    let weight: [Float]

    /// Works out all rows or columns.
    ///
    /// - Parameters:
    ///   - input: How many there are, at least 1.
    ///   - output: How many there will be, at least 1.
    ///   - scale: Output to input, as the model says it.
    ///   - coordinates: How places correspond.
    ///   - rounding: How a neighbour is chosen, or nil to weigh both.
    init(
        input: Int,
        output: Int,
        scale: Float,
        coordinates: Coordinates,
        rounding: Rounding?
    ) {
        var (first, second, weight) = ([Int](), [Int](), [Float]())
        for index in 0..<output {
            let place = Self.place(index, input, output, scale, coordinates)
            if let rounding {
                let rounded: Float =
                    switch rounding {
                    case .preferFloor: (place - 0.5).rounded(.up)
                    case .preferCeiling: (place + 0.5).rounded(.down)
                    case .floor: place.rounded(.down)
                    case .ceiling: place.rounded(.up)
                    }
                first.append(Self.clamped(rounded, input))
                second.append(first[index])
                weight.append(0)
            } else {
                let inside = min(max(place, 0), Float(input - 1))
                first.append(Self.clamped(inside.rounded(.down), input))
                second.append(min(first[index] + 1, input - 1))
                weight.append(inside - Float(first[index]))
            }
        }
        (self.first, self.second, self.weight) = (first, second, weight)
    }

    private static func clamped(_ place: Float, _ count: Int) -> Int {
        Int(min(max(place, 0), Float(count - 1)))
    }

    private static func place(
        _ index: Int,
        _ input: Int,
        _ output: Int,
        _ scale: Float,
        _ coordinates: Coordinates
    ) -> Float {
        switch coordinates {
        case .halfPixel: (Float(index) + 0.5) / scale - 0.5
        case .pytorchHalfPixel: output > 1 ? (Float(index) + 0.5) / scale - 0.5 : 0
        case .alignCorners:
            output > 1 ? Float(index) * Float(input - 1) / Float(output - 1) : 0
        case .asymmetric: Float(index) / scale
        }
    }
}
