/// How deep in a zone at the water somebody is; later cases are more dangerous.
public enum WaterDepth: String, Sendable, Codable, CaseIterable, Comparable {
    /// On dry ground, within the zone.
    case bank
    /// Within a step of the water.
    case edge
    /// In the water.
    case water

    /// Whether `lhs` is less dangerous.
    public static func < (lhs: WaterDepth, rhs: WaterDepth) -> Bool {
        lhs.rank < rhs.rank
    }

    private var rank: Int {
        switch self {
        case .bank: 0
        case .edge: 1
        case .water: 2
        }
    }
}

/// What makes an incident at the water worse, in the order in which it is told.
public enum IncidentReason: String, Sendable, Codable, CaseIterable, Comparable {
    /// It is dark.
    case dark
    /// Nobody else is near.
    case alone
    /// As small as a child.
    case small
    /// There for long.
    case staying
    /// Many people at once.
    case crowd
    /// Went into the water, and did not come out of it.
    case vanished

    /// Whether `lhs` is told first.
    public static func < (lhs: IncidentReason, rhs: IncidentReason) -> Bool {
        lhs.rank < rhs.rank
    }

    private var rank: Int {
        switch self {
        case .dark: 0
        case .alone: 1
        case .small: 2
        case .staying: 3
        case .crowd: 4
        case .vanished: 5
        }
    }
}
