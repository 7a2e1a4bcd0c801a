internal import Scene

/// A way in the picture, in picture heights.
///
/// Boxes know no pixels: a picture is taken to be 16 wide and 9 high.
struct PictureVector: Hashable, Sendable, Codable {
    /// Width over height of the picture.
    static let aspect = 16.0 / 9

    /// To the right.
    var dx: Double
    /// Downwards.
    var dy: Double

    init(dx: Double, dy: Double) {
        self.dx = dx
        self.dy = dy
    }

    /// The way from one point to another.
    init(from start: NormalizedPoint, to end: NormalizedPoint) {
        dx = (end.x - start.x) * Self.aspect
        dy = end.y - start.y
    }

    var squaredLength: Double { dx * dx + dy * dy }
    var length: Double { squaredLength.squareRoot() }

    static prefix func - (vector: PictureVector) -> PictureVector {
        PictureVector(dx: -vector.dx, dy: -vector.dy)
    }

    /// Whether it points the same way as another within about 35 degrees.
    func agrees(with other: PictureVector) -> Bool {
        let product = dx * other.dx + dy * other.dy
        // The squared cosine of 35 degrees.
        return product > 0 && product * product >= 0.67 * squaredLength * other.squaredLength
    }

    /// Whether it lies along another within about 35 degrees, either way.
    func isAlong(_ other: PictureVector) -> Bool {
        agrees(with: other) || agrees(with: -other)
    }
}

extension NormalizedBox {
    /// The larger side in picture heights.
    var extent: Double { max(width * PictureVector.aspect, height) }

    /// The middle of the lower 30 %: about where a vehicle's own middle touches the ground.
    var stand: NormalizedPoint { NormalizedPoint(x: x + width / 2, y: y + 0.85 * height) }

    /// The shortest way between two boxes, in picture heights; 0 where they meet.
    func gap(to other: NormalizedBox) -> Double {
        let across = max(0, max(x, other.x) - min(x + width, other.x + other.width))
        let down = max(0, max(y, other.y) - min(y + height, other.y + other.height))
        return PictureVector(dx: across * PictureVector.aspect, dy: down).length
    }
}

extension Observation {
    /// Whether it may be a vehicle on a road: by its class, or by lying rather than standing
    /// upright where no class is known.
    var isVehicleLike: Bool {
        switch classification.objectClass {
        case .vehicle, .twoWheeler: true
        case .unknown: box.width * PictureVector.aspect * 2 >= box.height
        case .person, .object, .animal, .boat: false
        }
    }
}
