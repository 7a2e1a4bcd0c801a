internal import Foundation
internal import Imaging

/// A person drawn into the picture, who walks in from the nearer side, stands before the object and
/// walks on to the other side.
///
/// Standing people do not stand still: weight shifts, arms and head move.
struct Passerby: PictureChange {
    static let standSeconds = 30.0

    /// Body heights a second at a walk: 1.4 m/s at 1.7 m.
    private static let pace = 0.82
    private static let longestWalk = 6.0

    /// Where the feet come to stand and the height of the body, in pixels.
    let stand: (x: Double, y: Double)
    let height: Double
    let seed: UInt64
    private let start: Double
    private let leave: Double

    /// A person of that height in pictures that wide.
    init(stand: (x: Double, y: Double), height: Double, pictureWidth: Int, seed: UInt64) {
        self.stand = stand
        self.height = height
        self.seed = seed
        let margin = 0.3 * height
        let isFromLeft = stand.x * 2 < Double(pictureWidth)
        start = isFromLeft ? -margin : Double(pictureWidth) + margin
        leave = isFromLeft ? Double(pictureWidth) + margin : -margin
    }

    var lead: Double { Self.walkSeconds(abs(stand.x - start), height) }

    func apply(to picture: inout Picture, number: Int, seconds: Double) {
        guard let pose = pose(at: seconds) else { return }
        let body = Body(pose: pose, height: height)
        let luma = texture(of: number)
        body.paint(&picture.luma, samplesPerPixel: 1) { part, place in
            part.luma + luma(part, place)
        }
        body.paint(&picture.blue, samplesPerPixel: 0.5) { part, _ in part.blue }
        body.paint(&picture.red, samplesPerPixel: 0.5) { part, _ in part.red }
    }

    /// How the person is there, nil before the walk in and after the walk out.
    func pose(at seconds: Double) -> Pose? {
        if seconds < 0 {
            guard seconds >= -lead else { return nil }
            let x = stand.x + (start - stand.x) * (-seconds / lead)
            return Pose(x: x, y: stand.y, step: sin(seconds * 11), isWalking: true)
        }
        if seconds <= Self.standSeconds {
            let x = stand.x + 0.02 * height * sin(seconds * 2.3)
            return Pose(x: x, y: stand.y, step: sin(seconds * 3.3), isWalking: false)
        }
        let walk = Self.walkSeconds(abs(leave - stand.x), height)
        let share = (seconds - Self.standSeconds) / walk
        guard share <= 1 else { return nil }
        let x = stand.x + (leave - stand.x) * share
        return Pose(x: x, y: stand.y, step: sin(seconds * 11), isWalking: true)
    }

    private static func walkSeconds(_ way: Double, _ height: Double) -> Double {
        min(way / (pace * height), longestWalk)
    }

    /// A woven pattern that moves with the body, and a little grain that does not.
    private func texture(of number: Int) -> (Body.Part, (x: Double, y: Double)) -> Double {
        { part, place in
            let column = Int((place.x * 28).rounded(.down))
            let row = Int((place.y * 28).rounded(.down))
            var cell = SeededNumbers(seed: seed, picture: row &* 1_009 &+ column)
            return Double.random(in: -part.contrast...part.contrast, using: &cell)
        }
    }
}

extension Passerby {
    /// Place of the feet in pixels, and where in a stride the body is.
    struct Pose {
        var x: Double
        var y: Double
        /// Swing of arms and legs, -1 to 1.
        var step: Double
        var isWalking: Bool
    }
}
