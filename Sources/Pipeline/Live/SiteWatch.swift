public import Alerts
internal import Detection
internal import Foundation
public import Logging
public import Media
public import Scene
public import Site
internal import Synchronization

/// Watches all cameras of a site at once, each on a thread of its own.
public final class SiteWatch: Sendable {
    private let desk: AlertDesk
    private let logger: Logger
    private let workers: [CameraWorker]
    private let cancellation: Cancellation
    private let endings = Mutex<[CameraID: CameraEnding]>([:])

    /// How long cameras may take to end once they are asked to.
    private static let patience = Duration.seconds(4)

    /// A watch that writes into a folder, which is made where it is missing.
    ///
    /// - Parameters:
    ///   - site: the cameras and their zones.
    ///   - folder: where alerts and evidence go.
    ///   - environment: where secrets of the site file come from.
    ///   - startTime: civil time of the first frame of recordings, where the user states one.
    ///   - replaySpeed: media seconds of a recording that pass in a second, above 0.
    ///   - checkpointInterval: time between two checkpoints of a live camera's state.
    ///   - siteFileWritten: when the site file was last written: later than a camera was moved, it
    ///     confirms the camera's zones.
    ///   - cancellation: ends the watch.
    ///   - logger: where it is told what goes on.
    ///   - told: called for every event that is committed, from many threads.
    /// - Throws: `PipelineError` or `AlertError` where the folder cannot be written, or the site's
    ///   model cannot be used.
    public init(
        site: SiteConfiguration,
        folder: String,
        environment: [String: String],
        startTime: Instant?,
        replaySpeed: Double,
        checkpointInterval: Duration = .seconds(60),
        siteFileWritten: Instant? = nil,
        cancellation: Cancellation,
        logger: Logger,
        told: @escaping @Sendable (QueueEvent) -> Void
    ) throws {
        self.cancellation = cancellation
        let desk = try AlertDesk(
            folder: folder,
            handover: site.handover,
            logger: logger,
            cancellation: cancellation,
            tell: told
        )
        self.desk = desk
        self.logger = logger
        let checkpoints = CheckpointPolicy(
            interval: checkpointInterval,
            siteFileWritten: siteFileWritten
        )
        var model = try LearnedModel.load(site.model)
        if let layer = try SiteLayerFiles(data: folder).present() {
            model = model?.adapted(by: layer)
        }
        workers = site.cameras.map { camera in
            var own = logger
            own[metadataKey: "camera"] = "\(camera.id.rawValue)"
            return CameraWorker(
                site: site,
                camera: camera,
                model: model,
                environment: environment,
                statedStart: startTime,
                replaySpeed: replaySpeed,
                checkpoints: checkpoints,
                desk: desk,
                cancellation: cancellation,
                logger: own
            )
        }
    }

    /// Watches until every camera is done, or the cancellation; blocks the calling thread.
    ///
    /// - Returns: how each camera ended; one that hangs 4 seconds after the cancellation is left
    ///   out.
    public func run() -> [CameraID: CameraEnding] {
        let group = DispatchGroup()
        for worker in workers {
            group.enter()
            let thread = Thread { [self] in
                let ending = worker.run()
                worker.tell(ending)
                endings.withLock { $0[worker.camera.id] = ending }
                group.leave()
            }
            thread.name = worker.camera.id.rawValue
            thread.start()
        }
        var deadline: ContinuousClock.Instant?
        var nextTick = ContinuousClock.now
        while group.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
            if .now >= nextTick {
                desk.tick()
                nextTick = .now + .seconds(1)
            }
            guard cancellation.isCancelled else { continue }
            let last = deadline ?? .now + Self.patience
            deadline = last
            if .now > last { break }
        }
        do {
            try desk.close()
        } catch {
            logger.error("\(error)")
        }
        return endings.withLock { $0 }
    }
}
