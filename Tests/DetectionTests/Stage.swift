import Foundation
import Scene

@testable import Detection

/// People before the tracker alone: what it would be told of them, and whom it took for whom.
struct Stage {
    /// Somebody, by where their feet are.
    struct Actor {
        var look: Appearance?
        var width = 12
        var height = 36
        /// Middle of the feet at a time in seconds; nil while they are not there.
        var feet: (Double) -> (x: Double, y: Double)?
        /// Whether only a faint trace is seen of them at a time.
        var isFaint: (Double) -> Bool = { _ in false }
    }

    static let red = Appearance(upper: (90, 110, 190), lower: (50, 128, 128))
    static let blue = Appearance(upper: (80, 180, 105), lower: (120, 128, 128))
    static let grey = Appearance(upper: (120, 128, 128), lower: (60, 128, 128))

    var actors: [Actor]
    var means = Tracker.Means.all
    var rate = 5.0
    /// What nobody is seen behind.
    var posts: [PixelBox] = []
    /// What stands, as the tracker hears of it.
    var standing: [PixelBox] = []
    var scale: PersonScale? = PersonScale(slope: 0, intercept: 0.2)
    /// Numbers of frames that do not come.
    var dropped: Set<Int> = []
    /// Keeps the tracker in bytes and reads it again before that frame.
    var restored: Int?

    /// Whom the tracker took everybody for.
    struct Story {
        /// The numbers each actor had when seen apart from others, one a frame.
        var numbers: [[ObjectID]]
        var tracker: Tracker
        /// Highest number given out.
        var given = 0

        /// How often the number of somebody changed.
        var switches: Int {
            numbers.reduce(0) { sum, ids in sum + zip(ids, ids.dropFirst()).count { $0 != $1 } }
        }
    }

    private struct Seen {
        var sighting: Sighting
        var actors: [Int]
    }

    /// Plays for some seconds.
    func play(_ seconds: Double, _ look: (Tracker, Double) -> Void = { _, _ in }) throws -> Story {
        var story = Story(numbers: actors.map { _ in [] }, tracker: Tracker(means: means))
        let view = Surroundings(
            width: 480,
            height: 180,
            people: PersonHeights(scale, rows: 180),
            standing: standing
        )
        for frame in 0..<Int(seconds * rate) where !dropped.contains(frame) {
            if frame == restored {
                story.tracker = try Self.copy(of: story.tracker)
            }
            let time = Double(frame) / rate
            let seen = seen(at: time, frame: frame)
            var given = story.given
            story.tracker.step(
                seen.map(\.sighting),
                in: view,
                at: MediaTime(seconds: time)
            ) {
                given += 1
                return ObjectID(rawValue: given)
            }
            story.given = given
            for one in seen where one.actors.count == 1 && one.sighting.isStrong {
                let track = story.tracker.tracks.first {
                    $0.isVisible && $0.measured == one.sighting.box
                }
                if let track { story.numbers[one.actors[0]].append(track.id) }
            }
            look(story.tracker, time)
        }
        return story
    }

    /// The blobs of a frame: those who touch are one.
    private func seen(at time: Double, frame: Int) -> [Seen] {
        var blobs: [Seen] = []
        for (index, actor) in actors.enumerated() {
            guard let box = box(of: actor, index, at: time, frame: frame) else { continue }
            var blob = Seen(
                sighting: Sighting(box: box, isStrong: !actor.isFaint(time), look: actor.look),
                actors: [index]
            )
            while let other = blobs.firstIndex(where: {
                $0.sighting.box.grown(by: 1, within: 480, 180)?.intersection(blob.sighting.box)
                    != nil
            }) {
                let joined = blobs.remove(at: other)
                blob.actors += joined.actors
                blob.sighting.box = blob.sighting.box.union(joined.sighting.box)
                blob.sighting.isStrong = blob.sighting.isStrong || joined.sighting.isStrong
                if let look = joined.sighting.look {
                    blob.sighting.look?.mix(with: look, part: 2)
                }
            }
            blobs.append(blob)
        }
        return blobs.sorted { $0.sighting.box.area > $1.sighting.box.area }
    }

    private func box(of actor: Actor, _ index: Int, at time: Double, frame: Int) -> PixelBox? {
        guard let feet = actor.feet(time) else { return nil }
        func shiver(_ salt: Int) -> Int { Street.hash(frame, index, salt) % 3 - 1 }
        let box = PixelBox(
            x: Int(feet.x) - actor.width / 2 + shiver(1),
            y: Int(feet.y) - actor.height + shiver(2),
            width: actor.width + shiver(3),
            height: actor.height + shiver(4)
        )
        let whole = PixelBox(x: 0, y: 0, width: 480, height: 180)
        guard let inside = box.intersection(whole), inside.width >= 4 else { return nil }
        for post in posts {
            if let shared = post.intersection(inside), shared.area * 2 > inside.area { return nil }
        }
        return inside
    }

    private static func copy(of tracker: Tracker) throws -> Tracker {
        let bytes = try JSONEncoder().encode(tracker)
        return try JSONDecoder().decode(Tracker.self, from: bytes)
    }

    /// Somebody who walks along a row at an even speed.
    static func walker(
        _ look: Appearance?,
        from x: Double,
        speed: Double,
        y: Double = 120
    ) -> Actor {
        Actor(look: look) { time in (x + speed * time, y) }
    }
}
