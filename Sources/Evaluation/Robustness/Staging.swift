internal import Rules
internal import Scene

/// When and where a clip is disturbed: in the middle of the dwell time of its first event, at that
/// event's object; without events in the middle of the clip and of its first zone.
struct Staging: Sendable {
    /// Seed of everything that looks random.
    static let seed: UInt64 = 20

    /// When the disturbance begins.
    var moment: MediaTime
    /// The object that is disturbed; nil where there is none or its place is not known.
    var object: NormalizedBox?
    /// The zone that it is in.
    var zone: Polygon

    private static let shadow = (width: 0.45, height: 0.3, slant: 0.12)

    /// The staging of a clip.
    ///
    /// - Parameters:
    ///   - truth: events and the size of the video.
    ///   - rules: of the zones that are watched, one at least.
    ///   - end: time of the last picture.
    init(truth: Truth, rules: [ZoneRule], end: MediaTime) {
        let watched = Dictionary(rules.map { ($0.id.rawValue, $0) }) { first, _ in first }
        let first = truth.events.filter { watched[$0.zone] != nil }
            .min { ($0.start, $0.end) < ($1.start, $1.end) }
        zone = first.flatMap { watched[$0.zone]?.polygon } ?? rules.first?.polygon ?? Polygon([])
        moment = MediaTime(microseconds: end.microseconds / 2)
        guard let first else { return }
        let dwell = watched[first.zone]?.dwell.seconds ?? 0
        moment = min(MediaTime(seconds: first.start + dwell / 2), end)
        object = first.box.map { box in
            NormalizedBox(
                x: box.x / Double(truth.width),
                y: box.y / Double(truth.height),
                width: box.width / Double(truth.width),
                height: box.height / Double(truth.height)
            )
        }
    }

    /// The person who hides the object: 1.3 times as tall, a fifth of the picture at least and
    /// three fifths at most, with the coat before its middle or the feet below its lower edge.
    func passerby(width: Int, height: Int) -> Passerby {
        let (columns, rows) = (Double(width), Double(height))
        let target = object ?? Self.point(zone.bounds.center)
        let tall = min(max(1.3 * target.height * rows, 0.2 * rows), 0.6 * rows)
        let middle = target.center
        let feet = max(
            middle.y * rows + 0.5 * tall,
            (target.y + target.height) * rows + 0.04 * tall
        )
        return Passerby(
            stand: (middle.x * columns, min(feet, rows + 0.15 * tall)),
            height: tall,
            pictureWidth: width,
            seed: Self.seed
        )
    }

    /// A slanted shadow, 0.45 of the picture wide and 0.3 high, around the point of the zone that
    /// is farthest from the object; around the zone's middle where there is none.
    func shadow() -> Polygon {
        let middle = object.map { farthest(from: $0.center) } ?? zone.bounds.center
        let (width, height, slant) = Self.shadow
        return Polygon([
            NormalizedPoint(x: middle.x - width / 2 + slant, y: middle.y - height / 2),
            NormalizedPoint(x: middle.x + width / 2 + slant, y: middle.y - height / 2),
            NormalizedPoint(x: middle.x + width / 2 - slant, y: middle.y + height / 2),
            NormalizedPoint(x: middle.x - width / 2 - slant, y: middle.y + height / 2),
        ])
    }

    /// Of a grid of 24 by 24 points in the zone the one that is farthest.
    private func farthest(from place: NormalizedPoint) -> NormalizedPoint {
        let bounds = zone.bounds
        var best = (point: bounds.center, distance: -1.0)
        for row in 0..<24 {
            for column in 0..<24 {
                let point = NormalizedPoint(
                    x: bounds.x + bounds.width * (Double(column) + 0.5) / 24,
                    y: bounds.y + bounds.height * (Double(row) + 0.5) / 24
                )
                guard zone.contains(point) else { continue }
                let way = (x: point.x - place.x, y: point.y - place.y)
                let distance = way.x * way.x + way.y * way.y
                if distance > best.distance { best = (point, distance) }
            }
        }
        return best.point
    }

    private static func point(_ place: NormalizedPoint) -> NormalizedBox {
        NormalizedBox(x: place.x, y: place.y, width: 0, height: 0)
    }
}
