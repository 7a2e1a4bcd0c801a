public import Detection
internal import Imaging
public import Media
internal import Scene

/// Shows a network a picture, and draws what it sees.
public struct ModelCheck: Sendable {
    /// What it sees, the surest first.
    public let sights: [ModelSight]
    /// The picture with every box in it, as a JPEG file.
    public let jpeg: [UInt8]

    /// Looks at the first frame of a picture or video file.
    ///
    /// - Parameters:
    ///   - model: the network.
    ///   - file: path of a JPEG or PNG file, or of a video.
    ///   - cancellation: ends the reading.
    /// - Throws: `MediaError` where the file shows no picture, `InferenceError` where the network
    ///   needs more memory than it may have.
    public init(
        of model: LearnedModel,
        on file: String,
        cancellation: Cancellation = .init()
    ) throws {
        let reader = try VideoReader(url: file, options: .init(), cancellation: cancellation)
        guard let frame = try reader.next() else {
            throw MediaError(
                code: .invalidData,
                message: "\(file): holds no picture; give a JPEG or PNG file, or a video"
            )
        }
        var picture = frame.copy()
        sights = try picture.withView { try model.sights(in: $0) }
        Self.draw(sights, into: &picture)
        jpeg = try JPEG.encode(picture)
    }

    private static func draw(_ sights: [ModelSight], into picture: inout Picture) {
        let scale = max(1, picture.height / 360)
        var labels = PictureLabels(scale: scale)
        for sight in sights {
            if sight.box.area < 1 {
                picture.outline(sight.box, ink: .amber, thickness: Double(scale) * 1.5)
            }
            let corner = NormalizedPoint(x: sight.box.x, y: sight.box.y)
            let share = Double(Int((sight.score * 100).rounded()))
            let label = "\(sight.kind.rawValue) \(TestResult.plain(share)) %"
            labels.add(label, .amber, corner: corner, picture)
        }
        labels.write(on: &picture)
    }
}
