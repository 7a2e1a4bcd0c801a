/// What is wrong with a camera's picture.
public enum CameraFault: String, Sendable, Codable, CaseIterable, Comparable {
    /// The same picture again and again, to the last bit of noise.
    case frozen
    /// Nothing but darkness.
    case black
    /// Parts of the picture are torn, smeared or grey from lost data.
    case torn
    /// Everything is out of focus: dirt, water or fog on the lens.
    case blurred
    /// Something covers the lens.
    case blocked
    /// The camera looks elsewhere than its zones were drawn for: they are suspended.
    case moved
    /// Too little light at the water to see somebody by.
    case tooDark = "too_dark"
    /// Rain, snow or fog hides what moves, or moves itself nearly everywhere.
    case tooWet = "too_wet"
    /// A person at the far edge of a zone at the water is too small to be seen.
    case tooFar = "too_far"
    /// What was dry ground in a zone at the water moves as water does: the zone is to be redrawn.
    case waterline

    /// What a fault leaves of a camera's sight.
    public enum Effect: String, Sendable, Codable {
        /// Nothing is decided while it lasts.
        case blind
        /// What is seen is judged as ever, but people may be missed.
        case degraded
    }

    /// What it leaves of the camera's sight.
    public var effect: Effect {
        switch self {
        case .frozen, .black, .torn, .blurred, .blocked, .moved: .blind
        case .tooDark, .tooWet, .tooFar, .waterline: .degraded
        }
    }

    /// The order in which faults are told.
    public static func < (lhs: CameraFault, rhs: CameraFault) -> Bool {
        lhs.rank < rhs.rank
    }

    private var rank: Int {
        switch self {
        case .frozen: 0
        case .black: 1
        case .torn: 2
        case .blurred: 3
        case .blocked: 4
        case .moved: 5
        case .tooDark: 6
        case .tooWet: 7
        case .tooFar: 8
        case .waterline: 9
        }
    }
}

/// A fault that is there now.
public struct ActiveFault: Hashable, Sendable, Codable {
    /// What is wrong.
    public var fault: CameraFault
    /// When it began; the detector tells of it only after it has lasted for a while.
    public var since: MediaTime

    /// A fault that began at that time.
    public init(_ fault: CameraFault, since: MediaTime) {
        self.fault = fault
        self.since = since
    }
}
