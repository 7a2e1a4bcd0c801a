public import Scene

/// One event of a camera's health, as the world outside sees it: a CloudEvents 1.0 object of
/// contract version 1 (`docs/alerts.md`, `docs/alert.schema.json`).
///
/// As `AlertEvent`, it holds nothing of the wall clock, and `source` and `id` together name it.
public struct HealthEvent: Hashable, Sendable, Codable {
    /// What happened to the matter.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A fault was told for the first time.
        case opened = "smartpatrol.health.opened.v1"
        /// It is there no longer.
        case closed = "smartpatrol.health.closed.v1"

        init(_ phase: HealthMatter.Phase) {
            self =
                switch phase {
                case .opened: .opened
                case .closed: .closed
                }
        }
    }

    /// Every type of a health event begins so, and no other does.
    static let typePrefix = "smartpatrol.health."
    /// Names the schema of `data`.
    public static let dataSchema = "urn:smartpatrol:alert:v1#health"

    /// Version of CloudEvents: 1.0.
    public let specversion: String
    /// Unique within `source`: the matter's id, a dot and the revision.
    public let id: String
    /// Names site and camera: `/sites/<site>/cameras/<camera>`, percent-encoded.
    public let source: String
    /// What happened to the matter.
    public let type: Kind
    /// When it happened, in civil time.
    public let time: Timestamp
    /// Media type of `data`: application/json.
    public let datacontenttype: String
    /// Names the schema of `data`.
    public let dataschema: String
    /// The fault's name.
    public let subject: String
    /// What is wrong.
    public let data: HealthData

    /// The event that tells of a health matter; seconds are rounded to milliseconds.
    public init(matter: HealthMatter, context: AlertContext, evidence: [EvidenceFile]) {
        data = HealthData(matter: matter, context: context, evidence: evidence)
        specversion = "1.0"
        id = "\(data.healthID).\(data.revision)"
        source = context.source
        type = Kind(matter.phase)
        time = Timestamp(context.anchor.instant(at: matter.time))
        datacontenttype = "application/json"
        dataschema = Self.dataSchema
        subject = matter.fault.rawValue
    }

    /// The name of a health matter: the first 16 bytes of SHA-256 over site, camera, stream, fault,
    /// start and number, as 32 lowercase hexadecimal digits.
    public static func healthID(for matter: HealthMatter, context: AlertContext) -> String {
        var hash = SHA256()
        hash.update(field: "smartpatrol.health.v1")
        hash.update(field: context.site)
        hash.update(field: context.camera.id.rawValue)
        hash.update(field: context.stream.rawValue)
        hash.update(field: matter.fault.rawValue)
        hash.update(number: matter.startedAt.microseconds)
        hash.update(number: Int64(matter.number))
        return Digest.hexadecimal(hash.finish().prefix(16))
    }
}

/// What is wrong with a camera: the `data` of its CloudEvents envelope.
public struct HealthData: Hashable, Sendable, Codable {
    /// The same in both events of one matter: 32 lowercase hexadecimal digits.
    public let healthID: String
    /// Rises with every event of the matter, from 1.
    public let revision: Int
    /// What is wrong with the picture.
    public let fault: CameraFault
    /// How urgent it is.
    public let severity: Severity
    /// The camera that has the fault.
    public let camera: AlertCamera
    /// Whether the camera's zones decide nothing from this event on.
    public let zonesSuspended: Bool
    /// When the fault began.
    public let startedAt: Timestamp
    /// How long the fault has lasted, in seconds with milliseconds.
    public let durationSeconds: Double
    /// Media time of this event since the stream's first frame, in seconds with milliseconds.
    public let streamSeconds: Double
    /// Media time at which the fault began, in seconds with milliseconds.
    public let startedStreamSeconds: Double
    /// How well the civil times are known.
    public let clockQuality: ClockQuality
    /// Files that prove it.
    public let evidence: [EvidenceFile]

    enum CodingKeys: String, CodingKey {
        case healthID = "healthId"
        case revision
        case fault
        case severity
        case camera
        case zonesSuspended
        case startedAt
        case durationSeconds
        case streamSeconds
        case startedStreamSeconds
        case clockQuality
        case evidence
    }

    init(matter: HealthMatter, context: AlertContext, evidence: [EvidenceFile]) {
        healthID = HealthEvent.healthID(for: matter, context: context)
        revision = matter.revision
        fault = matter.fault
        severity = matter.severity
        camera = context.camera
        zonesSuspended = matter.suspendsZones
        startedAt = Timestamp(context.anchor.instant(at: matter.startedAt))
        durationSeconds = AlertData.milliseconds(matter.duration.microseconds)
        streamSeconds = AlertData.milliseconds(matter.time.microseconds)
        startedStreamSeconds = AlertData.milliseconds(matter.startedAt.microseconds)
        clockQuality = context.anchor.quality
        self.evidence = evidence
    }
}
