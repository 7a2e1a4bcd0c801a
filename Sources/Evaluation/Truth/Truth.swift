public import Scene

/// What really happens in a clip, and what is watched for in it: the content of a `truth.json`.
///
/// Times are presentation timestamps in seconds from the start of the clip; places are pixels of
/// the video.
public struct Truth: Hashable, Sendable {
    /// A place that is watched.
    public struct Zone: Hashable, Sendable {
        /// Names the zone within the clip.
        public var id: String
        /// What it watches for, as `ZoneKind` writes it.
        public var kind: String
        /// Corners as (x, y) in pixels, at least three.
        public var polygon: [Corner]
        /// Seconds that an object may stay; nil where the file does not say.
        public var dwell: Double?
        /// Where land and water meet, in pixels; empty where the zone has no depth.
        public var waterline: [Corner]
        /// Any place in the water, in pixels; nil where the zone has no depth.
        public var water: Corner?

        /// A zone from its id, its kind, its corners in pixels and its dwell time in seconds.
        public init(
            id: String,
            kind: String,
            polygon: [Corner],
            dwell: Double?,
            waterline: [Corner] = [],
            water: Corner? = nil
        ) {
            self.id = id
            self.kind = kind
            self.polygon = polygon
            self.dwell = dwell
            self.waterline = waterline
            self.water = water
        }
    }

    /// A corner of a zone in pixels.
    public struct Corner: Hashable, Sendable {
        /// Pixels from the left edge of the picture.
        public var x: Double
        /// Pixels from the top edge of the picture.
        public var y: Double

        /// A corner at that many pixels from the left and from the top.
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Something that must be alerted, or, among `ignore`, that may be.
    public struct Event: Hashable, Sendable {
        /// Id of the zone it happens in.
        public var zone: String
        /// Kind of alert that it calls for.
        public var kind: String
        /// When it begins: the object stops, goods are put down, a foot point enters.
        public var start: Double
        /// When it ends: the object leaves, or the clip does.
        public var end: Double
        /// Where it is in pixels; nil for anywhere in the zone.
        public var box: ImageBox?
        /// For a moving object, the only time at which `box` is true.
        public var boxTime: Double?
        /// When somebody in the water goes under for good, in seconds; nil for nobody.
        public var vanishes: Double?
        /// What a person saw there.
        public var note: String?

        /// An event in a zone from its start to its end, in seconds.
        public init(
            zone: String,
            kind: String,
            start: Double,
            end: Double,
            box: ImageBox? = nil,
            boxTime: Double? = nil,
            vanishes: Double? = nil,
            note: String? = nil
        ) {
            self.zone = zone
            self.kind = kind
            self.start = start
            self.end = end
            self.box = box
            self.boxTime = boxTime
            self.vanishes = vanishes
            self.note = note
        }
    }

    /// File name of the video, relative to the folder of the `truth.json`.
    public var video: String
    /// Width of the video in pixels.
    public var width: Int
    /// Height of the video in pixels.
    public var height: Int
    /// Nominal frames a second, nil where the file does not say.
    public var framesPerSecond: Double?
    /// Length of the clip in seconds.
    public var duration: Double
    /// Whether the clip runs faster than life.
    public var isTimelapse: Bool
    /// The places that are watched.
    public var zones: [Zone]
    /// What must be alerted.
    public var events: [Event]
    /// Where an alert counts neither way.
    public var ignore: [Event]
    /// How tall people look there; nil where nobody measured it.
    public var scale: PersonScale?

    /// The truth of one clip.
    public init(
        video: String,
        width: Int,
        height: Int,
        framesPerSecond: Double? = nil,
        duration: Double,
        isTimelapse: Bool = false,
        zones: [Zone],
        events: [Event],
        ignore: [Event] = [],
        scale: PersonScale? = nil
    ) {
        self.video = video
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.duration = duration
        self.isTimelapse = isTimelapse
        self.zones = zones
        self.events = events
        self.ignore = ignore
        self.scale = scale
    }
}
