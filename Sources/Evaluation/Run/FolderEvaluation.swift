public import Foundation
public import Scene
public import Site
internal import Synchronization

/// Runs the product on folders that each hold a video and a `truth.json`, and judges its alerts.
public struct FolderEvaluation: Sendable {
    /// What the analysis of one video gave.
    public struct Analysis: Sendable {
        /// The incidents at their opening, in the order of opening.
        public var opened: [Incident]
        /// When incidents told that somebody has vanished in the water, by their number.
        public var vanished: [Int: [MediaTime]]
        /// How much of the video was analysed.
        public var duration: MediaSpan
        /// Seconds of processor time that it took.
        public var cpuSeconds: Double
        /// What is wrong with the video although it was analysed, such as a missing end.
        public var warning: String?

        /// The incidents opened in a video of that length.
        public init(
            opened: [Incident],
            vanished: [Int: [MediaTime]] = [:],
            duration: MediaSpan,
            cpuSeconds: Double,
            warning: String? = nil
        ) {
            self.opened = opened
            self.vanished = vanished
            self.duration = duration
            self.cpuSeconds = cpuSeconds
            self.warning = warning
        }
    }

    /// A folder that is done.
    public struct Progress: Sendable {
        /// The folder's name in the report.
        public var name: String
        /// What went wrong with it, nil where nothing did.
        public var failure: String?
        /// What is wrong with its video, which was analysed all the same.
        public var warning: String?
        /// Number of folders that are done, this one among them.
        public var done: Int
        /// Number of folders.
        public var total: Int
    }

    /// Analyses the video of a camera; blocks, on a thread of its own, several at a time.
    public typealias Analyse =
        @Sendable (
            _ video: URL,
            _ camera: CameraConfiguration
        ) throws -> Analysis

    private let folders: [URL]
    private let names: [String]
    private let output: URL
    private let analyse: Analyse

    private init(folders: [URL], output: URL, analyse: @escaping Analyse) {
        var seen: Set<String> = []
        let distinct = folders.filter { seen.insert($0.standardizedFileURL.path).inserted }
        self.folders = distinct
        self.names = ClipNames.names(of: distinct)
        self.output = output
        self.analyse = analyse
    }

    /// Evaluates every folder and writes `report.json`, and for each folder `alerts.jsonl` and
    /// `decisions.jsonl` in a folder of its name, under `output`.
    ///
    /// A folder that fails is in `failures` of the report; the others are evaluated all the same.
    /// - Parameters:
    ///   - folders: each with a `truth.json` and the video that it names; repeats count once.
    ///   - output: where the results go; made if need be.
    ///   - workers: how many videos are analysed side by side, 1 at least.
    ///   - analyse: how a video is analysed.
    ///   - progress: hears of every folder that is done; called from several threads, one at a
    ///     time.
    /// - Returns: the report, clips in the order of `folders`.
    /// - Throws: `EvaluationError` where the report cannot be written.
    public static func run(
        folders: [URL],
        output: URL,
        workers: Int,
        analyse: @escaping Analyse = product(model: nil),
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws(EvaluationError) -> EvaluationReport {
        let evaluation = FolderEvaluation(folders: folders, output: output, analyse: analyse)
        let report = evaluation.runAll(workers: workers, progress: progress)
        let file = output.appendingPathComponent("report.json")
        do {
            let manager = FileManager.default
            try manager.createDirectory(at: output, withIntermediateDirectories: true)
            try report.json().write(to: file, options: .atomic)
        } catch {
            throw EvaluationError(.writeFailed, "\(file.path): cannot be written", cause: error)
        }
        return report
    }

    private func runAll(
        workers: Int,
        progress: @escaping @Sendable (Progress) -> Void
    ) -> EvaluationReport {
        let results = Results()
        let clock = ContinuousClock()
        let wall = clock.measure {
            ThreadPool.run(count: folders.count, workers: workers) { index in
                let outcome = Result { () throws(EvaluationError) in try evaluate(index) }
                results.add(index, outcome) { done in
                    progress(
                        Progress(
                            name: names[index],
                            failure: outcome.failure?.description,
                            warning: (try? outcome.get())?.warning,
                            done: done,
                            total: folders.count
                        )
                    )
                }
            }
        }
        let sorted = results.sorted
        return EvaluationReport(
            clips: sorted.compactMap { try? $0.outcome.get() },
            failures: sorted.compactMap { index, outcome in
                outcome.failure.map { .init(name: names[index], message: $0.description) }
            },
            wallSeconds: wall.seconds
        )
    }

    private func evaluate(_ index: Int) throws(EvaluationError) -> EvaluationReport.Clip {
        let files = try ClipFiles(folder: output.appendingPathComponent(names[index]))
        let truthFile = folders[index].appendingPathComponent("truth.json")
        let truth = try Truth.read(truthFile)
        let camera: CameraConfiguration
        do {
            camera = try truth.camera()
        } catch {
            throw EvaluationError(error.code, "\(truthFile.path): \(error.message)")
        }
        let start = ContinuousClock.now
        let analysis = try analysis(
            of: folders[index].appendingPathComponent(truth.video),
            as: camera
        )
        let wall = ContinuousClock.now - start
        let alerts = analysis.opened.map { incident in
            var alert = ScoredAlert(incident, width: truth.width, height: truth.height)
            alert.vanished = analysis.vanished[incident.number]?.map(\.seconds)
            return alert
        }
        try files.write(alerts: alerts)
        let result = AlertMatcher.match(truth: truth, alerts: alerts)
        try files.write(result, of: truth)
        let kinds = Set(truth.zones.map(\.kind)).union(truth.events.map(\.kind))
        return EvaluationReport.Clip(
            name: names[index],
            score: MatchScore(result, of: truth),
            perKind: Dictionary(
                uniqueKeysWithValues: kinds.map { ($0, MatchScore(result, of: truth, kind: $0)) }
            ),
            mediaSeconds: analysis.duration.seconds,
            wallSeconds: wall.seconds,
            cpuSeconds: analysis.cpuSeconds,
            warning: analysis.warning
        )
    }

    private func analysis(
        of video: URL,
        as camera: CameraConfiguration
    ) throws(EvaluationError) -> Analysis {
        do {
            return try analyse(video, camera)
        } catch {
            throw EvaluationError(
                .analysisFailed,
                "\(video.path): cannot be analysed",
                cause: error
            )
        }
    }
}

/// Outcomes by folder, gathered from several threads.
private final class Results: Sendable {
    typealias Outcome = Result<EvaluationReport.Clip, EvaluationError>

    private let outcomes = Mutex<[Int: Outcome]>([:])

    /// Keeps an outcome and, before another can be added, tells how many there are.
    func add(_ index: Int, _ outcome: Outcome, tell: (Int) -> Void) {
        outcomes.withLock { outcomes in
            outcomes[index] = outcome
            tell(outcomes.count)
        }
    }

    var sorted: [(index: Int, outcome: Outcome)] {
        outcomes.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}

extension Duration {
    fileprivate var seconds: Double {
        self / .seconds(1)
    }
}
