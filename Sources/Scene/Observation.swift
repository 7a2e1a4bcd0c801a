/// What an object is taken for.
public enum ObjectClass: String, Sendable, Codable, CaseIterable {
    /// A person.
    case person
    /// A car, van, lorry or bus.
    case vehicle
    /// A bicycle, motorcycle, moped or tricycle.
    case twoWheeler = "two_wheeler"
    /// A thing that stands: goods, a stall, rubbish.
    case object
    /// An animal.
    case animal
    /// A boat or another thing that floats.
    case boat
    /// Not told.
    case unknown
}

/// A class with how sure the classifier is of it.
public struct Classification: Hashable, Sendable, Codable {
    /// The likeliest class.
    public var objectClass: ObjectClass
    /// 0 to 1, rounded to a hundredth so that it is the same on every machine.
    public var confidence: Double

    /// A class and a confidence, which is rounded to a hundredth.
    public init(_ objectClass: ObjectClass, confidence: Double) {
        self.objectClass = objectClass
        self.confidence = (confidence * 100).rounded() / 100
    }
}

/// How an observed object behaves.
public enum Mobility: String, Sendable, Codable {
    /// It moves, or has moved within the last seconds.
    case moving
    /// It stands; its `since` is when it stopped.
    case `static`
}

/// One object as the detector sees it at one moment.
public struct Observation: Hashable, Sendable, Codable {
    /// Stays with the object for as long as it is followed.
    public var id: ObjectID
    /// Whether it moves or stands.
    public var mobility: Mobility
    /// Where it is, in shares of the picture.
    public var box: NormalizedBox
    /// When it stopped (static) or was first seen (moving).
    public var since: MediaTime
    /// Whether it may have been there before the stream began, so that `since` is only a bound.
    public var presentAtStart: Bool
    /// Whether it is seen now, and not only remembered behind something or between frames.
    public var isVisible: Bool
    /// What it is taken for.
    public var classification: Classification
    /// How sure the detector is that this is a real object and not light, noise or a ghost, 0 to 1
    /// in hundredths.
    public var confidence: Double
    /// Path length over displacement since it was first seen: near 1 for a straight walk.
    ///
    /// Nil for what stands.
    public var tortuosity: Double?
    /// Speed in body heights a second, nil for what stands.
    public var bodyLengthsPerSecond: Double?
    /// What a site's own experience is learned from; nil where no network has looked.
    public var features: ObjectFeatures?

    /// One object at one moment.
    public init(
        id: ObjectID,
        mobility: Mobility,
        box: NormalizedBox,
        since: MediaTime,
        presentAtStart: Bool = false,
        isVisible: Bool = true,
        classification: Classification,
        confidence: Double = 1,
        tortuosity: Double? = nil,
        bodyLengthsPerSecond: Double? = nil,
        features: ObjectFeatures? = nil
    ) {
        self.id = id
        self.mobility = mobility
        self.box = box
        self.since = since
        self.presentAtStart = presentAtStart
        self.isVisible = isVisible
        self.classification = classification
        self.confidence = (confidence * 100).rounded() / 100
        self.tortuosity = tortuosity
        self.bodyLengthsPerSecond = bodyLengthsPerSecond
        self.features = features
    }
}

/// What one zone shows on a finer scale than the whole picture.
public struct ZoneView: Hashable, Sendable, Codable {
    /// The zone, which is judged by these objects alone.
    public var zone: ZoneID
    /// Objects in order of their ids, in shares of the whole picture.
    public var objects: [Observation]
    /// Whether this view allows no honest decision now.
    public var isBlind: Bool

    /// What a zone shows.
    public init(zone: ZoneID, objects: [Observation], isBlind: Bool = false) {
        self.zone = zone
        self.objects = objects
        self.isBlind = isBlind
    }
}

/// Everything the detector reports of one analysed frame.
public struct FrameObservations: Hashable, Sendable, Codable {
    /// The frame's time on the stream's clock.
    public var time: MediaTime
    /// Objects in order of their ids.
    public var objects: [Observation]
    /// Whether the picture allows no honest decision now (start of the stream, a switch of mode):
    /// clocks keep running, nothing new is decided.
    public var isBlind: Bool
    /// Whether it is dark where the camera looks: night, lamps or infra-red light.
    public var isDark: Bool
    /// What is wrong with the picture, in order of the faults.
    public var faults: [ActiveFault]
    /// Zones that are looked at more closely; every other zone is judged by `objects`.
    public var closeViews: [ZoneView]

    /// The objects of one frame.
    public init(
        time: MediaTime,
        objects: [Observation],
        isBlind: Bool = false,
        isDark: Bool = false,
        faults: [ActiveFault] = [],
        closeViews: [ZoneView] = []
    ) {
        self.time = time
        self.objects = objects
        self.isBlind = isBlind
        self.isDark = isDark
        self.faults = faults
        self.closeViews = closeViews
    }
}
