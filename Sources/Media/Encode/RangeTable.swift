/// Tables that move samples between limited range (16 to 235, chroma 16 to 240) and full range
/// (0 to 255), rounded to the nearest value; ITU-R BT.601-7, clause 2.5.3.
enum RangeTable {
    /// The tables for luma and chroma, or nil where both ranges are the same.
    static func tables(fromFull: Bool, toFull: Bool) -> (luma: [UInt8]?, chroma: [UInt8]?) {
        switch (fromFull, toFull) {
        case (false, true): (limitedToFullLuma, limitedToFullChroma)
        case (true, false): (fullToLimitedLuma, fullToLimitedChroma)
        default: (nil, nil)
        }
    }

    private static let limitedToFullLuma = table { divide(($0 - 16) * 255, by: 219) }
    private static let limitedToFullChroma = table { divide(($0 - 128) * 255, by: 224) + 128 }
    private static let fullToLimitedLuma = table { divide($0 * 219, by: 255) + 16 }
    private static let fullToLimitedChroma = table { divide(($0 - 128) * 224, by: 255) + 128 }

    private static func table(_ map: (Int) -> Int) -> [UInt8] {
        (0...255).map { UInt8(min(max(map($0), 0), 255)) }
    }

    private static func divide(_ value: Int, by divisor: Int) -> Int {
        let half = value < 0 ? -divisor / 2 : divisor / 2
        return (value + half) / divisor
    }
}
