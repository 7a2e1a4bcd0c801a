public import Scene

/// What a detector is told of its camera.
public struct DetectorOptions: Hashable, Sendable, Codable {
    /// A zone whose people must be seen.
    public struct Zone: Hashable, Sendable, Codable {
        /// Names it.
        public var id: ZoneID
        /// Where it is.
        public var polygon: Polygon

        /// Whether the learned stage looks at what is in it before all else.
        public var isUrgent: Bool

        /// Whether the learned stage looks for vehicles that have become background in it.
        public var holdsVehicles: Bool

        /// The part of it that is water by the operator's word; nil where that was not drawn.
        ///
        /// The rest is dry ground.
        public var water: Polygon?

        /// A zone by name and place.
        public init(
            id: ZoneID,
            polygon: Polygon,
            isUrgent: Bool = false,
            holdsVehicles: Bool = false,
            water: Polygon? = nil
        ) {
            self.id = id
            self.polygon = polygon
            self.isUrgent = isUrgent
            self.holdsVehicles = holdsVehicles
            self.water = water
        }
    }

    /// How tall people look, where the operator measured it; nil to learn it from those who pass.
    public var scale: PersonScale?
    /// Zones that may need a finer picture than the whole frame's.
    public var zones: [Zone]
    /// Whether to go on by itself with the new view a minute after the camera was moved; else it
    /// waits for the old one.
    public var relearnsWhenMoved: Bool
    /// How many looks a second the learned stage may take in this camera's pictures.
    public var looksPerSecond: Double
    /// The constants.
    public var tuning: DetectorTuning

    /// A camera of which nothing is known but what is given.
    public init(
        scale: PersonScale? = nil,
        zones: [Zone] = [],
        relearnsWhenMoved: Bool = false,
        looksPerSecond: Double = 4,
        tuning: DetectorTuning = DetectorTuning()
    ) {
        self.scale = scale
        self.zones = zones
        self.relearnsWhenMoved = relearnsWhenMoved
        self.looksPerSecond = looksPerSecond
        self.tuning = tuning
    }
}
