internal import Imaging
internal import Scene

/// Vehicles in what has become background: those that stood there when the view was learned, and
/// those that stopped without the registry's notice.
///
/// A network that finds boxes looks at a part of the zones' surroundings at a time, in the full
/// picture, where that shows the background. What it finds again and again is a vehicle; one that
/// it finds no more has left. A classifier is not asked: on pictures of streets too much that is no
/// vehicle looks like one.
struct BackgroundPass: Hashable, Codable {
    /// A vehicle in the background.
    struct Resident: Hashable, Codable {
        /// Its number; nil until it is reported.
        var id: ObjectID?
        /// Where it was last found, in shares of the background.
        var box: NormalizedBox
        /// The part that it was found in.
        var part: Int
        /// When it was first found, or when the view was learned.
        var since: MediaTime
        /// Whether it may have stood there before.
        var isFromStart: Bool
        /// When it was last seen.
        var lastSeen: MediaTime
        /// How often its part was looked at, and it was found.
        var sightings = 0
        /// How often it was not found since.
        var misses = 0
        /// The latest scores, in hundredths.
        var scores: [Int] = []
        /// Whether its place shows the background now.
        var isVisible = true
        /// Whether its place has changed since it was last seen, so that it may have left.
        var isDoubted = false

        /// Whether it was found often enough.
        var isSure: Bool { sightings >= BackgroundPass.leastSightings }

        /// The middle of the latest scores, 0 to 1.
        var score: Double {
            let ordered = scores.sorted()
            return ordered.isEmpty ? 0 : Double(ordered[ordered.count / 2]) / 100
        }
    }

    private(set) var residents: [Resident] = []
    /// The part that is looked at next, and how often all were looked at.
    private var next = 0
    private var rounds = 0
    private var lastLook: MediaTime?

    /// Sightings from which a vehicle is reported.
    static let leastSightings = 3
    /// Least score of a vehicle in the background.
    static let leastScore = 0.4
    /// Times that a vehicle must not be found to have left.
    private static let mostMisses = 3
    /// Share of a place that may differ from the background.
    private static let mostChanged = 0.2
    /// Share of a place that differs from the background when the vehicle is hidden or has left.
    private static let hidden = 0.4
    /// Pause between looks at first, and where one seems to have left.
    private static let pause = (first: MediaSpan.seconds(0.5), doubt: MediaSpan.seconds(1))
    /// Seconds that a round takes later.
    private static let round = 10.0
    /// Rounds that look often.
    private static let firstRounds = 3
    /// Vehicles at most, the surest first.
    private static let most = 64
    /// How old the background must be.
    private static let warmUp = MediaSpan.seconds(1)

    /// Looks at the next part, where one is due.
    ///
    /// - Parameters:
    ///   - picture: the picture of the last step.
    ///   - time: its time.
    ///   - scene: what else is known of it.
    ///   - scorer: the network.
    ///   - budget: how many looks are left.
    ///   - numbers: gives numbers to new objects.
    mutating func step(
        _ picture: PictureView,
        at time: MediaTime,
        in scene: SceneState,
        with scorer: any CropScorer,
        budget: inout LookBudget,
        numbers: inout ObjectNumbers
    ) {
        guard !scene.isBlind, scene.background.age >= Self.warmUp else { return }
        for index in residents.indices {
            let changed = scene.changedShare(in: residents[index].box)
            residents[index].isVisible = changed <= Self.hidden
            if changed > Self.hidden { residents[index].isDoubted = true }
        }
        let parts = Self.parts(scene.options)
        guard let part = part(of: parts.count, at: time, in: scene),
            budget.take(isUrgent: false),
            let found = scorer.find(in: picture, part: scene.seen(parts[part]))
        else { return }
        lastLook = time
        take(found.map { (scene.learned($0.box), $0.scores) }, part, parts, at: time, in: scene)
        if part == next {
            next = (next + 1) % parts.count
            rounds += next == 0 ? 1 : 0
        }
        for index in residents.indices where residents[index].isSure && residents[index].id == nil {
            residents[index].id = numbers.next()
        }
    }

    /// The part to look at now: one where a vehicle seems to have left, else the next in turn.
    private func part(of count: Int, at time: MediaTime, in scene: SceneState) -> Int? {
        guard count > 0 else { return nil }
        guard let lastLook else { return next }
        let doubted = residents.first { $0.isDoubted && !scene.isObstructed($0.box) }
        if let doubted { return time - lastLook >= Self.pause.doubt ? doubted.part : nil }
        let later = max(Self.pause.first, .seconds(Self.round / Double(count)))
        return time - lastLook >= (rounds < Self.firstRounds ? Self.pause.first : later)
            ? next : nil
    }

    /// Takes in what was found in a part.
    private mutating func take(
        _ found: [(box: NormalizedBox, scores: LearnedScores)],
        _ part: Int,
        _ parts: [NormalizedBox],
        at time: MediaTime,
        in scene: SceneState
    ) {
        var vehicles = found.filter { box, scores in
            scores[.vehicle] >= Self.leastScore && parts[part].holds(box)
                && scene.changedShare(in: box) <= Self.mostChanged && !scene.isRegistered(box)
        }
        vehicles.sort { $0.scores[.vehicle] > $1.scores[.vehicle] }
        var isFound = [Bool](repeating: false, count: residents.count)
        for (box, scores) in vehicles {
            let hundredths = Int((scores[.vehicle] * 100).rounded())
            if let index = residents.firstIndex(where: { $0.box.isSameThing(as: box) }) {
                guard index < isFound.count, residents[index].part == part, !isFound[index] else {
                    continue
                }
                isFound[index] = true
                residents[index].see(box, hundredths, at: time)
            } else if residents.count < Self.most {
                let origin = scene.moments.origin
                residents.append(resident(box, hundredths, part, at: time, origin: origin))
            }
        }
        for index in isFound.indices where !isFound[index] && residents[index].part == part {
            if !scene.isObstructed(residents[index].box) { residents[index].misses += 1 }
        }
        residents.removeAll { resident in
            resident.misses >= (resident.isSure ? Self.mostMisses : 2)
                || scene.isRegistered(resident.box)
        }
    }

    private func resident(
        _ box: NormalizedBox,
        _ score: Int,
        _ part: Int,
        at time: MediaTime,
        origin: MediaTime
    ) -> Resident {
        let isFromStart = rounds < Self.firstRounds
        var resident = Resident(
            box: box,
            part: part,
            since: isFromStart ? origin : time,
            isFromStart: isFromStart,
            lastSeen: time
        )
        resident.see(box, score, at: time)
        return resident
    }

    /// The parts of the picture that are looked at: each zone with its surroundings, whole and in
    /// four overlapping quarters, in shares of the background.
    static func parts(_ options: DetectorOptions) -> [NormalizedBox] {
        options.zones.filter(\.holdsVehicles).flatMap { zone in
            let bounds = zone.polygon.bounds
            let (wide, high) = (bounds.width * 1.4, bounds.height * 1.4)
            let (left, top) = (bounds.center.x - wide / 2, bounds.center.y - high / 2)
            let whole = NormalizedBox(x: left, y: top, width: wide, height: high)
            let quarters = [(0.0, 0.0), (0.4, 0), (0, 0.4), (0.4, 0.4)].map { x, y in
                NormalizedBox(
                    x: left + x * wide,
                    y: top + y * high,
                    width: 0.6 * wide,
                    height: 0.6 * high
                )
            }
            return [whole] + quarters
        }
    }
}

extension BackgroundPass.Resident {
    /// Scores that are kept.
    private static let most = 5

    fileprivate mutating func see(_ box: NormalizedBox, _ score: Int, at time: MediaTime) {
        self.box = box
        lastSeen = time
        sightings += 1
        misses = 0
        isDoubted = false
        scores.append(score)
        if scores.count > Self.most { scores.removeFirst() }
    }
}

extension NormalizedBox {
    /// Whether two boxes are of one thing, or one of a part of the other's thing.
    fileprivate func isSameThing(as box: NormalizedBox) -> Bool {
        let shared = intersection(box).area
        return shared >= 0.3 * (area + box.area - shared) || shared >= 0.6 * min(area, box.area)
    }

    /// Whether a box lies within this one, but for a twentieth of its area.
    fileprivate func holds(_ box: NormalizedBox) -> Bool {
        intersection(box).area >= 0.95 * box.area
    }
}

extension SceneState {
    /// Share of a place that differs from the background.
    fileprivate func changedShare(in box: NormalizedBox) -> Double {
        let pixels = box.pixels(width: frame.width, height: frame.height)
        var count = 0
        for y in pixels.y..<pixels.maxY {
            let row = background.changed.base + y * frame.width
            for x in pixels.x..<pixels.maxX { count += Int(row[x]) }
        }
        return Double(count) / Double(max(1, pixels.area))
    }

    /// Whether the registry knows what stands there.
    fileprivate func isRegistered(_ box: NormalizedBox) -> Bool {
        registry.objects.contains { object in
            let known = object.box.normalized(width: frame.width, height: frame.height)
            return known.isSameThing(as: box)
        }
    }

    /// Whether something moves or stands before a place.
    fileprivate func isObstructed(_ box: NormalizedBox) -> Bool {
        let place = box.pixels(width: frame.width, height: frame.height)
        let others =
            registry.objects.filter(\.isVisible).map(\.box)
            + tracker.tracks.filter(\.isVisible).map(\.measured)
        return others.contains { other in
            let shared = place.intersection(other)?.area ?? 0
            return 5 * shared >= place.area
        }
    }

    /// Where a place of the background is seen in the present picture.
    fileprivate func seen(_ box: NormalizedBox) -> NormalizedBox { moved(box, 1) }

    /// Where a place of the present picture is in the background.
    fileprivate func learned(_ box: NormalizedBox) -> NormalizedBox { moved(box, -1) }

    private func moved(_ box: NormalizedBox, _ sign: Double) -> NormalizedBox {
        NormalizedBox(
            x: box.x + sign * Double(alignment.x) / Double(frame.width),
            y: box.y + sign * Double(alignment.y) / Double(frame.height),
            width: box.width,
            height: box.height
        )
    }
}
