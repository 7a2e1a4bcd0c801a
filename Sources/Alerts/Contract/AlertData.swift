public import Scene

/// The camera that saw the matter, or that has it.
public struct AlertCamera: Hashable, Sendable, Codable {
    /// Names the camera within its site.
    public let id: CameraID
    /// What people call it.
    public let name: String
    /// Where it hangs.
    public let location: String?
    /// Where it looks.
    public let direction: String?
    /// Its number in the platform that it belongs to, such as a GB/T 28181 id.
    public let deviceID: String?

    /// A camera as the site file describes it.
    public init(
        id: CameraID,
        name: String,
        location: String? = nil,
        direction: String? = nil,
        deviceID: String? = nil
    ) {
        self.id = id
        self.name = name
        self.location = location
        self.direction = direction
        self.deviceID = deviceID
    }

    enum CodingKeys: String, CodingKey {
        case id
        case name
        case location
        case direction
        case deviceID = "deviceId"
    }
}

/// The zone whose rule is broken.
public struct AlertZone: Hashable, Sendable, Codable {
    /// Names the zone within its camera.
    public let id: ZoneID
    /// What people call it.
    public let name: String
    /// What it watches for.
    public let kind: ZoneKind
}

/// The object that breaks the rule, as last seen.
public struct AlertObject: Hashable, Sendable, Codable {
    /// What it is taken for.
    public let objectClass: ObjectClass
    /// How sure the detector is that it is a real object, 0 to 1 in hundredths.
    public let confidence: Double
    /// Where it is, cut to the picture, in ten-thousandths of its width and height.
    public let box: NormalizedBox
    /// What the site's own experience is learned from; nil where no network has looked.
    public let features: ObjectFeatures?

    enum CodingKeys: String, CodingKey {
        case objectClass = "class"
        case confidence
        case box
        case features
    }

    init(_ observation: Observation) {
        objectClass = observation.classification.objectClass
        confidence = Double(Self.scaled(observation.confidence, 100)) / 100
        let box = observation.box
        let left = Self.scaled(box.x, 10_000)
        let top = Self.scaled(box.y, 10_000)
        let right = max(left, Self.scaled(box.x + box.width, 10_000))
        let bottom = max(top, Self.scaled(box.y + box.height, 10_000))
        self.box = NormalizedBox(
            x: Double(left) / 10_000,
            y: Double(top) / 10_000,
            width: Double(right - left) / 10_000,
            height: Double(bottom - top) / 10_000
        )
        features = observation.features
    }

    /// A share as whole parts of `scale`, held between 0 and 1.
    private static func scaled(_ share: Double, _ scale: Double) -> Int {
        share.isFinite ? Int((min(max(share, 0), 1) * scale).rounded()) : 0
    }
}

/// What an alert says that stands for many others.
public struct AlertSummary: Hashable, Sendable, Codable {
    /// How many alerts it stands for.
    public internal(set) var alerts: Int
    /// The hour that they opened in: its beginning.
    public let from: Timestamp
    /// The hour's end.
    public let to: Timestamp
}

/// What the alert says: the `data` of its CloudEvents envelope.
public struct AlertData: Hashable, Sendable, Codable {
    /// The same in all events of one incident: 32 lowercase hexadecimal digits.
    public internal(set) var alertID: String
    /// Rises with every event of the incident, from 1.
    public internal(set) var revision: Int
    /// How often the queue has made the alert louder because nobody took it; present from 1 on.
    public internal(set) var escalation: Int?
    /// Present where the alert stands for many others that are not handed out by themselves.
    public internal(set) var summary: AlertSummary?
    /// What kind of rule is broken.
    public let kind: ZoneKind
    /// How urgent it is.
    public internal(set) var severity: Severity
    /// The deepest that the person was found; present where the zone knows depth.
    public let depth: WaterDepth?
    /// What makes it worse, each once and in order; present where there is anything.
    public let reasons: [IncidentReason]?
    /// The camera that saw it.
    public let camera: AlertCamera
    /// The zone whose rule is broken.
    public let zone: AlertZone
    /// The object that breaks it.
    public let object: AlertObject
    /// When the matter began, or when it was first seen where `observedSince` is present.
    public let startedAt: Timestamp
    /// When the object was first seen, present exactly when it was there before the stream began.
    public let observedSince: Timestamp?
    /// When the object was last seen, present where that was before this event: the place and the
    /// evidence are of that moment.
    public let lastSeenAt: Timestamp?
    /// When the order must have gone out; nil in lines of earlier versions, as the next two.
    public let dispatchBy: Timestamp?
    /// When somebody must be on the spot, if the order goes out at `dispatchBy`.
    public let arriveBy: Timestamp?
    /// When the report must be there, if somebody arrives at `arriveBy`.
    public let reportBy: Timestamp?
    /// What cameras that look at one place have in common.
    public let place: String?
    /// How long the matter has lasted, in seconds with milliseconds.
    public let dwellSeconds: Double
    /// Media time of this event since the stream's first frame, in seconds with milliseconds.
    public let streamSeconds: Double
    /// Media time at which the matter began, in seconds with milliseconds.
    public let startedStreamSeconds: Double
    /// How well the civil times are known.
    public let clockQuality: ClockQuality
    /// Files that prove it.
    public let evidence: [EvidenceFile]

    enum CodingKeys: String, CodingKey {
        case alertID = "alertId"
        case revision
        case escalation
        case summary
        case kind
        case severity
        case depth
        case reasons
        case camera
        case zone
        case object
        case startedAt
        case observedSince
        case lastSeenAt
        case dispatchBy
        case arriveBy
        case reportBy
        case place
        case dwellSeconds
        case streamSeconds
        case startedStreamSeconds
        case clockQuality
        case evidence
    }

    init(incident: Incident, context: AlertContext, evidence: [EvidenceFile]) {
        alertID = AlertEvent.alertID(for: incident, context: context)
        revision = incident.revision
        kind = incident.kind
        severity = incident.severity
        depth = incident.depth
        reasons = incident.reasons.isEmpty ? nil : incident.reasons
        camera = context.camera
        let zoneName = context.zoneNames[incident.zone] ?? incident.zone.rawValue
        zone = AlertZone(id: incident.zone, name: zoneName, kind: incident.kind)
        object = AlertObject(incident.object)
        startedAt = Timestamp(context.anchor.instant(at: incident.startedAt))
        let firstSeen = min(incident.object.since, incident.startedAt)
        observedSince =
            incident.object.presentAtStart
            ? Timestamp(context.anchor.instant(at: firstSeen)) : nil
        lastSeenAt = incident.lastSeen.map { Timestamp(context.anchor.instant(at: $0)) }
        let policy = context.handover
        let found = context.anchor.instant(at: incident.openedAt ?? incident.time)
        let order = found + policy.dispatchWithin
        dispatchBy = Timestamp(order)
        arriveBy = Timestamp(order + policy.arriveWithin)
        reportBy = Timestamp(order + policy.arriveWithin + policy.reportWithin)
        place = context.place
        dwellSeconds = Self.milliseconds(incident.dwell.microseconds)
        streamSeconds = Self.milliseconds(incident.time.microseconds)
        startedStreamSeconds = Self.milliseconds(incident.startedAt.microseconds)
        clockQuality = context.anchor.quality
        self.evidence = evidence
    }

    /// Seconds rounded half away from zero to whole milliseconds.
    static func milliseconds(_ microseconds: Int64) -> Double {
        let half: Int64 = microseconds < 0 ? -500 : 500
        return Double((microseconds + half) / 1000) / 1000
    }
}
