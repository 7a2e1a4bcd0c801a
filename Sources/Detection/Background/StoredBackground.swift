internal import Imaging

/// What the background was when a mode was left.
struct StoredBackground: Codable {
    @PackedBytes private var luma: [UInt8]
    @PackedBytes private var blue: [UInt8]
    @PackedBytes private var red: [UInt8]

    init(_ background: BackgroundModel) {
        luma = background.learned.values
        blue = background.learnedBlue.values
        red = background.learnedRed.values
    }

    /// Tells whether a picture still shows it, its exposure aside.
    ///
    /// - Parameters:
    ///   - frame: the picture as seen.
    ///   - covered: 1 where something stands, which does not count.
    /// - Returns: whether less than a quarter of the picture differs.
    func isShown(by frame: AnalysisFrame, covered: UnsafePointer<UInt8>) -> Bool {
        guard luma.count == frame.seen.count else { return false }
        var tone = ToneCurve()
        return luma.withUnsafeBufferPointer { luma in
            guard let base = luma.baseAddress else { return false }
            tone.measure(
                seen: frame.seen.base,
                background: base,
                changed: covered,
                width: frame.width,
                height: frame.height
            )
            var (counted, different) = (0, 0)
            for index in stride(from: 0, to: luma.count, by: 3) where covered[index] == 0 {
                counted += 1
                let level = Int(tone.table[Int(frame.seen.base[index])])
                if abs(level - Int(base[index])) > 20 { different += 1 }
            }
            return different * 4 < counted
        }
    }

    /// Puts it back into the model.
    func restore(into background: inout BackgroundModel) {
        background.restore(luma: luma, blue: blue, red: red)
    }
}
