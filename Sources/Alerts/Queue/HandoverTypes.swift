public import Scene

/// Where an alert stands on its way from the queue to a report.
public enum HandoverState: String, Sendable, Codable, CaseIterable {
    /// A camera's fault, which is told and not handed out.
    case noted
    /// It waits for a consumer.
    case pending
    /// A consumer holds it until its lease ends.
    case claimed
    /// The order has gone out.
    case acknowledged
    /// Somebody is on the spot.
    case arrived
    /// What it came to is known.
    case reported
    /// Nobody took it in time.
    case expired
    /// It was claimed too often without being acknowledged.
    case dead
    /// Another alert stands for it.
    case covered
}

/// What a dispatcher made of an alert.
public enum Verdict: String, Sendable, Codable, CaseIterable {
    /// It was so.
    case confirmed
    /// There was nothing.
    case `false`
    /// Another alert tells of the same.
    case duplicate
    /// It is not for this team.
    case outOfScope = "out_of_scope"
}

/// When an event went through the stages before it was kept, by the wall clock.
public struct EventStages: Hashable, Sendable {
    /// When the frame came that it was decided on.
    public var frame: Instant?
    /// When it was decided.
    public var decided: Instant?

    /// What is not known is nil.
    public init(frame: Instant? = nil, decided: Instant? = nil) {
        self.frame = frame
        self.decided = decided
    }
}

/// When an event was on the disk.
public struct DurableTime: Hashable, Sendable {
    /// The event's source.
    public let source: String
    /// The event's id.
    public let id: String
    /// When its commit had come back.
    public let at: Instant

    /// A time at which an event was on the disk.
    public init(of event: any ContractEvent, at: Instant) {
        source = event.source
        id = event.id
        self.at = at
    }
}

/// Something that happened to an alert on its way.
public struct Transition: Hashable, Sendable {
    /// What happens.
    public enum Kind: String, Sendable, CaseIterable {
        /// A consumer took it.
        case claimed
        /// The lease was prolonged.
        case extended
        /// The consumer gave it back.
        case released
        /// The lease ended without a word.
        case lapsed
        /// It was put aside after too many claims.
        case dead
        /// Somebody put it back into the queue.
        case retried
        /// The order went out.
        case acknowledged
        /// Somebody is on the spot.
        case arrived
        /// A verdict came, perhaps not the first.
        case reported
        /// Nobody took it in time, and it was told again.
        case escalated
        /// Nobody took it at all.
        case expired
        /// Another alert stands for it.
        case covered
        /// It became more urgent than the one that stood for it.
        case uncovered
    }

    /// Rises from transition to transition.
    public let number: Int64
    /// Whose transition it is.
    public let alertID: String
    /// What happened.
    public let kind: Kind
    /// When it happened.
    public let at: Instant
    /// Who did it; `queue` where nobody did.
    public let by: String
    /// What else is to be said.
    public let detail: String?
}

/// An alert in the hand of a consumer.
public struct ClaimedAlert: Hashable, Sendable {
    /// Names the claim: give it back with every call about it.
    public let claimID: String
    /// Who holds it.
    public let consumer: String
    /// Until when.
    public let leaseUntil: Instant
    /// Which claim of the alert it is, from 1.
    public let attempt: Int
    /// Names the alert.
    public let alertID: String
    /// How urgent it is: the highest that any of its events told.
    public let severity: Severity
    /// Its latest event.
    public let event: StoredEvent
}

/// How an alert stands, and how it came there.
public struct HandoverRecord: Hashable, Sendable {
    /// Names the alert.
    public let alertID: String
    /// Where it stands.
    public let state: HandoverState
    /// The highest that any of its events told.
    public let severity: Severity
    /// When the order must have gone out.
    public let dispatchBy: Instant
    /// When somebody must be on the spot: once the order has gone out, counted from then.
    public let arriveBy: Instant
    /// When the report must be there: once somebody has arrived, counted from then.
    public let reportBy: Instant
    /// When it is no longer handed out.
    public let expiresAt: Instant
    /// How often it was made louder.
    public let escalation: Int
    /// How many others it stands for.
    public let covers: Int
    /// The alert that stands for it.
    public let coveredBy: String?
    /// The claim that is in force.
    public let claim: LiveClaim?
    /// What the dispatchers made of it.
    public let report: VerdictReport?
    /// What happened, in order.
    public let transitions: [Transition]
}

/// A claim that is in force.
public struct LiveClaim: Hashable, Sendable {
    /// Names the claim.
    public let id: String
    /// Who holds it.
    public let consumer: String
    /// Until when.
    public let leaseUntil: Instant
}

/// A verdict with its words.
public struct VerdictReport: Hashable, Sendable {
    /// What was found.
    public let verdict: Verdict
    /// In words.
    public let text: String?
    /// Who says so.
    public let by: String
    /// When it was said.
    public let at: Instant
}

/// Which alerts a consumer takes; what is nil does not matter.
public struct ClaimFilter: Hashable, Sendable {
    /// Of this camera.
    public var camera: CameraID?
    /// Of zones of this kind.
    public var kind: ZoneKind?
    /// At least so urgent.
    public var severity: Severity?

    /// A filter that passes everything but what is asked for.
    public init(camera: CameraID? = nil, kind: ZoneKind? = nil, severity: Severity? = nil) {
        self.camera = camera
        self.kind = kind
        self.severity = severity
    }
}

/// How far a reader of the log has come.
public struct LogCursor: Hashable, Sendable {
    /// The two sorts of readers.
    public enum Kind: String, Sendable, CaseIterable {
        /// Fetches the events.
        case consumer
        /// Is sent the events.
        case sink
    }

    /// Names the reader.
    public let name: String
    /// Its sort.
    public let kind: Kind
    /// It has dealt with everything up to this event.
    public let sequence: Int64
    /// When it last moved.
    public let movedAt: Instant
    /// How many events lie before it.
    public let behind: Int
}

/// What is counted over the whole life of a queue.
public enum QueueCounter: String, Sendable, CaseIterable {
    /// Bytes that the queue is reckoned to hold now.
    case bytes
    /// Events that were kept later than the order should have gone out.
    case late
    /// Events of alerts that nobody took in time.
    case escalated
    /// Leases that ended without a word.
    case lapsed
    /// Alerts that were claimed too often.
    case dead
    /// Alerts that nobody took at all.
    case expired
    /// Alerts that another one stands for.
    case covered
    /// Events that were removed to stay within the bounds.
    case evictedEvents
}

/// What the turn of the clock did to a queue.
public struct QueueTick: Hashable, Sendable {
    /// Events that the queue itself has told.
    public internal(set) var published: [QueueEvent] = []
    /// Leases that ended.
    public internal(set) var lapsed = 0
    /// Alerts that nobody took at all.
    public internal(set) var expired = 0
    /// Alerts and faults that were removed.
    public internal(set) var evicted = 0
}
