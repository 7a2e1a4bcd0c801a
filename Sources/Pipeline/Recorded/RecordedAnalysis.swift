public import Detection
public import Media
public import Scene
public import Site

/// Analyses one recording from its first frame to its last, as fast as the machine allows.
///
/// Blocks the calling thread; never call it on the cooperative pool.
public struct RecordedAnalysis: Sendable {
    private let video: String
    private let camera: CameraConfiguration
    private let model: LearnedModel?
    private let statedAnchor: ClockAnchor?
    private let cancellation: Cancellation

    /// An analysis of one recording.
    ///
    /// - Parameters:
    ///   - video: path of the recording.
    ///   - camera: the camera it is from, with its zones.
    ///   - model: the network that looks at what is found; nil for none.
    ///   - anchor: civil time of the first frame; without it, the camera's start time, else the
    ///     creation time in the container, else 1970-01-01T00:00:00Z with quality `unknown`.
    ///   - cancellation: stops the analysis within a frame.
    public init(
        video: String,
        camera: CameraConfiguration,
        model: LearnedModel? = nil,
        anchor: ClockAnchor? = nil,
        cancellation: Cancellation = .init()
    ) {
        self.video = video
        self.camera = camera
        self.model = model
        statedAnchor = anchor
        self.cancellation = cancellation
    }

    /// Analyses the recording for its incidents alone; faults of the camera are passed over.
    ///
    /// - Parameters:
    ///   - progress: called after every frame.
    ///   - incident: called for every event in order of media time, with the frame it was decided
    ///     on, or on which a person was seen who has vanished; what it throws ends the analysis.
    /// - Returns: what it came to, also where the recording breaks off or was cancelled.
    /// - Throws: `PipelineError` or `MediaError` where nothing can be read at all, and whatever
    ///   `incident` throws.
    public func run(
        progress: (RecordedProgress) -> Void,
        incident: (Incident, VideoFrame) throws -> Void
    ) throws -> RecordedSummary {
        try run(
            opened: { _, _ in },
            progress: progress,
            matter: { matter, frame in
                if let event = matter.incident { try incident(event, frame) }
            }
        )
    }

    /// Analyses the recording, telling first what it is and which civil time holds.
    ///
    /// - Parameters:
    ///   - opened: called once before the first frame.
    ///   - progress: called after every frame.
    ///   - matter: called for every event in order of media time, with the frame it was decided
    ///     on, or on which a person was seen who has vanished; what it throws ends the analysis.
    /// - Returns: what it came to, also where the recording breaks off or was cancelled.
    /// - Throws: `PipelineError` or `MediaError` where nothing can be read at all, and whatever the
    ///   closures throw.
    public func run(
        opened: (StreamInfo, ClockAnchor) throws -> Void,
        progress: (RecordedProgress) -> Void,
        matter: (Matter, VideoFrame) throws -> Void
    ) throws -> RecordedSummary {
        let begin = ThreadClock.seconds
        let reader = try VideoReader(url: video, options: .init(), cancellation: cancellation)
        let anchor = Self.anchor(stated: statedAnchor, camera: camera, info: reader.info)
        try opened(reader.info, anchor)
        var pass = try RecordedPass(
            reader: reader,
            camera: camera,
            model: model,
            anchor: anchor
        )
        let failure = try pass.run(progress: progress, matter: matter)
        let ending = try ending(of: pass, failure: failure)
        if ending != .cancelled, failure == nil {
            try pass.finish(matter: matter)
        }
        return pass.summary(cpuSeconds: ThreadClock.seconds - begin, ending: ending)
    }

    private func ending(
        of pass: borrowing RecordedPass,
        failure: MediaError?
    ) throws -> RecordedEnding {
        if cancellation.isCancelled { return .cancelled }
        guard pass.frames > 0 else {
            throw failure
                ?? MediaError(
                    code: .invalidData,
                    message: "\(video): holds no frame that can be decoded; copy it again"
                )
        }
        if let failure { return .cutShort(failure.description) }
        guard pass.reader.statistics.isTruncated else { return .complete }
        return .cutShort(
            "\(video): ends after \(Self.rounded(pass.duration.seconds)) seconds, before its "
                + "stated length; copy it again, what is there was scored"
        )
    }

    /// The civil time that holds for a recording.
    static func anchor(
        stated: ClockAnchor?,
        camera: CameraConfiguration,
        info: StreamInfo
    ) -> ClockAnchor {
        if let stated { return stated }
        if let start = camera.startTime { return ClockAnchor(start: start, quality: .stated) }
        if let start = info.creationTime { return ClockAnchor(start: start, quality: .container) }
        return ClockAnchor(start: Instant(microseconds: 0), quality: .unknown)
    }

    private static func rounded(_ seconds: Double) -> Double {
        (seconds * 10).rounded() / 10
    }
}
