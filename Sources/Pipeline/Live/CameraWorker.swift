internal import Alerts
internal import Detection
internal import Logging
internal import Media
internal import Scene
internal import Site

/// Watches one camera on the thread that calls it.
struct CameraWorker {
    let site: SiteConfiguration
    let camera: CameraConfiguration
    let model: LearnedModel?
    let environment: [String: String]
    let statedStart: Instant?
    let replaySpeed: Double
    let checkpoints: CheckpointPolicy
    let desk: AlertDesk
    let cancellation: Cancellation
    var logger: Logger

    /// Watches until the recording is over, the camera turns out to be impossible, or the
    /// cancellation.
    func run() -> CameraEnding {
        do {
            guard let source = camera.source else {
                return .failed("the site file gives it no source; add source: rtsp://… or a file")
            }
            let address = try source.resolved(environment: environment)
            if Media.SourceAddress(address).isLive {
                var watch = try LiveWatch(worker: self, address: address, shown: "\(source)")
                return try watch.run()
            }
            return try replay(address)
        } catch {
            return .failed("\(error)")
        }
    }

    private static let unknownTime =
        "the recording's time of day is not known, so civil times count from 1970; "
        + "give --start-time, or startTime in the site file"

    /// Plays a recording at the pace of life.
    private func replay(_ path: String) throws -> CameraEnding {
        let pacer = Pacer(speed: replaySpeed, cancellation: cancellation)
        let analysis = RecordedAnalysis(
            video: path,
            camera: camera,
            model: model,
            anchor: statedStart.map { ClockAnchor(start: $0, quality: .stated) },
            cancellation: cancellation
        )
        var recorder: AlertRecorder?
        let summary = try analysis.run(
            opened: { info, anchor in
                recorder = try self.recorder(stream: .ofRecording(path: path), anchor: anchor)
                tellOpened(info, from: path)
                if anchor.quality == .unknown {
                    logger.warning("\(Self.unknownTime)")
                }
            },
            progress: { pacer.wait(until: $0.time) },
            matter: { matter, frame in
                guard let recorder else { return }
                try desk.hand(in: matter, frame: frame, by: recorder)
            }
        )
        switch summary.ending {
        case .complete: return .recordingOver
        case .cancelled: return .stopped
        case .cutShort(let reason): return .failed(reason)
        }
    }

    func recorder(stream: StreamIdentity, anchor: ClockAnchor) -> AlertRecorder {
        AlertRecorder(
            site: site,
            camera: camera,
            stream: stream,
            anchor: anchor,
            folder: desk.folder,
            store: desk.store
        )
    }

    /// Tells the log how the watch ended.
    func tell(_ ending: CameraEnding) {
        switch ending {
        case .recordingOver: logger.info("the recording is over")
        case .stopped: logger.info("stopped")
        case .failed(let reason): logger.error("given up: \(reason)")
        }
    }

    func tellOpened(_ info: StreamInfo, from source: String) {
        let rate = info.nominalFrameRate.map { " at \(($0 * 100).rounded() / 100) frames/s" } ?? ""
        logger.info("watching \(source): \(info.codec) \(info.width)x\(info.height)\(rate)")
    }
}
