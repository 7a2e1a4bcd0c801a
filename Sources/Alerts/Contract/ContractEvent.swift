public import Scene

/// What every event of the contract has, whether it tells of an alert or of a camera's health.
public protocol ContractEvent: Sendable {
    /// Unique within `source`: the matter's id, a dot and the revision.
    var id: String { get }
    /// Names site and camera: `/sites/<site>/cameras/<camera>`, percent-encoded.
    var source: String { get }
    /// The CloudEvents type, such as `smartpatrol.alert.opened.v1`.
    var typeName: String { get }
    /// Whether the matter is over.
    var isClosed: Bool { get }
    /// When it happened, in civil time.
    var time: Timestamp { get }
    /// What it says of the matter.
    var matter: any MatterData { get }

    /// The event as canonical JSON on one line, without the line's end.
    ///
    /// Keys come in a fixed order, numbers in plain decimals; equal events give equal bytes.
    func jsonLine() -> String
}

/// What the `data` of every event has.
public protocol MatterData: Sendable {
    /// The same in all events of one matter: 32 lowercase hexadecimal digits.
    var matterID: String { get }
    /// Rises with every event of the matter, from 1.
    var revision: Int { get }
    /// What the matter is about: the kind of the zone, or the fault of the picture.
    var topic: String { get }
    /// How urgent it is.
    var severity: Severity { get }
    /// The camera that saw it, or that has it.
    var camera: AlertCamera { get }
    /// The zone whose rule is broken; nil where the matter is the camera itself.
    var zoneID: ZoneID? { get }
    /// When the matter began.
    var startedAt: Timestamp { get }
    /// Media time at which the matter began, in seconds with milliseconds.
    var startedStreamSeconds: Double { get }
    /// Media time of this event since the stream's first frame, in seconds with milliseconds.
    var streamSeconds: Double { get }
    /// How long the matter has lasted, in seconds with milliseconds.
    var lastedSeconds: Double { get }
    /// How well the civil times are known.
    var clockQuality: ClockQuality { get }
    /// Files that prove it.
    var evidence: [EvidenceFile] { get }
}

extension AlertEvent: ContractEvent {
    /// The CloudEvents type.
    public var typeName: String { type.rawValue }
    /// Whether the alert is over.
    public var isClosed: Bool { type == .closed }
    /// What the alert says.
    public var matter: any MatterData { data }
}

extension AlertData: MatterData {
    /// Names the alert.
    public var matterID: String { alertID }
    /// The kind of the zone.
    public var topic: String { kind.rawValue }
    /// The zone whose rule is broken.
    public var zoneID: ZoneID? { zone.id }
    /// The dwell.
    public var lastedSeconds: Double { dwellSeconds }
}

extension HealthEvent: ContractEvent {
    /// The CloudEvents type.
    public var typeName: String { type.rawValue }
    /// Whether the fault is gone.
    public var isClosed: Bool { type == .closed }
    /// What is wrong.
    public var matter: any MatterData { data }
}

extension HealthData: MatterData {
    /// Names the health matter.
    public var matterID: String { healthID }
    /// The fault.
    public var topic: String { fault.rawValue }
    /// None: the matter is the camera.
    public var zoneID: ZoneID? { nil }
    /// How long the fault has lasted.
    public var lastedSeconds: Double { durationSeconds }
}
