public import Alerts
internal import Detection
internal import Foundation
public import Media
public import Scene
public import Site
internal import Synchronization

/// A recording and the camera it is from.
public struct ScoreVideo: Sendable {
    /// Path as the user gave it.
    public var path: String
    /// The camera, or why none could be found.
    public var camera: Result<CameraConfiguration, PipelineError>

    /// A recording of a camera.
    public init(path: String, camera: Result<CameraConfiguration, PipelineError>) {
        self.path = path
        self.camera = camera
    }
}

/// What became of one recording.
public enum ScoreOutcome: Sendable {
    /// Not begun, because the run ended before.
    case notStarted
    /// Scored to its end, or as far as it could be read or was let.
    case scored(RecordedSummary)
    /// Nothing could be scored; the message names the recording and what to do.
    case failed(String)
}

/// What a run of scoring tells while it goes on; it comes from many threads.
public enum ScoreEvent: Sendable {
    /// A recording was opened; the anchor's quality says whether its civil time is known.
    case opened(Int, StreamInfo, ClockAnchor)
    /// A recording has come further.
    case progress(Int, RecordedProgress)
    /// An event of an alert or of a camera's health is committed; `isNew` is false where an earlier
    /// run had found it.
    case committed(Int, QueueEvent, isNew: Bool)
    /// A recording is done with.
    case finished(Int, ScoreOutcome)
}

/// Scores many recordings on several threads of its own.
///
/// Every event is committed before anybody hears of it. `alerts.jsonl` has them in the order of
/// the recordings and then of media time, whatever the number of threads.
public final class ScoreRun: Sendable {
    private struct State {
        var next = 0
        var outcomes: [ScoreOutcome]
        var alerts: [Int]
        var fatal: (any Error)?
    }

    let videos: [ScoreVideo]
    private let site: SiteConfiguration
    let folder: String
    private let model: LearnedModel?
    private let startTime: Instant?
    private let store: AlertStore
    private let log: OrderedLog
    private let cancellation: Cancellation
    private let tell: @Sendable (ScoreEvent) -> Void
    private let state: Mutex<State>

    /// A run that writes into a folder, which is made where it is missing.
    ///
    /// - Parameters:
    ///   - videos: the recordings in the order of the output.
    ///   - site: the site that the cameras are part of.
    ///   - folder: where alerts, evidence and logs go.
    ///   - startTime: civil time of the first frame of every recording, where the user states one.
    ///   - cancellation: stops every thread within a frame.
    ///   - tell: called from many threads, never for two events of one recording at once.
    /// - Throws: `PipelineError` or `AlertError` where the folder cannot be written, or the site's
    ///   model cannot be used.
    public init(
        videos: [ScoreVideo],
        site: SiteConfiguration,
        folder: String,
        startTime: Instant?,
        cancellation: Cancellation,
        tell: @escaping @Sendable (ScoreEvent) -> Void
    ) throws {
        self.videos = videos
        self.site = site
        self.folder = folder
        self.startTime = startTime
        self.cancellation = cancellation
        self.tell = tell
        model = try LearnedModel.load(site.model)
        try DurableFile.makeFolder(folder)
        store = try AlertStore(directory: URL(fileURLWithPath: folder, isDirectory: true))
        // Nothing is held back of a recording: its alerts come in the order of the work.
        var handover = site.handover
        handover.storms = nil
        try store.adopt(handover, now: LiveClock.civilNow)
        log = try OrderedLog(path: "\(folder)/\(AlertLog.fileName)", recordings: videos.count)
        state = Mutex(
            State(
                outcomes: Array(repeating: .notStarted, count: videos.count),
                alerts: Array(repeating: 0, count: videos.count)
            )
        )
    }

    /// What became of each recording, and how many alerts were opened in it.
    public var results: [(outcome: ScoreOutcome, alerts: Int)] {
        state.withLock { Array(zip($0.outcomes, $0.alerts)) }
    }

    /// Scores every recording; blocks until all are done or the run is cancelled.
    ///
    /// - Parameter workers: number of threads, at least 1.
    /// - Throws: what made it impossible to go on at all, such as a full disk; everything that was
    ///   committed stays.
    public func run(workers: Int) throws {
        let group = DispatchGroup()
        for _ in 0..<max(1, min(workers, videos.count)) {
            group.enter()
            let thread = Thread { [self] in
                while let index = takeNext() { score(index) }
                group.leave()
            }
            thread.start()
        }
        group.wait()
        if let fatal = state.withLock({ $0.fatal }) { throw fatal }
        if !cancellation.isCancelled { try addForgotten() }
        try log.sync()
    }

    private func takeNext() -> Int? {
        guard !cancellation.isCancelled else { return nil }
        return state.withLock { state in
            guard state.next < videos.count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    private func score(_ index: Int) {
        var outcome = ScoreOutcome.notStarted
        do {
            let summary = try analyse(index)
            outcome = .scored(summary)
            if summary.ending != .cancelled { try log.finish(index) }
        } catch {
            outcome = .failed("\(error)")
            if Self.endsRun(error) {
                state.withLock { if $0.fatal == nil { $0.fatal = error } }
                cancellation.cancel()
                state.withLock { $0.outcomes[index] = outcome }
                return
            }
            finishFailed(index)
        }
        state.withLock { $0.outcomes[index] = outcome }
        tell(.finished(index, outcome))
    }

    private func finishFailed(_ index: Int) {
        do {
            try log.finish(index)
        } catch {
            state.withLock { if $0.fatal == nil { $0.fatal = error } }
            cancellation.cancel()
        }
    }

    private func analyse(_ index: Int) throws -> RecordedSummary {
        let video = videos[index].path
        let camera = try videos[index].camera.get()
        let analysis = RecordedAnalysis(
            video: video,
            camera: camera,
            model: model,
            anchor: startTime.map { ClockAnchor(start: $0, quality: .stated) },
            cancellation: cancellation
        )
        var recorder: AlertRecorder?
        return try analysis.run(
            opened: { info, anchor in
                recorder = AlertRecorder(
                    site: site,
                    camera: camera,
                    stream: try .ofRecording(path: video),
                    anchor: anchor,
                    folder: folder,
                    store: store
                )
                tell(.opened(index, info, anchor))
            },
            progress: { progress in
                tell(.progress(index, progress))
                waitWhileAhead(index)
            },
            matter: { matter, frame in
                guard let recorder else { return }
                let (event, isNew) = try Self.output { try recorder.record(matter, frame: frame) }
                try Self.output {
                    try log.append(event.common.jsonLine(), id: event.common.id, of: index)
                }
                if matter.incident?.phase == .opened {
                    state.withLock { $0.alerts[index] += 1 }
                }
                tell(.committed(index, event, isNew: isNew))
            }
        )
    }

    /// An error of the output, which concerns every recording.
    private struct OutputError: Error, CustomStringConvertible {
        var cause: any Error
        var description: String { "\(cause)" }
    }

    private static func output<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw OutputError(cause: error)
        }
    }

    private static func endsRun(_ error: any Error) -> Bool {
        error is OutputError || (error as? MediaError)?.code == .exhausted
    }

    private func waitWhileAhead(_ index: Int) {
        while log.isAhead(index), !cancellation.isCancelled {
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    /// Adds what an earlier run had committed but not written, of recordings not given this time.
    private func addForgotten() throws {
        var last: Int64 = 0
        while true {
            let events = try store.events(after: last, limit: 1000)
            guard let end = events.last else { return }
            for entry in events { try log.append(forgotten: entry.line) }
            last = end.sequence
        }
    }
}

extension ScoreOutcome {
    /// Whether the recording was scored to its end.
    public var isComplete: Bool {
        guard case .scored(let summary) = self else { return false }
        return summary.ending == .complete
    }
}
