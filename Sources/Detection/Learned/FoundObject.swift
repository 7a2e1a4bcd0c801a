internal import Glibc
internal import Scene

/// Something that a detector network found in its input.
struct FoundObject {
    /// Where it is, in shares of the input; it may reach beyond.
    var box: NormalizedBox
    /// How likely each class is, 0 to 1.
    var scores: [Float]

    /// Least score of its best class for a box to be looked at.
    private static let leastScore: Float = 0.1

    /// How likely it is of a class; 0 for a class that there is not.
    func score(of label: Int) -> Float {
        scores.indices.contains(label) ? scores[label] : 0
    }

    /// Bins of a distance in the answer of a NanoDet network, as published.
    static let bins = 8

    /// Reads the answer of a YOLOX network, `[1, N, 5 + classes]`, with a row for each cell of the
    /// grids of stride 8, 16 and 32.
    static func yolox(
        _ values: UnsafeBufferPointer<Float>,
        rows: Int,
        width: Int,
        height: Int
    ) -> [FoundObject] {
        let length = values.count / max(1, rows)
        var found: [FoundObject] = []
        var row = 0
        for stride in [8, 16, 32] {
            for y in 0..<(height / stride) {
                for x in 0..<(width / stride) {
                    guard row < rows else { return found }
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
                    let box = NormalizedBox(
                        x: (centreX - wide / 2) / Double(width),
                        y: (centreY - high / 2) / Double(height),
                        width: wide / Double(width),
                        height: high / Double(height)
                    )
                    found.append(FoundObject(box: box, scores: scores))
                }
            }
        }
        return found
    }

    /// Reads the answer of a NanoDet network, `[1, N, classes + 4 * bins]`, with a row for each
    /// cell of the grids of stride 8, 16 and 32, and 64 where there are rows for it.
    static func nanodet(
        _ values: UnsafeBufferPointer<Float>,
        rows: Int,
        width: Int,
        height: Int
    ) -> [FoundObject] {
        let length = values.count / max(1, rows)
        let classes = length - 4 * bins
        var found: [FoundObject] = []
        var row = 0
        for stride in [8, 16, 32, 64] {
            let columns = (width + stride - 1) / stride
            for cell in 0..<cells(width, height, stride: stride) {
                guard row < rows else { return found }
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
                let box = NormalizedBox(
                    x: (x - sides[0]) / Double(width),
                    y: (y - sides[1]) / Double(height),
                    width: (sides[0] + sides[2]) / Double(width),
                    height: (sides[1] + sides[3]) / Double(height)
                )
                found.append(FoundObject(box: box, scores: scores))
            }
        }
        return found
    }

    /// Cells of a grid over the input.
    static func cells(_ width: Int, _ height: Int, stride: Int) -> Int {
        ((width + stride - 1) / stride) * ((height + stride - 1) / stride)
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
