internal import Scene

extension WaterTrack {
    /// Who is smaller than that is taken for a child, in metres.
    static let childHeight = 1.35
    /// Share of the frames that told a height that must have told a child's, and how many at least.
    static let smallShare = 0.6
    static let leastMeasured = 3
    /// Share of a person that the water shows, about.
    private static let shareAboveWater = 0.4

    /// What is known of somebody who is seen for the first time.
    init(_ object: Observation, _ place: WaterPlace, at time: MediaTime) {
        firstSeen = time
        beganInWater = place.depth == .water
        isPermitted = false
        sightedAt = time
        sightedBox = object.box
        bodyHeight = 0
        see(object, place, at: time, tolerance: .zero)
    }

    /// Whether the person is as small as a child.
    var isSmall: Bool {
        measuredFrames >= Self.leastMeasured
            && Double(smallFrames) >= Self.smallShare * Double(measuredFrames)
    }

    /// Takes note of where the person is seen now; `tolerance` is how long they may have been away.
    mutating func see(
        _ object: Observation,
        _ place: WaterPlace,
        at time: MediaTime,
        tolerance: MediaSpan
    ) {
        depth = place.depth
        isPermitted = place.permitted != nil
        sightedAt = time
        sightedBox = object.box
        absence = nil
        isGivenUp = false
        note(place.depth, at: time, tolerance: tolerance)
        if object.classification.objectClass == .person { personFrames += 1 }
        let isDry = isPermitted || place.depth == .bank || place.depth == .edge
        if isDry { dryFrames += 1 }
        if place.depth == .water { waterFrames += 1 }
        measure(object)
        if isDry || object.classification.objectClass == .person { vanishedAt = nil }
    }

    /// Takes note of a frame that does not show the person.
    mutating func miss(at time: MediaTime, tolerance: MediaSpan) {
        note(nil, at: time, tolerance: tolerance)
    }

    /// Runs the clocks through a frame that cannot see, and holds nothing against the person.
    mutating func keepUp() {
        edge?.isThere = false
        edge?.awaySince = nil
        water?.isThere = false
        water?.awaySince = nil
    }

    /// Adds what is known of the same person under another id.
    mutating func takeOver(_ other: WaterTrack) {
        personFrames += other.personFrames
        dryFrames += other.dryFrames
        waterFrames += other.waterFrames
        measuredFrames += other.measuredFrames
        smallFrames += other.smallFrames
        bodyHeight = max(bodyHeight, other.bodyHeight)
        beganInWater = beganInWater && other.beganInWater
    }

    /// Ends the search for somebody who is not seen.
    mutating func giveUp() {
        isGivenUp = true
        vanishedAt = nil
    }

    private mutating func note(_ depth: WaterDepth?, at time: MediaTime, tolerance: MediaSpan) {
        let (isAtEdge, isInWater) = (depth ?? .bank >= .edge, depth == .water)
        edge = LevelClock.noting(isAtEdge, on: edge, at: time, tolerance: tolerance)
        water = LevelClock.noting(isInWater, on: water, at: time, tolerance: tolerance)
    }

    /// Takes the height, where the whole person is in the picture and out of the water.
    private mutating func measure(_ object: Observation) {
        let box = object.box
        guard depth != .water else {
            let isKnown = object.height != nil
            let seen = isKnown ? object.bodyHeight : box.height / Self.shareAboveWater
            bodyHeight = max(bodyHeight, seen)
            return
        }
        bodyHeight = max(bodyHeight, object.bodyHeight)
        guard let height = object.height, box.y > 0.01, box.y + box.height < 0.99 else { return }
        measuredFrames += 1
        if height < Self.childHeight { smallFrames += 1 }
    }
}
