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
        let high = Picture.textHeight(scale: scale) + 2 * scale
        var line = 0
        for sight in sights.reversed() {
            let isWhole = sight.box.width >= 1 && sight.box.height >= 1
            let label = "\(sight.kind.rawValue) \(sight.score)"
            let left = max(0, Int(sight.box.x * Double(picture.width))) + 2 * scale
            var top = Int(sight.box.y * Double(picture.height)) - high
            if isWhole {
                top = (sights.count - 1 - line) * high + scale
                line += 1
            } else {
                picture.outline(sight.box, ink: .amber, thickness: Double(scale) * 1.5)
            }
            picture.write(label, x: left, y: max(scale, top), scale: scale, ink: .amber)
        }
    }
}
