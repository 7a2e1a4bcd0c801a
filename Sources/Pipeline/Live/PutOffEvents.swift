internal import Alerts
internal import Scene

/// An event of a live camera that could not be written when it was decided.
struct PutOffEvent: Sendable {
    /// Whose it is.
    let camera: CameraID
    /// About what it holds in memory: the picture that proves it.
    let bytes: Int
    /// When the frame came that it was decided on.
    let arrived: ContinuousClock.Instant
    /// Writes its evidence and makes it.
    let make: @Sendable () throws -> QueueEvent
}

/// What waits to be written, in the order in which it was decided.
struct PutOffEvents {
    private var events: [PutOffEvent] = []
    private var bytes = 0

    /// Pictures of 1080p take 3 MiB.
    static let maximumBytes = 256 << 20
    static let maximumEvents = 1000

    var count: Int { events.count }
    var first: PutOffEvent? { events.first }

    func holds(_ camera: CameraID) -> Bool {
        events.contains { $0.camera == camera }
    }

    /// Takes one more where there is room.
    ///
    /// - Returns: false where there is none.
    mutating func add(_ event: PutOffEvent) -> Bool {
        guard events.count < Self.maximumEvents,
            events.isEmpty || bytes + event.bytes <= Self.maximumBytes
        else { return false }
        events.append(event)
        bytes += event.bytes
        return true
    }

    mutating func removeFirst() {
        guard !events.isEmpty else { return }
        bytes -= events.removeFirst().bytes
    }
}

/// Keeps faults of the disk, which every event and every turn of the clock meets, from flooding the
/// log: one line a second, with how many were left out.
struct Complaints {
    private var last: ContinuousClock.Instant?
    private var leftOut = 0

    /// The line to write; nil to keep silent.
    mutating func line(for text: String, at now: ContinuousClock.Instant) -> String? {
        if let last, now - last < .seconds(1) {
            leftOut += 1
            return nil
        }
        last = now
        defer { leftOut = 0 }
        return leftOut == 0 ? text : "\(text) (and \(leftOut) more since)"
    }
}
