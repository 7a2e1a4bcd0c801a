internal import Scene

/// One moving object followed from frame to frame.
struct Track: Hashable, Codable {
    /// Frames that must have seen it before it is reported.
    static let reportedHits = 3
    /// For how long it is reported after it was last seen.
    static let reportedAge = MediaSpan.seconds(2)

    /// Nobody runs faster than so many body lengths a second.
    static let fastest = 6.0

    let id: ObjectID
    let firstSeen: MediaTime
    var lastSeen: MediaTime
    var hits = 1
    var isVisible = true
    private(set) var votes = ClassVotes()
    /// Length of the way so far and where it began, in pixels.
    private(set) var path = 0.0
    private let start: Place
    private var corner: Place
    /// Where it went on the ground.
    private(set) var ground = GroundPath()

    /// A place in pixels.
    struct Place: Hashable, Codable {
        var x: Double
        var y: Double
    }

    /// Where its middle was when it was seen.
    struct Sight: Hashable, Codable {
        var time: MediaTime
        var place: Place
    }

    var motion: BodyMotion
    /// The motion as it was last known, when that was, and frames since then.
    private var lastMotion: BodyMotion
    private var lastKnown: MediaTime
    private var missed = 0
    /// The latest sights, in order of time.
    private(set) var sights: [Sight] = []
    /// The box as last measured: where it is seen with others, of all of them.
    var measured: PixelBox
    /// Where it was last seen apart from others.
    private(set) var alone: PixelBox
    /// What it looks like.
    private(set) var look: Appearance?
    /// Length of a body there: of a person where the scale is known and it may be one.
    private(set) var bodyLength: Double
    /// How tall it is when it is seen whole, and when and where that was.
    private(set) var stature = Stature()
    /// Velocity in pixels a second, smoothed.
    private var pace = Place(x: 0, y: 0)
    /// The group that it is not seen apart from.
    var company: Company?
    /// Whether others are seen with it as one.
    var isMerged = false
    /// Where it may be while it is not seen.
    var hiding: Hiding?

    /// A group in which something is hidden.
    struct Company: Hashable, Codable {
        /// Who is seen for all of them.
        var leader: ObjectID
        var since: MediaTime
        /// When the group was last seen, and where.
        var lastSeen: MediaTime
        var box: PixelBox
    }

    init(id: ObjectID, _ sighting: Sighting, at time: MediaTime, in view: Surroundings) {
        self.id = id
        firstSeen = time
        lastSeen = time
        let box = sighting.box
        measured = box
        alone = box
        motion = BodyMotion(box)
        lastMotion = motion
        lastKnown = time
        look = sighting.look
        bodyLength = max(4, view.personHeight(at: box) ?? Double(box.height))
        start = Place(x: motion.x.position, y: motion.y.position)
        corner = start
        note(time, in: view)
    }

    /// Goes on as a track that has proved itself.
    mutating func resume(at time: MediaTime) {
        lastSeen = time
        hits = Self.reportedHits
        votes.add(Classification(.person, confidence: 1), at: time)
    }

    /// Where the object should be now.
    var predicted: Extent { motion.box }

    /// Speed in heights of the object a second, now.
    var presentPace: Double { motion.speed / max(4, motion.height.position) }

    /// Speed in body lengths a second, smoothed over half a second.
    var bodyLengthsPerSecond: Double {
        (pace.x * pace.x + pace.y * pace.y).squareRoot() / bodyLength
    }

    /// Way over distance from the start, at least 1.
    var tortuosity: Double {
        let (dx, dy) = (motion.x.position - start.x, motion.y.position - start.y)
        return max(1, path / max(1, (dx * dx + dy * dy).squareRoot()))
    }

    /// Whether its shape tells what it is: it is seen by itself, and has not come to rest, where it
    /// may have merged with others, nor just changed its size.
    var isTelling: Bool {
        guard isVisible, !isMerged else { return false }
        let size = motion.width.position * motion.height.position
        let isSteady = Double(measured.area) <= 1.5 * size
        return path == 0 || (presentPace >= 0.15 && isSteady)
    }

    /// Whether it is surely a person on foot: upright, and already a body's length on the way.
    var isWalkingPerson: Bool {
        let leader = votes.leader
        return isTelling && hits >= 5 && path >= motion.height.position
            && leader.objectClass == .person && leader.confidence >= 0.7
            && measured.height * 10 >= measured.width * 19 && measured.height <= measured.width * 4
    }

    mutating func vote(_ classification: Classification, at time: MediaTime) {
        votes.add(classification, at: time)
    }
}

extension Track {
    mutating func predict(seconds: Double) {
        motion.predict(seconds: seconds, unit: max(bodyLength, 4, motion.height.position))
        missed += 1
        isVisible = false
        isMerged = false
    }

    /// Takes in where it is seen, alone.
    ///
    /// - Parameters:
    ///   - sighting: what is seen.
    ///   - time: when.
    ///   - view: what is known of the view.
    ///   - isClear: whether nobody else is near, so that its look is its own.
    ///   - isUpdatedBack: whether the way since it was last seen is made good for.
    mutating func correct(
        _ sighting: Sighting,
        at time: MediaTime,
        in view: Surroundings,
        isClear: Bool,
        isUpdatedBack: Bool = true
    ) {
        let box = Extent(sighting.box)
        let gap = (time - lastSeen).seconds
        if isUpdatedBack, missed > 1, company == nil {
            updateBack(to: box, seconds: (time - lastKnown).seconds)
        } else {
            motion.correct(box)
        }
        if let height = view.personHeight(at: sighting.box) {
            motion.limit(speed: Self.fastest * height)
        }
        take(sighting.box, at: time, seconds: gap)
        company = nil
        keepMotion(at: time)
        alone = sighting.box
        let size = view.personHeight(at: alone) ?? Double(alone.height)
        bodyLength = max(4, bodyLength + (size - bodyLength) / 4)
        stature.note(alone, person: view.personHeight(at: alone), at: time)
        if isClear, sighting.isStrong, let new = sighting.look {
            if look == nil { look = new } else { look?.mix(with: new, part: hits < 5 ? 2 : 8) }
        }
        note(time, in: view)
        walk()
    }

    /// Takes in a group that it is seen for: its own box lies somewhere within.
    mutating func correct(asLeaderOf group: PixelBox, at time: MediaTime) {
        let gap = (time - lastSeen).seconds
        motion.correctInGroup(predicted.clamped(into: Extent(group)))
        isMerged = true
        take(group, at: time, seconds: gap)
        keepMotion(at: time)
        walk()
    }

    /// Takes in a group that it is hidden in.
    mutating func hide(in group: Company, of view: Surroundings) {
        let box = predicted.clamped(into: Extent(group.box))
        motion.correctInGroup(box)
        measured = box.pixels(width: view.width, height: view.height)
        company = group
        hiding = .group
        keepMotion(at: group.lastSeen)
    }

    private mutating func keepMotion(at time: MediaTime) {
        lastMotion = motion
        lastKnown = time
        missed = 0
    }

    private mutating func take(_ box: PixelBox, at time: MediaTime, seconds: Double) {
        measured = box
        lastSeen = time
        hits += 1
        isVisible = true
        hiding = nil
        let share = seconds / (seconds + 0.5)
        pace.x += share * (motion.x.velocity - pace.x)
        pace.y += share * (motion.y.velocity - pace.y)
    }

    /// Drops what was guessed while it was not seen, and takes in the straight way instead.
    ///
    /// Observation-centric re-update, section 4.1 of Cao and others, 2023.
    private mutating func updateBack(to box: Extent, seconds: Double) {
        motion = lastMotion
        let from = motion.box
        for step in 1...missed {
            let unit = max(bodyLength, 4, motion.height.position)
            motion.predict(seconds: seconds / Double(missed), unit: unit)
            motion.correct(from.blended(to: box, Double(step) / Double(missed)))
        }
    }

    /// Keeps the place for the direction, and for the path on the ground.
    private mutating func note(_ time: MediaTime, in view: Surroundings) {
        let middle = Place(
            x: Double(alone.x) + Double(alone.width) / 2,
            y: Double(alone.y) + Double(alone.height) / 2
        )
        sights.append(Sight(time: time, place: middle))
        if sights.count > Self.mostSights { sights.removeFirst() }
        ground.add(GroundPoint(of: alone, at: time, width: view.width, height: view.height))
    }

    /// Sights that are kept.
    private static let mostSights = 8

    /// Adds to the way; steps shorter than a tenth of the body are shivers of the box.
    private mutating func walk() {
        let (dx, dy) = (motion.x.position - corner.x, motion.y.position - corner.y)
        let step = (dx * dx + dy * dy).squareRoot()
        guard step >= max(2, motion.height.position * 0.1) else { return }
        path += step
        ground.lengthen(by: step / bodyLength)
        corner = Place(x: motion.x.position, y: motion.y.position)
    }
}
