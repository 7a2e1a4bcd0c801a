internal import Glibc

/// Something that a detector network found in its input.
struct FoundObject {
    /// A box in pixels of the input.
    struct Box: Hashable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        /// Intersection over union.
        func overlap(with other: Box) -> Double {
            let shared =
                max(0, min(x + width, other.x + other.width) - max(x, other.x))
                * max(0, min(y + height, other.y + other.height) - max(y, other.y))
            let all = width * height + other.width * other.height - shared
            return all > 0 ? shared / all : 0
        }
    }

    var box: Box
    /// How likely each class is, 0 to 1.
    var scores: [Float]

    /// Least score of its best class for a box to be looked at.
    private static let leastScore: Float = 0.1

    /// How likely it is of a class; 0 for a class that there is not.
    func score(of label: Int) -> Float {
        scores.indices.contains(label) ? scores[label] : 0
    }

    /// Reads the answer of a YOLOX network, `[1, N, 5 + classes]`.
    static func yolox(
        _ values: UnsafeBufferPointer<Float>,
        _ shape: [Int],
        _ width: Int,
        _ height: Int
    ) -> [FoundObject] {
        guard shape.count == 3, shape[2] > 5 else { return [] }
        let length = shape[2]
        var found: [FoundObject] = []
        var row = 0
        for stride in [8, 16, 32] {
            for y in 0..<(height / stride) {
                for x in 0..<(width / stride) {
                    guard row < shape[1] else { return found }
                    let start = row * length
                    row += 1
                    let sure = values[start + 4]
                    guard sure >= leastScore else { continue }
                    let scores = ((start + 5)..<(start + length)).map { values[$0] * sure }
                    guard let best = scores.max(), best >= leastScore else { continue }
                    let step = Double(stride)
                    let wide = exponential(values[start + 2]) * step
                    let high = exponential(values[start + 3]) * step
                    let centreX = (Double(values[start]) + Double(x)) * step
                    let centreY = (Double(values[start + 1]) + Double(y)) * step
                    let box = Box(
                        x: centreX - wide / 2,
                        y: centreY - high / 2,
                        width: wide,
                        height: high
                    )
                    found.append(FoundObject(box: box, scores: scores))
                }
            }
        }
        return found
    }

    /// Reads the answer of a NanoDet network, `[1, N, classes + 4 * bins]`.
    static func nanodet(
        _ values: UnsafeBufferPointer<Float>,
        _ shape: [Int],
        _ width: Int,
        _ height: Int,
        classes: Int
    ) -> [FoundObject] {
        guard shape.count == 3 else { return [] }
        let length = shape[2]
        // Distances come in eight bins to each side, as published.
        let bins = 8
        let classes = max(classes, length - 4 * bins)
        guard length == classes + 4 * bins else { return [] }
        var found: [FoundObject] = []
        var row = 0
        for stride in [8, 16, 32, 64] {
            let (columns, rows) = (
                (width + stride - 1) / stride, (height + stride - 1) / stride
            )
            for cell in 0..<(columns * rows) {
                guard row < shape[1] else { return found }
                let start = row * length
                row += 1
                let scores = (start..<(start + classes)).map { values[$0] }
                guard let best = scores.max(), best >= leastScore else { continue }
                let sides = (0..<4).map { side in
                    let first = start + classes + side * bins
                    return mean(values[first..<(first + bins)]) * Double(stride)
                }
                let x = Double(cell % columns * stride)
                let y = Double(cell / columns * stride)
                let box = Box(
                    x: x - sides[0],
                    y: y - sides[1],
                    width: sides[0] + sides[2],
                    height: sides[1] + sides[3]
                )
                found.append(FoundObject(box: box, scores: scores))
            }
        }
        return found
    }

    /// The mean bin of a distribution given by its logarithms.
    private static func mean(_ logits: Slice<UnsafeBufferPointer<Float>>) -> Double {
        let top = logits.max() ?? 0
        var (sum, total) = (0.0, 0.0)
        for (bin, logit) in logits.enumerated() {
            let weight = exponential(logit - top)
            sum += weight * Double(bin)
            total += weight
        }
        return total > 0 ? sum / total : 0
    }

    /// e to a power, bounded so that no box grows beyond measure.
    private static func exponential(_ power: Float) -> Double {
        exp(Double(min(10, max(-40, power))))
    }
}
