public import Scene

/// How a zone's rule treats a line of stopped vehicles, at a red light or in a jam.
public struct QueueHandling: Hashable, Sendable, Codable {
    /// Where lines are looked for.
    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// Where the rule has seen that the zone lies in a traffic lane.
        case automatic
        /// Always.
        case on
        /// Never: what stands longer than the dwell time is reported whatever stands beside it.
        case off
    }

    /// Where lines are looked for.
    public var mode: Mode
    /// How much longer than the dwell time an object may stand while it stands in a line.
    public var patience: MediaSpan

    /// The red phase of a long signal cycle.
    public static let usualPatience = MediaSpan.seconds(120)

    /// Handling in that mode, with a limit to how long a line delays an alert.
    public init(_ mode: Mode, patience: MediaSpan = Self.usualPatience) {
        self.mode = mode
        self.patience = patience
    }

    /// What a zone of this kind has unless told otherwise: `automatic` where vehicles must not
    /// stand, `off` elsewhere.
    public static func usual(_ kind: ZoneKind) -> QueueHandling {
        QueueHandling(concerns(kind) ? .automatic : .off)
    }

    /// Whether zones of this kind know lines at all; the others treat every mode as `off`.
    public static func concerns(_ kind: ZoneKind) -> Bool {
        switch kind {
        case .noParking, .fireLane: true
        case .roadOccupation, .waterDanger: false
        }
    }
}
