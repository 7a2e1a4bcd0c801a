public import Scene

/// All rules of one camera: observations and time go in, incidents come out.
///
/// A value without clock, task or I/O: the same frames give the same incidents, and a copy that was
/// encoded in mid-stream goes on as the original would; see `docs/design/rules.md`.
public struct CameraRules: Hashable, Sendable, Codable {
    private(set) var monitors: [ZoneMonitor]
    private var opened = 0
    private var lastTime: MediaTime?

    /// Rules that have seen nothing yet; the order of zones settles which of two incidents of the
    /// same frame is numbered first.
    public init(rules: [ZoneRule]) {
        monitors = rules.map(ZoneMonitor.init)
    }

    /// The last event of every open incident, its object as last seen, by number.
    public var openIncidents: [Incident] {
        monitors.flatMap(\.openIncidents).sorted { $0.number < $1.number }
    }

    /// Times at which somebody in the water was last seen, in order: should an incident tell that
    /// they vanished, its picture is that of such a time (`Incident.lastSeen`).
    ///
    /// While they are seen, that is the time of the last frame.
    public var lastSights: [MediaTime] {
        Set(monitors.flatMap(\.lastSights)).sorted()
    }

    /// How often an object found no room in a zone's memory of 256 entries, counted once a frame.
    public var turnedAway: Int {
        monitors.reduce(0) { $0 + $1.turnedAway }
    }

    /// Judges one frame.
    ///
    /// Frames come in rising time; one that is not later than the last is ignored.
    ///
    /// - Parameters:
    ///   - frame: What the detector reports.
    ///   - instant: The frame's civil time, which only schedules look at.
    /// - Returns: What opened, went on or closed in this frame, by incident number.
    public mutating func step(_ frame: FrameObservations, at instant: Instant) -> [Incident] {
        if let lastTime, frame.time <= lastTime { return [] }
        lastTime = frame.time
        let moment = Moment(frame, at: instant)
        var events: [Incident] = []
        for index in monitors.indices {
            let view = frame.closeViews.first { $0.zone == monitors[index].zone }
            let moment = view.map { moment.seen(by: $0) } ?? moment
            events += monitors[index].step(moment, opened: &opened)
        }
        return events.sorted { ($0.number, $0.revision) < ($1.number, $1.revision) }
    }

    /// Tells that the stream ended.
    ///
    /// An end is no departure: what stands or is there stays open. Only what had been gone for its
    /// time by then, or is no longer forbidden then, is closed.
    ///
    /// - Parameters:
    ///   - time: The stream's last moment.
    ///   - instant: Its civil time.
    /// - Returns: What closed, by incident number.
    public mutating func finish(at time: MediaTime, instant: Instant) -> [Incident] {
        var events: [Incident] = []
        for index in monitors.indices {
            events += monitors[index].finish(at: time, instant: instant)
        }
        return events.sorted { ($0.number, $0.revision) < ($1.number, $1.revision) }
    }
}
