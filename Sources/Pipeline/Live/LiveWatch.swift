internal import Alerts
internal import Logging
internal import Media
internal import Scene

/// Keeps hold of one live source, and finds it again when it is lost.
///
/// The detector and the rules go on over a loss: the stream's time of a new connection follows that
/// of the old one, as far on as the host's clock has gone.
struct LiveWatch: ~Copyable {
    private let worker: CameraWorker
    private let address: String
    private let shown: String
    private var analysis: StreamAnalysis
    private var backoff = Backoff()
    private var faults = FaultLog()
    private var clock: LiveClock?
    private var recorder: AlertRecorder?

    /// A connection that held this long counts as sound.
    private static let soundAfter = Duration.seconds(10)

    /// A watch over a source.
    ///
    /// - Parameters:
    ///   - worker: the camera's worker.
    ///   - address: where the source is, secrets included.
    ///   - shown: the same without secrets.
    init(worker: CameraWorker, address: String, shown: String) {
        self.worker = worker
        self.address = address
        self.shown = shown
        analysis = StreamAnalysis(camera: worker.camera)
    }

    /// Watches until the cancellation.
    ///
    /// - Throws: what keeps events from being committed when the run is stopped.
    mutating func run() throws -> CameraEnding {
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
            let start = base ?? connected()
            base = start
            try take(frame, at: start + (frame.time - .zero))
        }
    }

    /// Stream time of the first frame of a connection that has just begun.
    private mutating func connected() -> MediaTime {
        if let clock { return clock.now }
        let started = LiveClock()
        clock = started
        recorder = worker.recorder(stream: .live(), anchor: started.anchor)
        return .zero
    }

    private mutating func take(_ frame: VideoFrame, at time: MediaTime) throws {
        guard let clock, let recorder else { return }
        for matter in analysis.step(frame, at: time, anchor: clock.anchor) {
            try worker.desk.hand(in: matter, frame: frame, by: recorder)
        }
    }
}
