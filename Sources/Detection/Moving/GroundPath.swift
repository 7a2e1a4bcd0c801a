internal import Scene

/// The way of something on the ground: where its foot was when, thinned evenly over its life.
struct GroundPath: Hashable, Codable {
    /// Points, at most `most`, in order of time.
    private(set) var points: [GroundPoint] = []
    /// Length of the way in body lengths, as the picture shows it: what leads to the camera or
    /// away from it is foreshortened.
    private(set) var bodyLengths = 0.0

    private var spacing = MediaSpan.seconds(0.25)

    static let most = 32

    /// Takes in where the foot is.
    mutating func add(_ point: GroundPoint) {
        if let last = points.last, point.time - last.time < spacing { return }
        points.append(point)
        guard points.count > Self.most else { return }
        points = points.indices.filter { $0 % 2 == 0 }.map { points[$0] }
        spacing = spacing + spacing
    }

    /// Adds to the length of the way.
    mutating func lengthen(by lengths: Double) {
        bodyLengths += lengths
    }
}
