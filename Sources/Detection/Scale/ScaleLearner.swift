internal import Scene

/// Learns how tall people look by the row on which they stand, from those who walk through.
///
/// Heights are kept by rows in twelve bands; through the medians of the bands goes a line (least
/// squares), which holds once it spans enough rows and every median lies near it.
struct ScaleLearner: Hashable, Codable {
    /// The scale, once it is known; in shares of the picture's height.
    private(set) var scale: PersonScale?

    private var bands = [[Float]](repeating: [], count: bandCount)
    private var next = [Int](repeating: 0, count: bandCount)
    private var samples = 0

    private static let bandCount = 12
    /// Heights kept a band, and needed for it to count.
    private static let (kept, needed) = (48, 10)
    /// Bands that a scale needs, and how far apart the outer ones are at least.
    private static let (fewestBands, leastSpan) = (3, 3)
    /// How far a median may lie off the line.
    private static let tolerance = 0.2

    /// A learner that starts with what the operator measured, and then learns nothing.
    init(given: PersonScale?) {
        scale = given
        isGiven = given != nil
    }

    private let isGiven: Bool

    /// Takes in the height of one walking person.
    ///
    /// - Parameters:
    ///   - height: share of the picture's height.
    ///   - row: row of the feet, 0 to 1.
    mutating func add(height: Double, atRow row: Double) {
        guard !isGiven, height > 0, row >= 0, row < 1 else { return }
        let band = Int(row * Double(Self.bandCount))
        if bands[band].count < Self.kept {
            bands[band].append(Float(height))
        } else {
            bands[band][next[band]] = Float(height)
            next[band] = (next[band] + 1) % Self.kept
        }
        samples += 1
        if samples % 16 == 0 { fit() }
    }

    private mutating func fit() {
        var points: [(row: Double, height: Double)] = []
        for (band, heights) in bands.enumerated() where heights.count >= Self.needed {
            let median = heights.sorted()[heights.count / 2]
            points.append(((Double(band) + 0.5) / Double(Self.bandCount), Double(median)))
        }
        guard points.count >= Self.fewestBands, let first = points.first, let last = points.last,
            (last.row - first.row) * Double(Self.bandCount) >= Double(Self.leastSpan) - 0.01
        else { return }
        let count = Double(points.count)
        let meanRow = points.reduce(0) { $0 + $1.row } / count
        let meanHeight = points.reduce(0) { $0 + $1.height } / count
        var (both, rows) = (0.0, 0.0)
        for point in points {
            both += (point.row - meanRow) * (point.height - meanHeight)
            rows += (point.row - meanRow) * (point.row - meanRow)
        }
        let slope = both / rows
        let line = PersonScale(slope: slope, intercept: meanHeight - slope * meanRow)
        let fits = points.allSatisfy {
            abs(line.height(atRow: $0.row) - $0.height) <= Self.tolerance * $0.height
        }
        scale = fits && slope >= 0 ? line : nil
    }
}

/// The expected height of a person for each row of the analysis picture, in pixels.
struct PersonHeights {
    private let heights: [Double]

    /// Nothing is known where there is no scale.
    init(_ scale: PersonScale?, rows: Int) {
        heights = (0..<rows).map { row in
            (scale?.height(atRow: (Double(row) + 0.5) / Double(rows)) ?? 0) * Double(rows)
        }
    }

    /// Height of a person whose feet are on the last row of a box, nil where that is not known or
    /// less than four pixels.
    func expected(at box: PixelBox) -> Double? {
        guard !heights.isEmpty else { return nil }
        let height = heights[max(0, min(heights.count, box.maxY) - 1)]
        return height >= 4 ? height : nil
    }
}
