/// What a zone watches for.
public enum ZoneKind: String, Sendable, Codable, CaseIterable {
    /// Vehicles must not stand here longer than the dwell time.
    case noParking = "no_parking"
    /// The strict form of `noParking` for fire brigade access.
    case fireLane = "fire_lane"
    /// Nothing may stand here longer than the dwell time: stalls, goods, rubbish.
    case roadOccupation = "road_occupation"
    /// People must not be here.
    case waterDanger = "water_danger"
}

/// How urgent an alert is; later cases are more urgent.
public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    /// For the record.
    case info
    /// Somebody should look.
    case warning
    /// Somebody must go.
    case critical
    /// A life may be at stake this minute: somebody went into the water and did not come out.
    case emergency

    /// Whether `lhs` is less urgent.
    public static func < (lhs: Severity, rhs: Severity) -> Bool {
        lhs.rank < rhs.rank
    }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        case .emergency: 3
        }
    }
}
