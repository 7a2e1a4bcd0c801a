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
