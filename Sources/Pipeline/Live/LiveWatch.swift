internal import Alerts
internal import Logging
internal import Media
internal import Scene
internal import Site

/// Keeps hold of one live source, and finds it again when it is lost.
///
/// The detector and the rules go on over a loss: the stream's time of a new connection follows that
/// of the old one, as far on as the host's clock has gone. So they do over a restart, from the last
/// checkpoint.
struct LiveWatch: ~Copyable {
    let worker: CameraWorker
    let keeper: CheckpointKeeper
    let basis: CheckpointBasis
    var analysis: StreamAnalysis
    var stream: LiveStream?
    /// What the program kept when it ran last, until the first frame comes.
    var kept: CameraCheckpoint?
    private let address: String
    private let shown: String
    private var backoff = Backoff()
    private var faults = FaultLog()
    private var sights = LastSights()

    /// A connection that held this long counts as sound.
    private static let soundAfter = Duration.seconds(10)

    /// A watch over a source.
    ///
    /// - Parameters:
    ///   - worker: the camera's worker.
    ///   - address: where the source is, secrets included.
    ///   - shown: the same without secrets.
    /// - Throws: where the network needs more memory than it may have.
    init(worker: CameraWorker, address: String, shown: String) throws {
        let made = try StreamAnalysis(camera: worker.camera, model: worker.model)
        self.worker = worker
        self.address = address
        self.shown = shown
        analysis = made
        basis = CheckpointBasis(site: worker.site, camera: worker.camera)
        keeper = CheckpointKeeper(
            file: CheckpointFile(folder: worker.desk.folder, camera: worker.camera.id),
            interval: worker.checkpoints.interval,
            logger: worker.logger
        )
    }

    /// Watches until the cancellation.
    ///
    /// - Throws: what keeps events from being committed when the run is stopped.
    mutating func run() throws -> CameraEnding {
        try recall()
        while !worker.cancellation.isCancelled {
            let begin = ContinuousClock.now
            let loss = try connection()
            if worker.cancellation.isCancelled { break }
            if ContinuousClock.now - begin > Self.soundAfter { backoff.succeeded() }
            let wait = backoff.wait(jitter: Double.random(in: 0...1))
            if let line = faults.line(for: loss, at: .now) {
                let seconds = (wait / .milliseconds(100)).rounded() / 10
                worker.logger.warning("\(line); next try in \(seconds) s")
            }
            Pacer.sleep(until: .now + wait, cancellation: worker.cancellation)
        }
        // What waits to be written is found anew from an older state.
        if !isBehind, let state = keptState() { keeper.keep(keeper.begin(state), pending: []) }
        return .stopped
    }

    /// Goes through one connection to its end.
    ///
    /// - Returns: why it ended.
    private mutating func connection() throws -> String {
        let reader: VideoReader
        do throws(MediaError) {
            reader = try VideoReader(
                url: address,
                options: SourceOptions(),
                cancellation: worker.cancellation
            )
        } catch {
            return "\(error)"
        }
        worker.tellOpened(reader.info, from: shown)
        var base: MediaTime?
        while true {
            let frame: VideoFrame?
            do throws(MediaError) {
                frame = try reader.next()
            } catch {
                return "\(error)"
            }
            guard let frame else { return "\(shown) ended the stream" }
            let start = try base ?? connected()
            base = start
            try take(frame, at: start + (frame.time - .zero))
        }
    }

    /// Stream time of the first frame of a connection that has just begun.
    private mutating func connected() throws -> MediaTime {
        if let stream { return stream.clock.now }
        let begun = try resumed() ?? LiveStream(.live(), clock: LiveClock(), worker: worker)
        stream = begun
        return begun.clock.now
    }

    private var isBehind: Bool { worker.desk.isBehind(worker.camera.id) }

    /// Analyses a frame and tells of what it shows.
    ///
    /// The state goes to the disk with the events before they are committed, so that whenever the
    /// program is killed, what was told and what is known of it are the same. What cannot be
    /// written is put off, and no state is kept until it is.
    private mutating func take(_ frame: VideoFrame, at time: MediaTime) throws {
        guard let stream else { return }
        var stages = StageTimes()
        let matters = analysis.step(frame, at: time, anchor: stream.clock.anchor)
        let proofs = matters.map { sights.proof(of: $0, decidedOn: frame) }
        sights.keep(analysis.lastSights, latest: frame, at: time)
        guard !matters.isEmpty else {
            if !isBehind, keeper.takeTurn(), let state = keptState() { keeper.keepSoon(state) }
            return
        }
        stages.end(.analysis)
        let events = zip(matters, proofs).map { matter, proof in
            PutOffEvent(
                camera: worker.camera.id,
                bytes: proof.width * proof.height * 3 / 2,
                arrived: stages.begin
            ) { [recorder = stream.recorder] in try recorder.prepare(matter, frame: proof) }
        }
        guard !isBehind else { return worker.desk.put(off: events) }
        do {
            try tell(events, &stages)
            worker.logger.debug("an event on the disk: \(stages)")
        } catch {
            guard AlertDesk.mayPass(error) else { throw error }
            worker.desk.put(off: events)
        }
    }

    /// Writes evidence, state and events, in this order.
    private func tell(_ events: [PutOffEvent], _ stages: inout StageTimes) throws {
        let state = keptState().map { state in keeper.begin { try state() } }
        stages.end(.copy)
        let made = try events.map { try $0.make() }
        stages.end(.evidence)
        if let state { keeper.keep(state, pending: made) }
        stages.end(.state)
        for event in made { try worker.desk.keep(event, frameArrived: stages.begin) }
        stages.end(.commit)
    }
}
