/// One matter in one zone: an object that breaks the zone's rule, from when that was decided until
/// it is over.
public struct Incident: Hashable, Sendable, Codable {
    /// What happened to the incident.
    public enum Phase: String, Sendable, Codable {
        /// The rule was broken just now.
        case opened
        /// It goes on, and something worth telling changed.
        case updated
        /// It is over.
        case closed
    }

    /// Numbers the camera's incidents from 1 in the order of opening.
    public var number: Int
    /// Rises by one with every event of the incident, from 1.
    public var revision: Int
    /// What happened.
    public var phase: Phase
    /// The zone whose rule is broken.
    public var zone: ZoneID
    /// The zone's kind.
    public var kind: ZoneKind
    /// How urgent it is.
    public var severity: Severity
    /// The object as last seen.
    public var object: Observation
    /// When the matter began: the object stopped, or the person entered.
    public var startedAt: MediaTime
    /// The moment of this event.
    public var time: MediaTime
    /// The deepest that the person was found; nil where the zone knows no depth.
    public var depth: WaterDepth?
    /// What makes it worse, each once and in order.
    public var reasons: [IncidentReason]
    /// When the object was last seen, where that was before this event and no longer now: the
    /// picture of that moment shows it.
    public var lastSeen: MediaTime?
    /// When the incident was opened; nil where that is not known.
    public var openedAt: MediaTime?

    /// One event of an incident.
    public init(
        number: Int,
        revision: Int,
        phase: Phase,
        zone: ZoneID,
        kind: ZoneKind,
        severity: Severity,
        object: Observation,
        startedAt: MediaTime,
        time: MediaTime,
        depth: WaterDepth? = nil,
        reasons: [IncidentReason] = [],
        lastSeen: MediaTime? = nil,
        openedAt: MediaTime? = nil
    ) {
        self.number = number
        self.revision = revision
        self.phase = phase
        self.zone = zone
        self.kind = kind
        self.severity = severity
        self.object = object
        self.startedAt = startedAt
        self.time = time
        self.depth = depth
        self.reasons = Set(reasons).sorted()
        self.lastSeen = lastSeen
        self.openedAt = openedAt ?? (phase == .opened ? time : nil)
    }

    /// How long the matter has lasted at this event.
    public var dwell: MediaSpan {
        time - startedAt
    }
}
