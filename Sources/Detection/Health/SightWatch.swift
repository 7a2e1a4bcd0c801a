internal import Imaging
internal import Scene

/// Tells why people at the water may be missed although the picture is sound: it is degraded.
///
/// Signs last before they become faults and fade before they end, as those of `PictureHealth`.
struct SightWatch: Hashable, Codable {
    /// Signs in order of their faults.
    private(set) var signs: [PictureHealth.Sign] = []
    /// How far the water reaches.
    private var shore = Shoreline()
    /// Step between neighbours over mean level that is usual, over half an hour.
    private var usual = 0.0
    private var age = 0.0
    private var lookedAt: MediaTime?
    private var darkShare = 0.0
    private var dynamicShare = 0.0

    /// Share of the picture that moves without being anything, from which on it is too wet.
    static let mostMoving = 0.08
    /// Share of what contrast is usual, below which haze hides people.
    static let leastContrast = 0.5
    /// Share of the water that is all but black, from which on it is too dark.
    static let mostDark = 0.8
    /// Level below which the sensor gives no more than noise.
    static let darkness: UInt8 = 28
    /// Share of dry ground that moves as water does, from which on the zone is wrong.
    static let mostFlooded = 0.2
    private static let memory = 1_800.0
    private static let pause = MediaSpan.seconds(0.5)

    /// How long a sign must last.
    static func patience(_ fault: CameraFault) -> MediaSpan {
        switch fault {
        case .tooWet: .seconds(5)
        case .waterline: .seconds(30)
        default: .seconds(10)
        }
    }

    /// How long a sign must be gone.
    private static let relief = MediaSpan.seconds(10)

    /// Faults that have lasted, in order.
    var faults: [ActiveFault] {
        signs.filter(\.isFault).map { ActiveFault($0.fault, since: $0.since) }
    }

    /// What one picture shows.
    struct Look {
        let measures: PictureMeasures
        /// The picture as the camera gave it.
        let seen: UnsafePointer<UInt8>
        let width: Int
        /// How restless the water is.
        let dynamics: Dynamics
        /// How much each pixel of the background differs from picture to picture, in eighths.
        let noise: UnsafePointer<UInt8>
        /// Whether it is night, when noise is the sensor's.
        let isNight: Bool
        /// Parts that are water by the operator's word.
        let water: [Polygon]
        /// Share of the picture that differs and is nothing known.
        let strayShare: Double
        let seconds: Double
        let time: MediaTime
    }

    /// Takes in one picture in which something can be told.
    mutating func step(_ look: Look) {
        let isDue = lookedAt.map { look.time - $0 >= Self.pause } ?? true
        if isDue {
            let isWet = has(.tooWet)
            let span = lookedAt.map { (look.time - $0).seconds } ?? 0
            lookedAt = look.time
            darkShare = Self.darkShare(look)
            let isFlooded = signs.contains { $0.fault == .waterline }
            if !isWet && !look.isNight {
                dynamicShare = shore.step(look, seconds: span, learns: !isFlooded)
            }
        }
        let contrast = look.measures.gradient / max(20, look.measures.mean)
        let isHazy = age >= 60 && contrast < usual * Self.leastContrast
        let isDark = darkShare >= (has(.tooDark) ? Self.mostDark - 0.2 : Self.mostDark)
        let isWet = look.strayShare > Self.mostMoving
        note(.tooDark, isDark, at: look.time)
        note(.tooWet, isWet || (isHazy && !isDark), at: look.time)
        note(.waterline, dynamicShare > Self.mostFlooded && !isWet, at: look.time)
        guard !isHazy, !isDark else { return }
        age += look.seconds
        usual += (contrast - usual) * max(look.seconds / Self.memory, look.seconds / max(0.1, age))
    }

    /// Begins to learn anew what is usual, because the light or the view is another.
    mutating func reset() {
        usual = 0
        age = 0
    }

    private func has(_ fault: CameraFault) -> Bool {
        signs.contains { $0.fault == fault && $0.isFault }
    }

    private mutating func note(_ fault: CameraFault, _ shows: Bool, at time: MediaTime) {
        let index = signs.firstIndex { $0.fault == fault }
        if shows, let index {
            signs[index].lastSeen = time
            if time - signs[index].since >= Self.patience(fault) { signs[index].isFault = true }
        } else if shows {
            signs.append(PictureHealth.Sign(fault: fault, since: time, lastSeen: time))
            signs.sort { $0.fault < $1.fault }
        } else if let index {
            let gone = time - signs[index].lastSeen
            let relief = signs[index].isFault ? Self.relief : MediaSpan.seconds(1)
            if gone >= relief { signs.remove(at: index) }
        }
    }

    /// Share of the water, on every fourth row, that is all but black.
    private static func darkShare(_ look: Look) -> Double {
        let (bounds, zone) = (look.dynamics.bounds, look.dynamics.zone.base)
        var (dark, all) = (0, 0)
        for y in stride(from: bounds.y, to: bounds.maxY, by: 4) {
            let index = y * look.width + bounds.x
            let (seen, zone) = (look.seen + index, zone + index)
            var (darkInRow, inRow) = (UInt32(0), UInt32(0))
            for x in 0..<bounds.width {
                let isIn = zone[x] & 1
                inRow &+= UInt32(isIn)
                darkInRow &+= UInt32(isIn & (seen[x] < darkness ? 1 : 0))
            }
            dark += Int(darkInRow)
            all += Int(inRow)
        }
        return all > 0 ? Double(dark) / Double(all) : 0
    }
}
