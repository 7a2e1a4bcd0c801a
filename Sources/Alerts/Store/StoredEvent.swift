internal import GRDB
public import Scene

/// One entry of the outbox.
public struct StoredEvent: Hashable, Sendable {
    /// Rises from entry to entry; never given twice, gaps allowed.
    ///
    /// A reader remembers the last one that it has dealt with.
    public let sequence: Int64
    /// The event as canonical JSON, without the line's end: what leaves the house.
    public let line: String
    /// The wall clock when it was written, where the writer said.
    public let recordedAt: Instant?
    /// When nobody needs to act on it any longer; nil for what an earlier version has kept.
    public let expiresAt: Instant?
    /// Whether it was kept later than the order should have gone out.
    public let isLate: Bool

    init(_ row: Row) {
        sequence = row["sequence"]
        line = row["body"]
        let recorded: String? = row["recordedAt"]
        recordedAt = recorded.flatMap { Instant(rfc3339: $0) }
        let expires: Int64? = row["expiresAt"]
        expiresAt = expires.map { Instant(microseconds: $0) }
        isLate = row["isLate"] ?? false
    }

    /// The event as it is handed out: the line with the CloudEvents extensions `sequence`,
    /// `recordedtime`, `expirytime` and, where it is late, `late`.
    ///
    /// It is the same whenever it is handed out.
    public var delivered: String {
        let number = String(sequence)
        let padded = String(repeating: "0", count: max(0, 20 - number.count)) + number
        var text = line.dropLast() + ",\"sequence\":\"\(padded)\""
        if let recordedAt { text += ",\"recordedtime\":\"\(recordedAt.rfc3339)\"" }
        if let expiresAt { text += ",\"expirytime\":\"\(expiresAt.rfc3339)\"" }
        if isLate { text += ",\"late\":true" }
        return text + "}"
    }

    /// The event itself.
    ///
    /// - Throws: `AlertError` with `invalidData` where the entry is damaged.
    public func event() throws(AlertError) -> QueueEvent {
        try QueueEvent(jsonLine: line)
    }
}

/// An alert or a camera's fault as its latest event tells it.
public struct MatterSummary: Hashable, Sendable {
    /// Place of the latest event in the log.
    public let sequence: Int64
    /// The latest event.
    public let latest: QueueEvent

    /// Names the alert or the health matter.
    public var matterID: String { latest.common.matter.matterID }
    /// Whether it goes on.
    public var isOpen: Bool { !latest.common.isClosed }
}

/// Which alerts and faults to list; what is nil does not matter.
public struct MatterFilter: Hashable, Sendable {
    /// The two sorts of matters.
    public enum Sort: Sendable {
        /// What happens in front of a camera.
        case alerts
        /// What is wrong with a camera.
        case health
    }

    /// Of this sort.
    public var sort: Sort?
    /// Of this camera.
    public var camera: CameraID?
    /// In the zone of this id; no fault of a camera is.
    public var zone: ZoneID?
    /// Of this kind; no fault of a camera is.
    public var kind: ZoneKind?
    /// True for those that go on, false for those that are over.
    public var isOpen: Bool?
    /// At most this many.
    public var limit: Int

    /// A filter that passes everything but what is asked for, up to `limit`.
    public init(
        sort: Sort? = nil,
        camera: CameraID? = nil,
        zone: ZoneID? = nil,
        kind: ZoneKind? = nil,
        isOpen: Bool? = nil,
        limit: Int = 100
    ) {
        self.sort = sort
        self.camera = camera
        self.zone = zone
        self.kind = kind
        self.isOpen = isOpen
        self.limit = limit
    }
}
