internal import Imaging

/// What a disturbance does to a picture.
protocol PictureChange {
    /// Seconds before the moment of the disturbance at which it first shows.
    var lead: Double { get }

    /// Changes one picture.
    ///
    /// - Parameters:
    ///   - picture: analysis picture, of the same size in every call.
    ///   - number: counts the clip's pictures from 0.
    ///   - seconds: time since the moment of the disturbance, not below `-lead`.
    func apply(to picture: inout Picture, number: Int, seconds: Double)
}

extension PictureChange {
    var lead: Double { 0 }
}

extension Plane {
    /// Replaces every sample by what the table of 256 says.
    mutating func replace(through table: [UInt8]) {
        let count = width * height
        withPointer { samples in
            for index in 0..<count {
                samples[index] = table[Int(samples[index])]
            }
        }
    }
}

/// Tables from one level to another.
enum Levels {
    /// Level of black and number of levels up to white.
    static func scale(isFullRange: Bool) -> (black: Double, span: Double) {
        isFullRange ? (0, 255) : (16, 219)
    }

    /// Luma under a function of 0 (black) to 1 (white); what gets brighter stops at white.
    static func luma(isFullRange: Bool, _ tone: (Double) -> Double) -> [UInt8] {
        let (black, span) = scale(isFullRange: isFullRange)
        return (0...255).map { level in
            let changed = black + span * tone(max(0, (Double(level) - black) / span))
            let ceiling = max(black + span, Double(level))
            return UInt8(min(max(changed, 0), ceiling).rounded())
        }
    }

    /// Chroma with its distance from grey multiplied.
    static func chroma(times factor: Double) -> [UInt8] {
        (0...255).map { level in
            UInt8(min(max(128 + (Double(level) - 128) * factor, 0), 255).rounded())
        }
    }
}
