public import Foundation
internal import Imaging
internal import Media
internal import Rules
public import Scene
internal import Site
internal import Synchronization

/// Runs clips undisturbed and under disturbances, and tells which alerts changed.
public struct RobustnessSuite: Sendable {
    /// Kinds of zones that are watched unless told otherwise.
    public static let usualKinds: Set<ZoneKind> = [.noParking, .fireLane, .roadOccupation]

    /// A folder that is done.
    public struct Progress: Sendable {
        /// The folder's name in the report.
        public var name: String
        /// What came of it; nil where it has no zone of the kinds that are watched.
        public var clip: RobustnessReport.Clip?
        /// What went wrong with it, nil where nothing did.
        public var failure: String?
        /// Number of folders that are done, this one among them.
        public var done: Int
        /// Number of folders.
        public var total: Int
    }

    private enum Outcome {
        case clip(RobustnessReport.Clip)
        case unwatched
        case failed(String)
    }

    private let folders: [URL]
    private let names: [String]
    private let kinds: Set<ZoneKind>
    private let disturbances: [Disturbance]
    private let pictures: URL?

    /// Seconds after the moment of the disturbance at which its picture is taken.
    private static let pictureSeconds = 5.0

    /// A suite over folders that each hold a video and a `truth.json`; repeats count once.
    ///
    /// - Parameters:
    ///   - folders: the clips; those without a zone of `kinds` are passed over.
    ///   - kinds: kinds of zones that are watched.
    ///   - disturbances: what is done to the clips.
    ///   - pictures: where a picture of each clip under each disturbance goes, five seconds after
    ///     that began; none are written where it is nil.
    public init(
        folders: [URL],
        kinds: Set<ZoneKind> = usualKinds,
        disturbances: [Disturbance] = Disturbance.allCases,
        pictures: URL? = nil
    ) {
        var seen: Set<String> = []
        self.folders = folders.filter { seen.insert($0.standardizedFileURL.path).inserted }
        names = ClipNames.names(of: self.folders)
        self.kinds = kinds
        self.disturbances = disturbances
        self.pictures = pictures
    }

    /// Runs everything.
    ///
    /// A folder that fails is in `failures` of the report; the others are run all the same.
    /// - Parameters:
    ///   - workers: clips at a time, 1 at least.
    ///   - progress: hears of every folder that is done; called from several threads, one at a
    ///     time.
    /// - Returns: the report, clips in the order of the folders.
    public func run(
        workers: Int,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) -> RobustnessReport {
        let outcomes = Outcomes()
        ThreadPool.run(count: folders.count, workers: workers) { index in
            let outcome = outcome(of: index)
            outcomes.add(index, outcome) { done in
                progress(self.progress(of: index, outcome, done: done))
            }
        }
        var report = RobustnessReport(disturbances: disturbances)
        for (index, outcome) in outcomes.sorted {
            switch outcome {
            case .clip(let clip): report.clips.append(clip)
            case .failed(let message):
                report.failures.append(.init(name: names[index], message: message))
            case .unwatched: break
            }
        }
        return report
    }

    private func progress(of index: Int, _ outcome: Outcome, done: Int) -> Progress {
        var progress = Progress(name: names[index], done: done, total: folders.count)
        switch outcome {
        case .clip(let clip): progress.clip = clip
        case .failed(let message): progress.failure = message
        case .unwatched: break
        }
        return progress
    }

    private func outcome(of index: Int) -> Outcome {
        do {
            let file = folders[index].appendingPathComponent("truth.json")
            let truth = try Truth.read(file)
            var camera = try truth.camera()
            camera.zones.removeAll { !kinds.contains($0.kind) }
            guard !camera.zones.isEmpty else { return .unwatched }
            let clip = try RobustnessClip(folder: folders[index], truth: truth, camera: camera)
            try writePictures(of: clip, named: names[index])
            let cases = try disturbances.map { disturbance in
                RobustnessReport.Case(disturbance, try clip.outcome(under: disturbance))
            }
            return .clip(
                RobustnessReport.Clip(
                    name: names[index],
                    moment: clip.staging.moment.seconds,
                    undisturbed: clip.undisturbed,
                    cases: cases,
                    warning: clip.warning
                )
            )
        } catch {
            return .failed("\(folders[index].path): \(error)")
        }
    }

    private func writePictures(of clip: RobustnessClip, named name: String) throws {
        guard let pictures else { return }
        try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
        for disturbance in disturbances {
            let picture = clip.picture(
                under: disturbance,
                secondsAfter: Self.pictureSeconds
            )
            guard let picture else { continue }
            let file = pictures.appendingPathComponent("\(name)-\(disturbance.rawValue).jpg")
            try Data(JPEG.encode(picture)).write(to: file)
        }
    }

    /// Outcomes by folder, gathered from several threads.
    private final class Outcomes: Sendable {
        private let outcomes = Mutex<[Int: Outcome]>([:])

        func add(_ index: Int, _ outcome: Outcome, tell: (Int) -> Void) {
            outcomes.withLock { outcomes in
                outcomes[index] = outcome
                tell(outcomes.count)
            }
        }

        var sorted: [(Int, Outcome)] {
            outcomes.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
        }
    }
}
