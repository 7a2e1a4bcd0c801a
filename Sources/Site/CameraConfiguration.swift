public import Rules
public import Scene

/// Where a camera stands.
public struct Location: Hashable, Sendable {
    /// Degrees north, -90 to 90 (WGS 84); given together with `longitude`.
    public var latitude: Double?
    /// Degrees east, -180 to 180 (WGS 84).
    public var longitude: Double?
    /// What people call the place.
    public var place: String?

    /// A location by coordinates, by name, or both.
    public init(latitude: Double? = nil, longitude: Double? = nil, place: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.place = place
    }
}

/// One camera of a site: where its pictures come from, and the zones in them.
public struct CameraConfiguration: Sendable {
    /// What happens to the zones of a camera that looks elsewhere than they were drawn for.
    public enum WhenMoved: String, Sendable, CaseIterable {
        /// They stay suspended until somebody confirms them.
        case suspend
        /// They go on with the new view after a minute.
        case relearn
    }

    /// Names the camera within its site.
    public var id: CameraID
    /// What people call it.
    public var name: String
    /// Where its pictures come from; nil for a camera that only recordings are scored for.
    public var source: SourceAddress?
    /// Civil time of a recording's first frame, where it is known better than the file knows it.
    public var startTime: Instant?
    /// Where it stands.
    public var location: Location?
    /// Where it looks, in degrees clockwise from north, 0 to 360.
    public var direction: Double?
    /// Its 20 digits in the video platform (GB/T 28181).
    public var deviceID: String?
    /// Pictures analysed in a second of the stream's time, 1 to 25.
    public var analysisRate: Double
    /// How tall people look in its picture; nil where it was not measured.
    public var scale: PersonScale?
    /// What happens to its zones when it looks elsewhere.
    public var whenMoved: WhenMoved
    /// How many looks a second the network may take at its pictures.
    public var looksPerSecond: Double
    /// The rules, in the order of the site file.
    public var zones: [ZoneRule]

    /// Pictures analysed in a second unless the site file tells otherwise.
    public static let usualAnalysisRate = 5.0

    /// A camera; what is not given is not known, or usual.
    public init(
        id: CameraID,
        name: String,
        source: SourceAddress? = nil,
        startTime: Instant? = nil,
        location: Location? = nil,
        direction: Double? = nil,
        deviceID: String? = nil,
        analysisRate: Double = Self.usualAnalysisRate,
        scale: PersonScale? = nil,
        whenMoved: WhenMoved = .suspend,
        looksPerSecond: Double = LookLimits().perCamera,
        zones: [ZoneRule]
    ) {
        self.id = id
        self.name = name
        self.source = source
        self.startTime = startTime
        self.location = location
        self.direction = direction
        self.deviceID = deviceID
        self.analysisRate = analysisRate
        self.scale = scale
        self.whenMoved = whenMoved
        self.looksPerSecond = looksPerSecond
        self.zones = zones
    }
}
