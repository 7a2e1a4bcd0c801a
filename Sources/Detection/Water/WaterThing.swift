internal import Scene

/// One moving thing as the water sees it: how steadily, how far and how fast it has gone.
///
/// It keeps its own memory of the boxes of a track, whatever the tracker makes of them.
struct WaterThing: Hashable, Codable {
    /// Why something is no honest reason for an alert at the water.
    enum Doubt: String, Hashable, Codable {
        /// Seen for too short a time.
        case young
        /// It flickers about without going anywhere or keeping its shape.
        case erratic
        /// Small, and as the stream all its life.
        case drifting
        /// The image of what stands above it.
        case mirrored
        /// Among sparks of light on the water.
        case glittering
    }

    /// Where it was at one moment, in pixels.
    struct Sample: Hashable, Codable {
        var time: MediaTime
        var x: Double
        var y: Double
    }

    /// How often something was looked for, and how often it held.
    struct Tally: Hashable, Codable {
        private(set) var checks = 0
        private(set) var held = 0

        mutating func add(_ holds: Bool) {
            checks += 1
            held += holds ? 1 : 0
        }

        /// Whether it was looked for often enough, and held in that share of the looks.
        func holds(share: Double, of least: Int) -> Bool {
            checks >= least && Double(held) >= share * Double(checks)
        }
    }

    let id: ObjectID
    let firstSeen: MediaTime
    private(set) var box: PixelBox
    private(set) var isVisible = true
    /// Frames since it was first seen, and those that saw it.
    private(set) var frames = 1
    private(set) var seen = 1
    /// Way and where it turned last; steps shorter than a shiver of the box are none.
    private(set) var path = 0.0
    private(set) var trail: [Sample]
    private let start: Sample
    private var corner: Sample
    /// Where its box will be if it goes on as from the last frame to this.
    private var ahead: PixelBox
    /// Sum of the overlaps of boxes with the one before, or with where that was going.
    private var overlaps = 0.0
    private var overlapCount = 0
    /// Whether it was surely taken for a person at some time.
    var isSomebody = false
    /// Whether it began where such a person was: a head where a body was.
    var isHeir = false
    /// Sums of its heights and widths, in heights of a person who stood there.
    private var heights = 0.0
    /// Two pixels, in heights of a person: by so much a small thing looks larger than it is.
    private(set) var blur = 0.0
    private var widths = 0.0
    /// How often its size was compared with that of a person, and was like one's.
    private(set) var sizes = Tally()
    /// Sum of the shares of its pixels that came and went, over the frames that saw it.
    private var toggles = 0.0
    /// How often it moved with the stream, and looked like the image of another.
    var drift = Tally()
    var mirror = Tally()
    var doubt: Doubt? = .young
    /// How much the water in and around its box sparkles, of late.
    private(set) var sparkle = 0.0
    /// Sights of it outside of sparks.
    private(set) var clearSights = 0
    /// What it looked like of late, and sum of the likeness to a third of a second before.
    private var views: [View] = []
    private var likenesses = 0.0
    private var likenessCount = 0

    /// Levels of its cells at one moment.
    private struct View: Hashable, Codable {
        var time: MediaTime
        @PackedBytes var cells: [UInt8]
    }

    /// Over how long speed is measured, at most and at least.
    static let window = (most: MediaSpan.seconds(1.2), least: MediaSpan.seconds(0.45))

    init(id: ObjectID, box: PixelBox, at time: MediaTime) {
        self.id = id
        self.box = box
        ahead = box
        firstSeen = time
        start = Self.sample(box, time)
        corner = start
        trail = [start]
    }

    private static func sample(_ box: PixelBox, _ time: MediaTime) -> Sample {
        Sample(
            time: time,
            x: Double(box.x) + Double(box.width) / 2,
            y: Double(box.y) + Double(box.height) / 2
        )
    }

    /// Takes in what the water in its box is like, and what it looks like itself.
    ///
    /// - Parameters:
    ///   - toggles: share of its pixels that have just come or gone.
    ///   - sparkle: how much the water around it sparkles, 0 to 1.
    ///   - cells: levels of its cells, as many each time.
    ///   - time: now.
    mutating func note(
        toggles: Double,
        sparkle: Double,
        cells: [UInt8],
        at time: MediaTime
    ) {
        self.toggles += toggles
        let share = 1 / Double(min(seen, Self.memory))
        self.sparkle += (sparkle - self.sparkle) * share
        clearSights += sparkle < Self.mostClear ? 1 : 0
        if let before = views.last(where: { time - $0.time >= Self.likenessSpan }) {
            likenesses += WaterWatch.likeness(cells.map(Double.init), before.cells.map(Double.init))
            likenessCount += 1
        }
        views.append(View(time: time, cells: cells))
        views.removeAll { time - $0.time > Self.likenessSpan + Self.likenessSpan }
    }

    /// From that share of jumping pixels on the water sparkles.
    static let leastSparkle = 0.08
    /// Below that share the water does not sparkle.
    static let mostClear = 0.05
    private static let likenessSpan = MediaSpan.seconds(0.3)
    /// Sights over which the water in its box is remembered.
    private static let memory = 24

    /// Takes in where it is now, or that it is not seen.
    mutating func follow(_ box: PixelBox, isVisible: Bool, person: Double?, at time: MediaTime) {
        frames += 1
        self.isVisible = isVisible
        guard isVisible else { return }
        seen += 1
        overlaps += max(Self.overlap(self.box, box), Self.overlap(ahead, box))
        overlapCount += 1
        ahead = box
        ahead.x += box.x - self.box.x
        ahead.y += box.y - self.box.y
        self.box = box
        let now = Self.sample(box, time)
        let step = Self.distance(corner, now)
        if step >= max(2, Double(box.height) * 0.1) {
            path += step
            corner = now
        }
        trail.append(now)
        trail.removeAll { time - $0.time > Self.window.most }
        guard let person else { return }
        let (height, width) = (Double(box.height) / person, Double(box.width) / person)
        blur = 2 / person
        heights += height
        widths += width
        sizes.add(height >= 0.5 && height <= 1.6 && width <= 1.1)
    }

    private static func overlap(_ a: PixelBox, _ b: PixelBox) -> Double {
        let shared = a.intersection(b)?.area ?? 0
        return Double(shared) / Double(max(1, a.area + b.area - shared))
    }

    private static func distance(_ a: Sample, _ b: Sample) -> Double {
        ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }

    /// How long it has been followed.
    var age: MediaSpan { (trail.last?.time ?? firstSeen) - firstSeen }

    /// How far it is from where it began, in pixels.
    var displacement: Double { trail.last.map { Self.distance(start, $0) } ?? 0 }

    /// Displacement over way; 1 for what has not moved.
    var straightness: Double { path > 0 ? min(1, displacement / path) : 1 }

    /// Mean overlap of its box with the one before, or with where that was going.
    var steadiness: Double { overlapCount > 0 ? overlaps / Double(overlapCount) : 0 }

    /// Share of the frames that saw it.
    var seenShare: Double { Double(seen) / Double(frames) }

    /// Pixels a second over about a second; nil where it was not seen for long enough.
    var velocity: (x: Double, y: Double)? {
        guard let first = trail.first, let last = trail.last,
            last.time - first.time >= Self.window.least
        else { return nil }
        let seconds = (last.time - first.time).seconds
        return ((last.x - first.x) / seconds, (last.y - first.y) / seconds)
    }

    /// Mean share of its pixels that come and go from frame to frame.
    var restlessness: Double { toggles / Double(max(1, overlapCount)) }

    /// Whether it has gone as a body goes: somewhere, or steadily on its place without flickering.
    var isCoherent: Bool {
        guard seenShare >= 0.5, !isFlicker else { return false }
        return hasWalked || (steadiness >= 0.5 && restlessness < Self.glitter)
    }

    /// Whether nearly all of it comes and goes elsewhere from frame to frame, as no body does.
    var isFlicker: Bool { restlessness >= 0.6 && steadiness < 0.4 }

    /// Whether it is among sparks, and was hardly ever seen elsewhere.
    var isAmongSparks: Bool { sparkle >= Self.leastSparkle && clearSights < 5 }

    /// Mean likeness to what it looked like a third of a second before, -1 to 1: high for a body,
    /// low for sparks.
    var likeness: Double { likenesses / Double(max(1, likenessCount)) }

    /// Whether it has gone half of its height, without much to and fro.
    var hasWalked: Bool {
        displacement >= Double(box.height) * 0.5 && straightness >= 0.3
    }

    /// From that restlessness on, what keeps its place is light on the water.
    static let glitter = 0.35

    /// Mean height, in heights of a person who stood there; 0 where that is not known.
    var height: Double { heights / Double(max(1, sizes.checks)) }

    /// Mean width, likewise.
    var width: Double { widths / Double(max(1, sizes.checks)) }

    /// Whether it is as large as a person who stands or crouches there, and lasts.
    var isPersonSized: Bool {
        age >= .seconds(1) && seenShare >= 0.6 && sizes.holds(share: 0.6, of: 5)
    }
}
