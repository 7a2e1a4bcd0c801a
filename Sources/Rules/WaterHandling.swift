public import Scene

/// How people at the water are treated, beyond what holds for every zone.
public struct WaterHandling: Hashable, Sendable, Codable {
    /// How long somebody may be at one depth, and how urgent it is after that.
    public struct Level: Hashable, Sendable, Codable {
        /// How long somebody may be there.
        public var dwell: MediaSpan
        /// How urgent it is.
        public var severity: Severity

        /// A level by its dwell time and severity.
        public init(dwell: MediaSpan, severity: Severity) {
            self.dwell = dwell
            self.severity = severity
        }
    }

    /// Where the edge is.
    public enum Edge: Hashable, Sendable, Codable {
        /// The zone has none.
        case none
        /// A part of the zone.
        case area(Polygon)
        /// What is that near to the waterline, in body heights.
        case band(along: [NormalizedPoint], bodyHeights: Double)
    }

    /// Where edge and water are, and what holds there.
    public struct Depths: Hashable, Sendable, Codable {
        /// Where the edge is.
        public var edgePlace: Edge
        /// What holds at the edge.
        public var edge: Level
        /// Where the water is; nil where the zone has none.
        public var waterPlace: Polygon?
        /// What holds in the water.
        public var water: Level

        /// Edge and water, with critical after a second unless told otherwise.
        public init(
            edgePlace: Edge = .none,
            edge: Level = Self.usual,
            waterPlace: Polygon? = nil,
            water: Level = Self.usual
        ) {
            self.edgePlace = edgePlace
            self.edge = edge
            self.waterPlace = waterPlace
            self.water = water
        }

        /// Critical after a second.
        public static let usual = Level(dwell: .seconds(1), severity: .critical)
        /// Width of the edge along a waterline, in body heights.
        public static let usualWidth = 0.6
    }

    /// What makes many people at once an incident of its own.
    public struct Crowd: Hashable, Sendable, Codable {
        /// From how many on.
        public var count: Int
        /// For how long so many have to be there.
        public var dwell: MediaSpan

        /// A crowd of at least `count` people for `dwell`.
        public init(count: Int, dwell: MediaSpan) {
            self.count = count
            self.dwell = dwell
        }

        /// How long a crowd has to last unless told otherwise.
        public static let usualDwell = MediaSpan.seconds(10)
    }

    /// A part of the zone where people may be.
    public struct Permitted: Hashable, Sendable, Codable {
        /// What people call it.
        public var name: String
        /// Where it is.
        public var polygon: Polygon
        /// When they may; nil for always.
        public var schedule: WeeklySchedule?

        /// A part where people may be, at certain hours or always.
        public init(name: String, polygon: Polygon, schedule: WeeklySchedule? = nil) {
            self.name = name
            self.polygon = polygon
            self.schedule = schedule
        }
    }

    /// Edge and water; nil where the zone is all one.
    public var depths: Depths?
    /// How long somebody is there before that makes it worse.
    public var staying: MediaSpan
    /// How long somebody who was in the water is not seen before that is an emergency.
    public var vanishAfter: MediaSpan
    /// The same for somebody who may be behind something, beyond the picture's edge or in a group.
    public var vanishHiddenAfter: MediaSpan
    /// How long such an incident stays open where nobody comes out of the water.
    public var vanishedHold: MediaSpan
    /// What makes many people at once an incident; nil for nothing.
    public var crowd: Crowd?
    /// Times at which other dwell times and severities hold; the first in force counts.
    public var periods: [WaterPeriod]
    /// Parts of the zone where people may be.
    public var permitted: [Permitted]

    /// A handling with every setting given or usual.
    public init(
        depths: Depths? = nil,
        staying: MediaSpan = .seconds(30),
        vanishAfter: MediaSpan = .seconds(4),
        vanishHiddenAfter: MediaSpan = .seconds(30),
        vanishedHold: MediaSpan = .seconds(600),
        crowd: Crowd? = nil,
        periods: [WaterPeriod] = [],
        permitted: [Permitted] = []
    ) {
        self.depths = depths
        self.staying = staying
        self.vanishAfter = vanishAfter
        self.vanishHiddenAfter = vanishHiddenAfter
        self.vanishedHold = vanishedHold
        self.crowd = crowd
        self.periods = periods
        self.permitted = permitted
    }
}
