/// One fault of a camera's picture, from when it was first told until it is over.
///
/// The counterpart of `Incident` for what is wrong with the camera and not in front of it.
public struct HealthMatter: Hashable, Sendable, Codable {
    /// What happened to the matter.
    public enum Phase: String, Sendable, Codable {
        /// The fault was told for the first time.
        case opened
        /// It is there no longer.
        case closed
    }

    /// Numbers the camera's health matters from 1 in the order of opening.
    public var number: Int
    /// Rises by one with every event of the matter, from 1.
    public var revision: Int
    /// What happened.
    public var phase: Phase
    /// What is wrong with the picture.
    public var fault: CameraFault
    /// How urgent it is.
    public var severity: Severity
    /// When the fault began.
    public var startedAt: MediaTime
    /// The moment of this event.
    public var time: MediaTime

    /// One event of a health matter.
    public init(
        number: Int,
        revision: Int,
        phase: Phase,
        fault: CameraFault,
        severity: Severity,
        startedAt: MediaTime,
        time: MediaTime
    ) {
        self.number = number
        self.revision = revision
        self.phase = phase
        self.fault = fault
        self.severity = severity
        self.startedAt = startedAt
        self.time = time
    }

    /// How long the fault has lasted at this event.
    public var duration: MediaSpan {
        time - startedAt
    }

    /// Whether the camera's zones decide nothing from this event on until the next.
    public var suspendsZones: Bool {
        fault == .moved && phase == .opened
    }
}
