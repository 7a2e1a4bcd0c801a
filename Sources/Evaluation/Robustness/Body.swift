internal import Imaging

/// A person made of rounded rods, in a coat that reaches to the knees.
struct Body {
    /// A rounded rod in body heights: x to the right of the feet, y up from the ground.
    struct Part {
        var from: (x: Double, y: Double)
        var to: (x: Double, y: Double)
        var radius: Double
        var luma: Double
        /// Largest departure of the pattern from `luma`.
        var contrast: Double
        var blue: Double
        var red: Double
    }

    private let foot: (x: Double, y: Double)
    private let height: Double
    /// From the back to the front.
    private let parts: [Part]

    init(pose: Passerby.Pose, height: Double) {
        foot = (pose.x, pose.y)
        self.height = height
        let leg = pose.isWalking ? 0.13 * pose.step : 0.01 * pose.step
        let arm = pose.isWalking ? -0.1 * pose.step : 0.05 * pose.step
        let head = 0.012 * pose.step
        func rod(
            _ fromX: Double,
            _ fromY: Double,
            _ toX: Double,
            _ toY: Double,
            _ radius: Double,
            _ colour: (luma: Double, contrast: Double, blue: Double, red: Double)
        ) -> Part {
            Part(
                from: (fromX, fromY),
                to: (toX, toY),
                radius: radius,
                luma: colour.luma,
                contrast: colour.contrast,
                blue: colour.blue,
                red: colour.red
            )
        }
        let trousers = (luma: 48.0, contrast: 10.0, blue: 134.0, red: 124.0)
        let coat = (luma: 92.0, contrast: 38.0, blue: 116.0, red: 146.0)
        let skin = (luma: 150.0, contrast: 12.0, blue: 112.0, red: 148.0)
        parts = [
            rod(-0.06, 0.45, -0.07 + leg, 0.05, 0.055, trousers),
            rod(0.06, 0.45, 0.07 - leg, 0.05, 0.055, trousers),
            rod(0, 0.36, 0, 0.74, 0.14, coat),
            rod(-0.15, 0.76, -0.18 + arm, 0.48, 0.045, coat),
            rod(0.15, 0.76, 0.18 - arm, 0.48, 0.045, coat),
            rod(head, 0.92, head, 0.935, 0.065, skin),
        ]
    }

    /// Paints the body over a plane.
    ///
    /// - Parameters:
    ///   - plane: luma, or chroma with half as many samples to a pixel.
    ///   - samplesPerPixel: 1 for luma, 0.5 for chroma.
    ///   - colour: level of a part at a place in body heights.
    func paint(
        _ plane: inout Plane,
        samplesPerPixel: Double,
        colour: (Part, (x: Double, y: Double)) -> Double
    ) {
        let scale = height * samplesPerPixel
        let origin = (x: foot.x * samplesPerPixel, y: foot.y * samplesPerPixel)
        let columns = Self.range(origin.x - 0.4 * scale, origin.x + 0.4 * scale, plane.width)
        let rows = Self.range(origin.y - 1.02 * scale, origin.y + 0.02 * scale, plane.height)
        for y in rows {
            for x in columns {
                let place = (
                    x: (Double(x) + 0.5 - origin.x) / scale,
                    y: (origin.y - Double(y) - 0.5) / scale
                )
                for part in parts {
                    let inside = (part.radius - part.distance(to: place)) * scale + 0.5
                    guard inside > 0 else { continue }
                    let share = min(1, inside)
                    let level = Double(plane[x, y]) * (1 - share) + colour(part, place) * share
                    plane[x, y] = UInt8(min(max(level, 0), 255).rounded())
                }
            }
        }
    }

    private static func range(_ from: Double, _ to: Double, _ count: Int) -> Range<Int> {
        let first = min(max(Int(from.rounded(.down)), 0), count)
        return first..<min(max(Int(to.rounded(.up)), first), count)
    }
}

extension Body.Part {
    /// Distance of a place from the rod's axis, in body heights.
    fileprivate func distance(to place: (x: Double, y: Double)) -> Double {
        let along = (x: to.x - from.x, y: to.y - from.y)
        let offset = (x: place.x - from.x, y: place.y - from.y)
        let length = along.x * along.x + along.y * along.y
        let share =
            length > 0 ? min(max((offset.x * along.x + offset.y * along.y) / length, 0), 1) : 0
        let rest = (x: offset.x - along.x * share, y: offset.y - along.y * share)
        return (rest.x * rest.x + rest.y * rest.y).squareRoot()
    }
}
