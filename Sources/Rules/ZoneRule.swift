public import Scene

/// What must hold in one zone: the polygon, what counts, and for how long it is tolerated.
public struct ZoneRule: Hashable, Sendable, Codable {
    /// Which part of an object must be in the zone.
    public enum Anchor: Hashable, Sendable, Codable {
        /// The lower part of the object: for vehicles and goods at least half of the lower 30 % of
        /// the box, for people the middle of the lower edge.
        case groundContact
        /// At least this share of the box, 0 (exclusive) to 1.
        case overlap(Double)
    }

    /// Names the zone within its camera.
    public var id: ZoneID
    /// What people call it.
    public var name: String
    /// What it watches for.
    public var kind: ZoneKind
    /// Where it is.
    public var polygon: Polygon
    /// How long an object may stay before the incident opens.
    public var dwell: MediaSpan
    /// Smallest object that counts, in shares of the picture's area, 0 for any.
    public var minimumSize: Double
    /// Largest object that counts, in shares of the picture's area, 1 for any.
    public var maximumSize: Double
    /// Which part of an object must be in the zone.
    public var anchor: Anchor
    /// When the rule is in force; nil for always.
    public var schedule: WeeklySchedule?
    /// Which classes count.
    public var classes: Set<ObjectClass>
    /// How urgent an incident is.
    public var severity: Severity
    /// How long a person must be gone before the incident closes, and a thing before it may open
    /// another.
    public var rearm: MediaSpan
    /// How a line of stopped vehicles is treated.
    public var queue: QueueHandling
    /// How people at the water are treated.
    public var water: WaterHandling

    /// A rule with every setting given; `usual(_:)` has the usual ones.
    public init(
        id: ZoneID,
        name: String,
        kind: ZoneKind,
        polygon: Polygon,
        dwell: MediaSpan,
        minimumSize: Double,
        maximumSize: Double,
        anchor: Anchor,
        schedule: WeeklySchedule?,
        classes: Set<ObjectClass>,
        severity: Severity,
        rearm: MediaSpan,
        queue: QueueHandling,
        water: WaterHandling = WaterHandling()
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.polygon = polygon
        self.dwell = dwell
        self.minimumSize = minimumSize
        self.maximumSize = maximumSize
        self.anchor = anchor
        self.schedule = schedule
        self.classes = classes
        self.severity = severity
        self.rearm = rearm
        self.queue = queue
        self.water = water
    }

    /// A rule with the usual settings of its kind.
    public init(id: ZoneID, name: String? = nil, kind: ZoneKind, polygon: Polygon) {
        let usual = Self.usual(kind)
        self.init(
            id: id,
            name: name ?? id.rawValue,
            kind: kind,
            polygon: polygon,
            dwell: usual.dwell,
            minimumSize: 0,
            maximumSize: 1,
            anchor: .groundContact,
            schedule: nil,
            classes: usual.classes,
            severity: usual.severity,
            rearm: .seconds(10),
            queue: .usual(kind)
        )
    }

    /// Written with its classes in order, so that equal rules are equal bytes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(kind, forKey: .kind)
        try container.encode(polygon, forKey: .polygon)
        try container.encode(dwell, forKey: .dwell)
        try container.encode(minimumSize, forKey: .minimumSize)
        try container.encode(maximumSize, forKey: .maximumSize)
        try container.encode(anchor, forKey: .anchor)
        try container.encodeIfPresent(schedule, forKey: .schedule)
        let ordered = classes.sorted { $0.rawValue < $1.rawValue }
        try container.encode(ordered, forKey: .classes)
        try container.encode(severity, forKey: .severity)
        try container.encode(rearm, forKey: .rearm)
        try container.encode(queue, forKey: .queue)
        try container.encode(water, forKey: .water)
    }

    /// Dwell, classes and severity that a zone of this kind has unless told otherwise.
    public static func usual(
        _ kind: ZoneKind
    ) -> (dwell: MediaSpan, classes: Set<ObjectClass>, severity: Severity) {
        switch kind {
        case .noParking: (.seconds(60), [.vehicle, .twoWheeler, .unknown], .warning)
        case .fireLane: (.seconds(30), [.vehicle, .twoWheeler, .object, .unknown], .critical)
        case .roadOccupation: (.seconds(120), [.object, .twoWheeler, .unknown], .warning)
        case .waterDanger: (.seconds(2), [.person, .unknown], .critical)
        }
    }
}
