public import Rules
public import Scene

/// The health of one camera: the faults of successive frames go in, health matters come out.
///
/// A value without clock or I/O: the same frames give the same matters, and a copy that was encoded
/// in mid-stream goes on as the original would. The detector has decided already that a fault is
/// there; here every one that it names opens a matter at once, and every one that it names no
/// longer is closed.
public struct HealthWatch: Hashable, Sendable, Codable {
    /// The last event of every open matter, in order of the faults.
    public private(set) var openMatters: [HealthMatter] = []
    private var opened = 0
    private var lastTime: MediaTime?
    private let isVital: Bool

    /// The health of a camera with these zones, of which nothing has been seen yet.
    public init(zones: [ZoneRule]) {
        isVital = zones.contains { $0.kind == .waterDanger || $0.severity == .critical }
    }

    /// How urgent a fault is.
    ///
    /// Frozen, black, blocked and moved pictures leave nothing to watch: critical where a zone of
    /// the camera watches water or is critical itself, for whoever drowns there is not seen. A torn
    /// or blurred picture still shows something, and warns, as does one that is merely degraded,
    /// and every fault of other cameras.
    public func severity(of fault: CameraFault) -> Severity {
        switch fault {
        case .frozen, .black, .blocked, .moved: isVital ? .critical : .warning
        case .torn, .blurred, .tooDark, .tooWet, .tooFar, .waterline: .warning
        }
    }

    /// Takes in one frame.
    ///
    /// Frames come in rising time; one that is not later than the last is ignored.
    ///
    /// - Parameter frame: What the detector reports.
    /// - Returns: What closed in this frame, then what opened, each in order of the faults.
    public mutating func step(_ frame: FrameObservations) -> [HealthMatter] {
        if let lastTime, frame.time <= lastTime { return [] }
        lastTime = frame.time
        let present = Set(frame.faults.map(\.fault))
        var events: [HealthMatter] = []
        for matter in openMatters where !present.contains(matter.fault) {
            var closing = matter
            closing.revision += 1
            closing.phase = .closed
            closing.time = frame.time
            events.append(closing)
        }
        openMatters.removeAll { !present.contains($0.fault) }
        for active in frame.faults.sorted(by: { $0.fault < $1.fault })
        where !openMatters.contains(where: { $0.fault == active.fault }) {
            let opening = open(active, at: frame.time)
            events.append(opening)
            openMatters.append(opening)
        }
        openMatters.sort { $0.fault < $1.fault }
        return events
    }

    private mutating func open(_ active: ActiveFault, at time: MediaTime) -> HealthMatter {
        opened += 1
        return HealthMatter(
            number: opened,
            revision: 1,
            phase: .opened,
            fault: active.fault,
            severity: severity(of: active.fault),
            startedAt: min(active.since, time),
            time: time
        )
    }
}
