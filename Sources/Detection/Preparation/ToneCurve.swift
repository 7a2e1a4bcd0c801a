internal import Imaging

/// Undoes changes of exposure, gain and gamma: maps the camera's present levels to those at which
/// the background was learned.
///
/// For each band of background levels the median present level is taken over pixels that show
/// background; a new object covers less than half of a band, so it does not bend the curve.
struct ToneCurve {
    /// Background level for each present level.
    private(set) var table: [UInt8] = (0...255).map { UInt8($0) }
    /// Whether present levels differ from the learned ones by more than noise.
    private(set) var isBent = false

    private let bands = 16
    private let histogram = Buffer<UInt32>(count: 16 * 256, filledWith: 0)
    private let learnedSums = Buffer<UInt32>(count: 16, filledWith: 0)

    /// Measures the curve on every second pixel of every fourth row.
    ///
    /// - Parameters:
    ///   - seen: present levels.
    ///   - background: learned levels.
    ///   - changed: pixels to leave out (non-zero); all count where that leaves less than a third.
    ///   - width: columns.
    ///   - height: rows.
    mutating func measure(
        seen: UnsafePointer<UInt8>,
        background: UnsafePointer<UInt8>,
        changed: UnsafePointer<UInt8>,
        width: Int,
        height: Int
    ) {
        let samples = ((width + 1) / 2) * ((height + 3) / 4)
        var counted = fill(seen, background, changed, width, height, skipping: 1)
        if counted * 3 < samples {
            counted = fill(seen, background, changed, width, height, skipping: 2)
        }
        build(points(of: counted))
    }

    private func fill(
        _ seen: UnsafePointer<UInt8>,
        _ background: UnsafePointer<UInt8>,
        _ changed: UnsafePointer<UInt8>,
        _ width: Int,
        _ height: Int,
        skipping: UInt8
    ) -> Int {
        histogram.clear()
        learnedSums.clear()
        let counts = histogram.base
        let sums = learnedSums.base
        var total = 0
        var y = 0
        while y < height {
            let row = y * width
            var x = 0
            while x < width {
                let index = row + x
                if changed[index] < skipping {
                    let band = Int(background[index] >> 4)
                    counts[band * 256 + Int(seen[index])] &+= 1
                    sums[band] &+= UInt32(background[index])
                    total &+= 1
                }
                x += 2
            }
            y += 4
        }
        return total
    }

    /// One pair of levels for each band that holds enough pixels.
    private func points(of total: Int) -> [(learned: Int, present: Int)] {
        var points: [(learned: Int, present: Int)] = []
        for band in 0..<bands {
            let counts = histogram.base + band * 256
            var sum: UInt32 = 0
            for level in 0..<256 { sum += counts[level] }
            guard Int(sum) * 64 >= total, sum >= 24 else { continue }
            var below: UInt32 = 0
            var median = 0
            for level in 0..<256 {
                below += counts[level]
                if below * 2 >= sum {
                    median = level
                    break
                }
            }
            points.append((Int(learnedSums.base[band] / sum), median))
        }
        return points
    }

    /// Medians that differ by up to three levels are noise.
    private mutating func build(_ measured: [(learned: Int, present: Int)]) {
        let bent = measured.filter { abs($0.learned - $0.present) > 3 }
        guard bent.count * 2 >= measured.count, measured.count >= 2 else {
            setIdentity()
            return
        }
        var points: [(learned: Int, present: Int)] = []
        for point in measured where point.present > (points.last?.present ?? -1) {
            points.append(point)
        }
        guard let first = points.first, let last = points.last, points.count >= 2 else {
            setIdentity()
            return
        }
        for level in 0...255 {
            let value: Int
            if level <= first.present {
                value = first.present > 0 ? level * first.learned / first.present : first.learned
            } else if level >= last.present {
                value = last.learned + (level - last.present) * last.learned / max(1, last.present)
            } else {
                value = Self.between(points, level)
            }
            table[level] = UInt8(clamping: value)
        }
        isBent = true
    }

    private static func between(_ points: [(learned: Int, present: Int)], _ level: Int) -> Int {
        for (low, high) in zip(points, points.dropFirst()) where level <= high.present {
            let span = high.present - low.present
            return low.learned + (high.learned - low.learned) * (level - low.present) / span
        }
        return level
    }

    private mutating func setIdentity() {
        guard isBent else { return }
        for level in 0...255 { table[level] = UInt8(level) }
        isBent = false
    }

    /// The learned level of each present one; nil where they are the same.
    var present: [UInt8]? { isBent ? table : nil }

    /// Maps present levels to learned ones.
    func apply(_ seen: UnsafePointer<UInt8>, into luma: UnsafeMutablePointer<UInt8>, count: Int) {
        guard isBent else {
            luma.update(from: seen, count: count)
            return
        }
        table.withUnsafeBufferPointer { table in
            guard let table = table.baseAddress else { return }
            for index in 0..<count { luma[index] = table[Int(seen[index])] }
        }
    }
}
