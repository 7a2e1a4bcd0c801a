internal import Detection
internal import Media
internal import Scene
internal import Site

/// The state of one recording's analysis between two frames.
struct RecordedPass: ~Copyable {
    let reader: VideoReader
    let anchor: ClockAnchor
    private(set) var frames = 0
    private var analysis: StreamAnalysis
    private var last: VideoFrame?
    private var sights = LastSights()

    init(
        reader: VideoReader,
        camera: CameraConfiguration,
        model: LearnedModel?,
        anchor: ClockAnchor
    ) throws {
        let made = try StreamAnalysis(camera: camera, model: model)
        self.reader = reader
        self.anchor = anchor
        analysis = made
    }

    /// From the first frame to the end of the last, which lasts as long as the frame rate says.
    var duration: MediaSpan {
        guard let last else { return .zero }
        let rate = reader.info.nominalFrameRate ?? 0
        return (last.time - .zero) + .seconds(rate > 0 ? 1 / rate : 0)
    }

    /// Goes through the frames that are left.
    ///
    /// - Returns: why the reader could not go on, or nil at the recording's end.
    /// - Throws: what `matter` throws.
    mutating func run(
        progress: (RecordedProgress) -> Void,
        matter: (Matter, VideoFrame) throws -> Void
    ) throws -> MediaError? {
        while true {
            switch read() {
            case .failure(let error): return error
            case .success(nil): return nil
            case .success(let frame?):
                frames += 1
                last = frame
                for event in analysis.step(frame, anchor: anchor) {
                    try matter(event, sights.proof(of: event, decidedOn: frame))
                }
                sights.keep(analysis.lastSights, latest: frame, at: frame.time)
                progress(
                    RecordedProgress(
                        time: frame.time,
                        duration: reader.info.duration,
                        frames: frames,
                        analysedFrames: analysis.analysedFrames
                    )
                )
            }
        }
    }

    /// Closes what is open at the last frame.
    mutating func finish(matter: (Matter, VideoFrame) throws -> Void) throws {
        guard let last else { return }
        for event in analysis.finish(anchor: anchor) { try matter(event, last) }
    }

    func summary(cpuSeconds: Double, ending: RecordedEnding) -> RecordedSummary {
        RecordedSummary(
            duration: duration,
            frames: frames,
            analysedFrames: analysis.analysedFrames,
            damagedFrames: reader.statistics.corruptPackets + reader.statistics.damagedFrames,
            cpuSeconds: cpuSeconds,
            anchor: anchor,
            ending: ending
        )
    }

    private func read() -> Result<VideoFrame?, MediaError> {
        do throws(MediaError) {
            return .success(try reader.next())
        } catch {
            return .failure(error)
        }
    }
}
