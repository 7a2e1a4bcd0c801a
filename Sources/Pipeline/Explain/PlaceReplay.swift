public import Detection
internal import Foundation
public import Media
internal import Rules
public import Scene
public import Site

/// Replays a recording through detector and rules up to a moment, and tells what they made of one
/// place.
///
/// Blocks the calling thread, for as long as scoring the recording up to there takes; twice as long
/// where an incident is asked for by its number.
public struct PlaceReplay: Sendable {
    /// What is asked.
    public enum Question: Hashable, Sendable {
        /// The incident of that number in this replay, at its opening.
        case incident(Int)
        /// A place at a time.
        case moment(MediaTime, NormalizedPoint)
        /// Whatever is at a place at a time, followed up to a later time.
        case followed(MediaTime, NormalizedPoint, until: MediaTime)
    }

    private let video: String
    private let camera: CameraConfiguration
    private let model: LearnedModel?
    private let start: Instant?
    private let zone: ZoneID?
    private let cancellation: Cancellation

    /// A replay of one recording.
    ///
    /// - Parameters:
    ///   - video: path of the recording.
    ///   - camera: the camera it is from, with its zones.
    ///   - model: the network that looks at what is found; nil for none.
    ///   - start: civil time of the first frame, as `RecordedAnalysis` takes it.
    ///   - zone: the only zone to tell of; nil for all.
    ///   - cancellation: stops the replay within a frame.
    public init(
        video: String,
        camera: CameraConfiguration,
        model: LearnedModel? = nil,
        start: Instant? = nil,
        zone: ZoneID? = nil,
        cancellation: Cancellation = .init()
    ) {
        self.video = video
        self.camera = camera
        self.model = model
        self.start = start
        self.zone = zone
        self.cancellation = cancellation
    }

    /// Replays the recording.
    ///
    /// - Parameter question: the place and time.
    /// - Returns: the story, and a JPEG of current frame, background, masks and registry.
    /// - Throws: `PipelineError` with `invalidInput` for a question that the recording has no
    ///   answer to, `MediaError` where it cannot be read.
    public func explain(_ question: Question) throws -> (explanation: Explanation, jpeg: [UInt8]) {
        if let zone, !camera.zones.contains(where: { $0.id == zone }) {
            let ids = camera.zones.map(\.id.rawValue).joined(separator: ", ")
            throw PipelineError(
                .invalidInput,
                "camera \(camera.id.rawValue) has no zone \(zone.rawValue); it has \(ids)"
            )
        }
        switch question {
        case .moment(let time, let point):
            return try replay(to: time, Focus(point: point, zone: zone(at: point)))
        case .followed(let time, let point, let end):
            return try replay(to: end, Focus(point: point, zone: zone(at: point), begin: time))
        case .incident(let number):
            let incident = try find(number)
            let focus = Focus(
                point: incident.object.box.center,
                object: incident.object.id,
                zone: incident.zone
            )
            return try replay(to: incident.time, focus)
        }
    }

    /// The zone through which a point is looked at.
    private func zone(at point: NormalizedPoint) -> ZoneID? {
        zone ?? camera.zones.first { $0.polygon.contains(point) }?.id
    }

    /// Finds an incident at its opening.
    private func find(_ number: Int) throws -> Incident {
        var pass = try Pass(
            video: video,
            camera: camera,
            model: model,
            start: start,
            cancellation
        )
        var found: Incident?
        var opened = 0
        while found == nil, let step = try pass.next() {
            for matter in step.matters {
                guard let incident = matter.incident, incident.phase == .opened else { continue }
                opened = max(opened, incident.number)
                if incident.number == number { found = incident }
            }
        }
        guard let found else {
            throw PipelineError(
                .invalidInput,
                "\(video): this replay opens no incident \(number); it opens \(opened)"
            )
        }
        return found
    }

    private func replay(
        to end: MediaTime,
        _ begin: Focus
    ) throws -> (explanation: Explanation, jpeg: [UInt8]) {
        var pass = try Pass(
            video: video,
            camera: camera,
            model: model,
            start: start,
            cancellation
        )
        var story = PlaceStory()
        var focus = begin
        var last: (inspection: FrameInspection, frame: VideoFrame, zones: [ZoneExplanation])?
        var reached = MediaTime.zero
        var isPast = false
        while let step = try pass.next() {
            guard step.frame.time <= end else {
                isPast = true
                break
            }
            reached = step.frame.time
            if step.isAnalysed { focus.move(to: pass.analysis.observations) }
            guard step.isAnalysed,
                let inspection = pass.analysis.inspect(around: focus.point, zone: focus.zone)
            else { continue }
            story.add(inspection, step.matters)
            let zones = pass.analysis.explainRules(anchor: pass.anchor)
            last = (inspection, step.frame, zones)
        }
        guard let last, isPast || end - reached <= Self.lastFrame else {
            throw PipelineError(
                .invalidInput,
                "\(video): ends at \(reached.tenths); ask for a time from 0 to that"
            )
        }
        let events = story.finish(at: last.inspection.observations.time)
        let zones = last.zones.filter { zone == nil || $0.zone == zone }
        let answer = ExplanationBuilder(
            frame: last.inspection,
            story: story,
            zones: zones,
            rules: camera.zones.filter { zone == nil || $0.id == zone },
            asked: focus.object
        )
        let explanation = answer.explanation(
            video: URL(fileURLWithPath: video).lastPathComponent,
            camera: camera.id.rawValue,
            timeline: events
        )
        let sheet = ExplanationSheet(
            inspection: last.inspection,
            zones: camera.zones,
            explanation: explanation
        )
        let picture = sheet.drawn(on: last.frame.copy())
        return (explanation, try JPEG.encode(picture, quality: Self.quality))
    }

    private static let quality = 92
    /// How long the last frame of a recording may last.
    private static let lastFrame = MediaSpan.seconds(1)
}

/// The point that is looked at, and the object that it goes with.
private struct Focus {
    private(set) var point: NormalizedPoint
    private(set) var object: ObjectID?
    /// The zone that the point lies in, or that is asked for.
    let zone: ZoneID?
    /// From when on an object is followed; nil where the point stays.
    let begin: MediaTime?

    init(
        point: NormalizedPoint,
        object: ObjectID? = nil,
        zone: ZoneID?,
        begin: MediaTime? = nil
    ) {
        self.point = point
        self.object = object
        self.zone = zone
        self.begin = begin
    }

    /// Picks the object at the point, the smallest of several, and goes with it.
    mutating func move(to frame: FrameObservations?) {
        guard let begin, let frame, frame.time >= begin else { return }
        let objects = frame.objects(judging: zone)
        if object == nil {
            let here = objects.filter { $0.isVisible && $0.box.contains(point) }
            object = here.min { ($0.box.area, $0.id) < ($1.box.area, $1.id) }?.id
        }
        guard let box = objects.first(where: { $0.id == object })?.box else { return }
        point = NormalizedPoint(x: box.x + box.width / 2, y: box.y + 0.75 * box.height)
    }
}

extension NormalizedBox {
    fileprivate func contains(_ point: NormalizedPoint) -> Bool {
        point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height
    }
}

/// One run through a recording.
private struct Pass: ~Copyable {
    /// One frame and what was made of it.
    struct Step {
        let frame: VideoFrame
        let isAnalysed: Bool
        let matters: [Matter]
    }

    let anchor: ClockAnchor
    private(set) var analysis: StreamAnalysis
    private let reader: VideoReader
    private let cancellation: Cancellation

    init(
        video: String,
        camera: CameraConfiguration,
        model: LearnedModel?,
        start: Instant?,
        _ cancellation: Cancellation
    ) throws {
        let made = try StreamAnalysis(camera: camera, model: model)
        reader = try VideoReader(url: video, options: .init(), cancellation: cancellation)
        anchor = RecordedAnalysis.anchor(
            stated: start.map { ClockAnchor(start: $0, quality: .stated) },
            camera: camera,
            info: reader.info
        )
        analysis = made
        self.cancellation = cancellation
    }

    /// The next frame; nil at the end of the recording.
    mutating func next() throws -> Step? {
        guard !cancellation.isCancelled else {
            throw PipelineError(.unavailable, "stopped before the moment in question")
        }
        guard let frame = try reader.next() else { return nil }
        let before = analysis.analysedFrames
        let matters = analysis.step(frame, anchor: anchor)
        return Step(frame: frame, isAnalysed: analysis.analysedFrames > before, matters: matters)
    }
}
