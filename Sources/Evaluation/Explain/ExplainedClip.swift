public import Foundation
public import Pipeline
internal import Rules
public import Scene
public import Site

/// A folder with a video and a `truth.json`, as something to ask about.
public struct ExplainedClip: Sendable {
    /// The video.
    public let video: URL
    /// A camera with the rules that the clip is evaluated under.
    public let camera: CameraConfiguration
    private let truth: Truth
    private let truthFile: URL

    /// Reads the truth of a folder.
    ///
    /// - Throws: `EvaluationError` that names the file and what is wrong with it.
    public init(folder: URL) throws(EvaluationError) {
        truthFile = folder.appendingPathComponent("truth.json")
        truth = try Truth.read(truthFile)
        video = folder.appendingPathComponent(truth.video)
        do {
            camera = try truth.camera()
        } catch {
            throw EvaluationError(error.code, "\(truthFile.path): \(error.message)")
        }
    }

    /// What to ask about an event of the truth: its place, ten seconds after it was due, and
    /// before it ends; where its box is true at one time only, what is there then is followed.
    ///
    /// - Parameter number: which of `events`, from 1.
    /// - Returns: the question, and the event's zone.
    /// - Throws: `EvaluationError` where there is no such event.
    public func question(
        ofEvent number: Int
    ) throws(EvaluationError) -> (question: PlaceReplay.Question, zone: ZoneID) {
        guard truth.events.indices.contains(number - 1) else {
            throw EvaluationError(
                .invalidData,
                "\(truthFile.path): has no event \(number); it has \(truth.events.count)"
            )
        }
        let event = truth.events[number - 1]
        guard let zone = truth.zones.first(where: { $0.id == event.zone }) else {
            throw EvaluationError(
                .invalidData,
                "\(truthFile.path): events[\(number - 1)].zone: \(event.zone) is no zone of it"
            )
        }
        let due = event.start + (zone.dwell ?? 0)
        let last = max(event.start, event.end - Self.margin)
        let time = min(due + Self.grace, last)
        let point = point(of: event, in: zone)
        let end = MediaTime(seconds: time)
        let id = ZoneID(rawValue: event.zone)
        guard let boxTime = event.boxTime, isPassing(zone) else {
            return (.moment(end, point), id)
        }
        let begin = MediaTime(seconds: boxTime)
        return (.followed(begin, point, until: max(begin, end)), id)
    }

    /// How long after it was due an alert may come, and how far from its end an event surely lasts.
    private static let (grace, margin) = (10.0, 0.5)

    /// Whether what the zone watches for moves about in it.
    private func isPassing(_ zone: Truth.Zone) -> Bool {
        zone.kind == ZoneKind.waterDanger.rawValue
    }

    /// The lower middle of the event's box; the middle of the zone's bounds without one.
    private func point(of event: Truth.Event, in zone: Truth.Zone) -> NormalizedPoint {
        let (width, height) = (Double(truth.width), Double(truth.height))
        if let box = event.box {
            return NormalizedPoint(
                x: (box.x + box.width / 2) / width,
                y: (box.y + 0.75 * box.height) / height
            )
        }
        let corners = zone.polygon.map { NormalizedPoint(x: $0.x / width, y: $0.y / height) }
        return Polygon(corners).bounds.center
    }
}
