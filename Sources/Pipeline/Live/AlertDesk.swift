internal import Alerts
internal import Foundation
internal import Logging
internal import Media
internal import Scene
internal import Synchronization

/// Where all cameras of a site hand in what is to be told: the store, the log file and whoever
/// listens.
///
/// What of a live camera cannot be written now is put off, and the camera goes on. Safe to use from
/// many threads.
final class AlertDesk: Sendable {
    let folder: String
    let store: AlertStore
    private let file: AlertLog
    private let logger: Logger
    private let cancellation: Cancellation
    private let tell: @Sendable (QueueEvent) -> Void
    private let latencies = Mutex(LatencyHistogram())
    private let putOff = Mutex(PutOffEvents())
    private let complaints = Mutex(Complaints())
    /// When events were on the disk, until the next turn of the clock notes it.
    private let durable = Mutex<[DurableTime]>([])
    private static let maximumNotes = 4096

    /// Waits between two tries of a commit that fails.
    private static let retryWait = Duration.seconds(1)

    /// A desk that writes into a folder, which is made where it is missing.
    ///
    /// What was committed before a crash and not yet written to the log is written now.
    init(
        folder: String,
        handover: HandoverPolicy = HandoverPolicy(),
        logger: Logger,
        cancellation: Cancellation,
        tell: @escaping @Sendable (QueueEvent) -> Void
    ) throws {
        try DurableFile.makeFolder(folder)
        self.folder = folder
        self.logger = logger
        self.cancellation = cancellation
        self.tell = tell
        let url = URL(fileURLWithPath: folder, isDirectory: true)
        store = try AlertStore(directory: url)
        try store.adopt(handover, now: LiveClock.civilNow)
        file = try AlertLog(url: url.appendingPathComponent(AlertLog.fileName))
        try file.catchUp(from: store)
    }

    /// Makes sure that the disk has every line of the log.
    func close() throws {
        tick()
        let left = putOff.withLock(\.count)
        if left > 0 { logger.error("events that could not be written are lost: \(left)") }
        if let text = latencies.withLock(\.text) {
            logger.info("from the frame that decided to the event on the disk: \(text)")
        }
        try file.close()
    }

    /// Commits what is to be told of a matter, and tries again until that succeeds or the run is
    /// stopped.
    ///
    /// - Throws: why the event could not be committed before the run was stopped, or why trying
    ///   again would not help.
    func hand(in matter: Matter, frame: VideoFrame, by recorder: AlertRecorder) throws {
        try commit(prepare(matter, frame: frame, by: recorder))
    }

    /// Writes the evidence of a matter, as patiently as `hand(in:frame:by:)`; nothing is committed.
    ///
    /// - Throws: as `hand(in:frame:by:)`.
    func prepare(
        _ matter: Matter,
        frame: VideoFrame,
        by recorder: AlertRecorder
    ) throws -> QueueEvent {
        try patiently { try recorder.prepare(matter, frame: frame) }
    }

    /// Commits an event and tells of it, as patiently as `hand(in:frame:by:)`; a repeat is silent.
    ///
    /// - Throws: as `hand(in:frame:by:)`.
    func commit(_ event: QueueEvent) throws {
        try patiently { try keep(event) }
    }

    /// Commits an event and tells of it; a repeat is silent.
    ///
    /// - Parameters:
    ///   - event: the event, its evidence on the disk.
    ///   - arrived: when the frame came that it was decided on; nil where none did now.
    /// - Throws: why it could not be kept; where `mayPass` says so, try the same call again.
    func keep(_ event: QueueEvent, frameArrived arrived: ContinuousClock.Instant? = nil) throws {
        let decided = LiveClock.civilNow
        let frame = arrived.map { arrived in
            let waited = Int64((ContinuousClock.now - arrived) / .microseconds(1))
            return Instant(microseconds: decided.microseconds - waited)
        }
        let stages = EventStages(frame: frame, decided: arrived.map { _ in decided })
        let isNew = try store.commit(event.common, recordedAt: decided, stages: stages)
        if isNew {
            if let arrived { latencies.withLock { $0.add(ContinuousClock.now - arrived) } }
            let time = DurableTime(of: event.common, at: LiveClock.civilNow)
            durable.withLock { if $0.count < Self.maximumNotes { $0.append(time) } }
            log(event)
            tell(event)
        }
        do {
            try file.catchUp(from: store)
        } catch {
            guard Self.mayPass(error) else { throw error }
            // The queue has it; the copy follows with the next event or turn of the clock.
            complain("the alert log waits: \(error)")
        }
    }

    /// Whether events of a camera wait to be written: later ones must wait behind them.
    func isBehind(_ camera: CameraID) -> Bool {
        putOff.withLock { $0.holds(camera) }
    }

    /// Keeps events for later that cannot be written now; they are tried again with every turn of
    /// the clock.
    ///
    /// Where there are too many already the call waits for room, and the camera with it.
    func put(off events: [PutOffEvent]) {
        for event in events {
            while !putOff.withLock({ $0.add(event) }), !cancellation.isCancelled {
                complain("\(event.camera.rawValue) waits: too many events wait to be written")
                Pacer.sleep(until: .now + Self.retryWait, cancellation: cancellation)
            }
        }
    }

    /// Does what is due in the queue: leases, deadlines, what nobody takes, what is too old; and
    /// what was put off.
    ///
    /// A failure is logged, and the next turn tries again.
    func tick() {
        writePutOff()
        let times = durable.withLock { times in
            defer { times = [] }
            return times
        }
        do {
            let tick = try store.tick(now: LiveClock.civilNow, durable: times)
            if tick.evicted > 0 {
                logger.notice("\(tick.evicted) old alerts were removed from the queue")
            }
            for event in tick.published { tell(event) }
            try file.catchUp(from: store)
        } catch {
            durable.withLock { $0 = Array((times + $0).prefix(Self.maximumNotes)) }
            complain("the queue's clock stands still: \(error)")
        }
    }

    /// Writes what was put off, in order, as far as that succeeds.
    private func writePutOff() {
        while let event = putOff.withLock(\.first) {
            do {
                try keep(event.make(), frameArrived: event.arrived)
            } catch {
                if Self.mayPass(error) {
                    return complain("an event waits to be written: \(error)")
                }
                logger.error("an event is lost: \(error)")
            }
            putOff.withLock { $0.removeFirst() }
        }
    }

    /// Closes a matter that nobody watches any longer, as patiently as `hand(in:frame:by:)`.
    ///
    /// - Throws: as `hand(in:frame:by:)`.
    func close(_ matter: Matter, at time: MediaTime, by recorder: AlertRecorder) throws {
        try commit(patiently { try recorder.closing(matter, at: time) })
    }

    /// Does what may fail for a while, again and again until it succeeds or the run is stopped.
    private func patiently<Result>(_ action: () throws -> Result) throws -> Result {
        while true {
            do {
                return try action()
            } catch {
                complain("an event waits to be written: \(error)")
                if cancellation.isCancelled || !Self.mayPass(error) { throw error }
                Pacer.sleep(until: .now + Self.retryWait, cancellation: cancellation)
            }
        }
    }

    /// Tells the log that something cannot be written, at most once a second for all cameras.
    private func complain(_ text: String) {
        guard let line = complaints.withLock({ $0.line(for: text, at: .now) }) else { return }
        logger.error("\(line)")
    }

    /// Tells the log what is wrong with a camera, where that is what an event is about.
    private func log(_ event: QueueEvent) {
        guard case .health(let health) = event else { return }
        let data = health.data
        let camera: Logger.Metadata = ["camera": "\(data.camera.id.rawValue)"]
        switch health.type {
        case .opened:
            let zones = data.zonesSuspended ? "; its zones are suspended" : ""
            logger.warning("the picture is \(data.fault.rawValue)\(zones)", metadata: camera)
        case .closed:
            let text = "the picture is no longer \(data.fault.rawValue)"
            logger.notice("\(text)", metadata: camera)
        }
    }

    /// Whether an error may go away by itself or by what an operator does meanwhile.
    static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case let error as AlertError: error.code != .invalidData
        case let error as PipelineError: error.code != .invalidInput
        case let error as MediaError: error.code == .exhausted
        default: false
        }
    }
}
