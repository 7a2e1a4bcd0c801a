internal import Scene

extension PresenceRule {
    /// A person who is in the zone, or was a moment ago.
    struct Occupant: Hashable, Sendable, Codable {
        /// As last reported.
        var object: Observation
        /// The first frame inside.
        var entry: MediaTime
        /// Frames since the entry that could see.
        var frames = 1
        /// Those of them that saw the person inside.
        var framesInside = 1
        /// Whether the latest frame did.
        var isInside = true
        /// The first frame since the person was last inside that could see and showed otherwise.
        var awaySince: MediaTime?
        /// Whether the detector reports the id no longer, so that another may inherit.
        var isGone = false
        /// When the id was last reported.
        var lastSeen: MediaTime
        /// The highest id there was at that time.
        var newest: ObjectID
        /// What is known of the person besides.
        var track: WaterTrack
        /// The last event of the open incident.
        var incident: Incident?
    }
}

extension PresenceRule.Occupant {
    /// Whether the two take about as much of the picture: who passes in front does not.
    func isLike(_ other: Observation) -> Bool {
        let (a, b) = (object.box.area, other.box.area)
        return a <= 3 * b && b <= 3 * a
    }

    /// Share of frames since the entry that saw the person inside.
    var insideShare: Double { Double(framesInside) / Double(max(1, frames)) }

    /// Whether the person has been away for too long for the clock to go on.
    func hasLostClock(at time: MediaTime) -> Bool {
        guard let awaySince else { return false }
        return time - awaySince >= tolerance
    }

    /// How long the person may be away for the clock to go on.
    var tolerance: MediaSpan {
        isGone ? PresenceRule.goneTolerance : PresenceRule.outsideTolerance
    }

    /// Takes note of where the person is reported now.
    mutating func see(_ object: Observation, in moment: Moment) {
        self.object = object
        lastSeen = moment.time
        newest = moment.objects.last?.id ?? object.id
        isGone = false
        incident?.object = object
    }

    /// Starts the clock anew: what was before no longer counts.
    mutating func restart(at time: MediaTime) {
        entry = time
        frames = 1
        framesInside = 0
    }
}

/// What the rule knows of a person besides how long they have been in the zone.
struct WaterTrack: Hashable, Sendable, Codable {
    /// When the person was first seen in the zone.
    var firstSeen: MediaTime
    /// Whether that was in the water, and nobody's place was taken since.
    var beganInWater: Bool
    /// Where the person was last seen; nil outside, and in a zone without depth.
    var depth: WaterDepth?
    /// Whether that was a permitted part of the zone.
    var isPermitted: Bool
    /// When the person was last seen, not only remembered, in a frame that could see.
    var sightedAt: MediaTime
    /// Where that was.
    var sightedBox: NormalizedBox
    /// Time at the edge or deeper.
    var edge: LevelClock?
    /// Time in the water.
    var water: LevelClock?
    /// Frames that took it for a person.
    var personFrames = 0
    /// Frames that saw the person on dry ground.
    var dryFrames = 0
    /// Frames that saw the person in the water.
    var waterFrames = 0
    /// Frames that told the height, and those of them that told a child's.
    var measuredFrames = 0
    var smallFrames = 0
    /// Height of the whole person, in picture heights.
    var bodyHeight: Double
    /// Since when nobody else has been near.
    var aloneSince: MediaTime?
    /// Since the person is not seen who was in the water.
    var absence: Absence?
    /// When that became an emergency.
    var vanishedAt: MediaTime?
    /// Whether the person is seen no longer, and somebody else stands for them, or nobody.
    var isGivenUp = false
}

/// Time at one depth or deeper, by the same tolerances as time in the zone.
struct LevelClock: Hashable, Sendable, Codable {
    /// The first frame there.
    var since: MediaTime
    /// Frames since then that could see.
    var frames = 1
    /// Those of them that saw the person there.
    var framesThere = 1
    /// Whether the latest frame did.
    var isThere = true
    /// The first frame since the person was last there that showed otherwise.
    var awaySince: MediaTime?

    /// Whether that was in enough of the frames for a decision now.
    var isSound: Bool {
        isThere && Double(framesThere) >= PresenceRule.leastInsideShare * Double(frames)
    }

    /// A clock that takes note of one more frame, and starts with the first that saw the person
    /// there.
    static func noting(
        _ isThere: Bool,
        on clock: LevelClock?,
        at time: MediaTime,
        tolerance: MediaSpan
    ) -> LevelClock? {
        guard var clock else { return isThere ? LevelClock(since: time) : nil }
        clock.frames += 1
        clock.isThere = isThere
        guard isThere else {
            clock.awaySince = clock.awaySince ?? time
            return clock
        }
        if let awaySince = clock.awaySince, time - awaySince >= tolerance {
            return LevelClock(since: time)
        }
        clock.framesThere += 1
        clock.awaySince = nil
        return clock
    }
}

/// How long somebody has not been seen who was last seen in the water.
struct Absence: Hashable, Sendable, Codable {
    /// Time in which the place could be seen, and nobody was there.
    var unseen = MediaSpan.zero
    /// Time in which the person may have been elsewhere: behind what stands, beyond the picture's
    /// edge, or in a group.
    var hidden = MediaSpan.zero
    /// Time in which something stood before it.
    var covered = MediaSpan.zero
    /// Where the person may be, as it was told last.
    var hiding: Hiding?
    /// Whether the person may well be elsewhere by now.
    var isVoid = false

    /// Whether it has lasted long enough for an emergency.
    func isOver(_ water: WaterHandling) -> Bool {
        unseen >= water.vanishAfter
            || unseen + hidden >= max(water.vanishAfter, water.vanishHiddenAfter)
    }
}
