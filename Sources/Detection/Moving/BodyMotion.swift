internal import Scene

/// Where something is, how large, and how both change, by four Kalman filters; units are pixels of
/// the analysis picture and seconds.
struct BodyMotion: Hashable, Codable {
    private(set) var x: Kalman
    private(set) var y: Kalman
    private(set) var width: Kalman
    private(set) var height: Kalman

    /// Starts at a measured box.
    init(_ box: PixelBox) {
        let deviation = max(2, Double(box.height) * 0.1)
        x = Kalman(position: Double(box.x) + Double(box.width) / 2, deviation: deviation)
        y = Kalman(position: Double(box.y) + Double(box.height) / 2, deviation: deviation)
        width = Kalman(position: Double(box.width), deviation: deviation)
        height = Kalman(position: Double(box.height), deviation: deviation)
    }

    /// Speed in pixels a second.
    var speed: Double { (x.velocity * x.velocity + y.velocity * y.velocity).squareRoot() }

    /// The box as a whole, not less than a pixel.
    var box: Extent {
        let (width, height) = (max(1, width.position), max(1, height.position))
        return Extent(
            x: x.position - width / 2,
            y: y.position - height / 2,
            width: width,
            height: height
        )
    }

    /// Moves on by a span; `unit` is the length of a body.
    mutating func predict(seconds: Double, unit: Double) {
        let acceleration = unit * unit * 2
        x.predict(seconds: seconds, acceleration: acceleration)
        y.predict(seconds: seconds, acceleration: acceleration)
        width.predict(seconds: seconds, acceleration: acceleration / 8)
        height.predict(seconds: seconds, acceleration: acceleration / 8)
    }

    /// Takes in a measured box.
    mutating func correct(_ box: Extent) {
        let deviation = max(1.5, box.height * 0.08)
        x.correct(box.centerX, deviation: deviation)
        y.correct(box.centerY, deviation: deviation)
        width.correct(box.width, deviation: deviation)
        height.correct(box.height, deviation: deviation)
        // A shadow that joins or leaves the body does not make it grow or shrink any further.
        width.rest()
        height.rest()
    }

    /// Slows down to at most that speed, in pixels a second.
    mutating func limit(speed most: Double) {
        guard speed > most else { return }
        let share = most / speed
        x.slow(to: share)
        y.slow(to: share)
    }

    /// Takes in where it must be within a group, of which it is not seen apart: its size stays.
    mutating func correctInGroup(_ box: Extent) {
        let deviation = max(2, box.height * 0.25)
        x.correct(box.centerX, deviation: deviation)
        y.correct(box.centerY, deviation: deviation)
        width.rest()
        height.rest()
    }
}

/// A box between pixels, in pixels of the analysis picture.
struct Extent: Hashable, Codable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    init(_ box: PixelBox) {
        self.init(
            x: Double(box.x),
            y: Double(box.y),
            width: Double(box.width),
            height: Double(box.height)
        )
    }

    var centerX: Double { x + width / 2 }
    var centerY: Double { y + height / 2 }
    var area: Double { width * height }

    /// Area shared with another.
    func shared(with other: Self) -> Double {
        let across = min(x + width, other.x + other.width) - max(x, other.x)
        let down = min(y + height, other.y + other.height) - max(y, other.y)
        return max(0, across) * max(0, down)
    }

    /// Distance of the centres.
    func distance(to other: Self) -> Double {
        let (dx, dy) = (centerX - other.centerX, centerY - other.centerY)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// The same size moved into another box; in its middle where it is larger.
    func clamped(into other: Self) -> Self {
        var box = self
        let (right, bottom) = (other.x + other.width - width, other.y + other.height - height)
        box.x = right < other.x ? (other.x + right) / 2 : max(other.x, min(right, x))
        box.y = bottom < other.y ? (other.y + bottom) / 2 : max(other.y, min(bottom, y))
        return box
    }

    /// The box on the way to another, 0 (here) to 1 (there).
    func blended(to other: Self, _ share: Double) -> Self {
        Self(
            x: x + share * (other.x - x),
            y: y + share * (other.y - y),
            width: width + share * (other.width - width),
            height: height + share * (other.height - height)
        )
    }

    /// The nearest pixels within a picture, one at least.
    func pixels(width columns: Int, height rows: Int) -> PixelBox {
        let left = max(0, min(columns - 1, Int(x.rounded())))
        let top = max(0, min(rows - 1, Int(y.rounded())))
        return PixelBox(
            x: left,
            y: top,
            width: max(1, min(columns - left, Int(width.rounded()))),
            height: max(1, min(rows - top, Int(height.rounded())))
        )
    }
}
