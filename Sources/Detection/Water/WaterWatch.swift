internal import Imaging
internal import Scene

/// What moves at the water, told apart: bodies from ripples, rubbish, images and boats.
///
/// It lowers confidence and names classes; it removes nothing. A person's size, kept for a second,
/// outweighs every sign of a ripple, and who was once somebody stays somebody: a miss is worse than
/// a false alert.
struct WaterWatch: Codable {
    /// What is known of each thing that moves, by rising number.
    private(set) var things: [WaterThing] = []
    /// Where the water goes.
    var drift = StreamDrift()
    /// Whether the water can be seen at all.
    var sight: SightWatch
    /// Where people were last seen of late.
    private var places: [Place] = []

    /// Whether the water has been watched for a short time only.
    private var isNew = true

    private let zones: [DetectorOptions.Zone]

    /// One track of the present frame.
    struct Sighting {
        var id: ObjectID
        var box: PixelBox
        var isVisible: Bool
        /// What shape and motion take it for.
        var leader: Classification
    }

    private struct Place: Hashable, Codable {
        var id: ObjectID
        var box: PixelBox
        var time: MediaTime
    }

    /// How long something must last before it counts.
    static let persistence = MediaSpan.seconds(0.6)
    /// How long something must last that is neither somebody nor as large as one.
    static let patience = MediaSpan.seconds(1.5)
    /// So long it is not known what the water is like: what is nobody must wait.
    private static let youth = MediaSpan.seconds(5)
    /// How long it is remembered where somebody was seen.
    private static let memory = MediaSpan.seconds(30)
    private static let mostPlaces = 64
    /// Things in the water below that height and width, in heights of a person, are birds.
    static let bird = (height: 0.28, width: 0.5)
    /// A head is higher than that, in heights of a person.
    static let head = 0.15
    /// Nobody is so narrow, in heights of a person: a rod, a reed, a float.
    static let sliver = 0.1
    /// Things on the water as large, in heights of a person, and by so much wider than high are
    /// boats: more than a metre long and half as high, so that a part of one will do; nobody who
    /// swims rises so high.
    static let boat = (height: 0.35, width: 0.7, aspect: 1.3)
    /// From that likeness on, what is as large as a person is one, even among sparks.
    static let alike = 0.4

    /// A watch over these zones of a picture of so many rows.
    init(zones: [DetectorOptions.Zone]) {
        self.zones = zones
        sight = SightWatch()
    }

    /// What surely passes through the water by itself, which is no ripple.
    var bodies: WaterBodies {
        let sure = things.filter { $0.isVisible && $0.doubt == nil }
        return WaterBodies(
            all: sure.filter {
                $0.isSomebody || $0.displacement >= Double($0.box.height) * 0.5
            }
            .map(\.box),
            people: sure.filter(\.isSomebody).map(\.box)
        )
    }

    /// Takes in the tracks of one frame.
    ///
    /// - Parameters:
    ///   - sightings: every track, by rising number.
    ///   - frame: the picture.
    ///   - dynamics: how restless the water is.
    ///   - standing: boxes of people who stand and are seen.
    ///   - people: how tall people look.
    ///   - age: how long the water has been watched.
    ///   - time: its time.
    mutating func step(
        _ sightings: [Sighting],
        _ frame: AnalysisFrame,
        dynamics: Dynamics,
        standing: [PixelBox],
        people: PersonHeights,
        age: MediaSpan,
        at time: MediaTime
    ) {
        isNew = age < Self.youth
        forget(sightings, at: time)
        let present = standing + things.filter { $0.isSomebody && $0.isVisible }.map(\.box)
        let size = (width: frame.width, height: frame.height)
        for sighting in sightings { follow(sighting, present, people, size, at: time) }
        for index in things.indices where things[index].isVisible {
            let box = things[index].box
            let reach = Int((people.expected(at: box) ?? Double(box.height)) / 3)
            things[index].note(
                toggles: dynamics.toggledShare(in: box),
                sparkle: dynamics.sparkle.most(in: box, reach: reach),
                cells: Self.look(box, frame, grid: (6, 6)).map { UInt8($0) },
                at: time
            )
            if let speed = speed(of: things[index], people, size) {
                if drift.velocity != nil { things[index].drift.add(drift.carries(speed)) }
                if let above = counterpart(of: things[index], people, frame) {
                    things[index].mirror.add(above)
                }
            }
            things[index].doubt = doubt(things[index], size)
        }
    }

    private mutating func forget(_ sightings: [Sighting], at time: MediaTime) {
        let known = Set(sightings.map(\.id))
        for thing in things where thing.isVisible && thing.isCoherent {
            let isHeir = thing.isHeir && thing.age >= .seconds(1) && !thing.isAmongSparks
            guard thing.isSomebody || isHeir else { continue }
            places.removeAll { $0.id == thing.id || $0.box.intersection(thing.box) != nil }
            places.append(Place(id: thing.id, box: thing.box, time: time))
        }
        places.removeAll { time - $0.time > Self.memory }
        places.removeFirst(max(0, places.count - Self.mostPlaces))
        things.removeAll { !known.contains($0.id) }
    }

    private mutating func follow(
        _ sighting: Sighting,
        _ present: [PixelBox],
        _ people: PersonHeights,
        _ size: (width: Int, height: Int),
        at time: MediaTime
    ) {
        let index = things.firstIndex { $0.id >= sighting.id } ?? things.count
        guard index < things.count, things[index].id == sighting.id else {
            var thing = WaterThing(id: sighting.id, box: sighting.box, at: time)
            thing.isHeir = isWhereSomebodyWas(sighting.box, present, people)
            things.insert(thing, at: index)
            return
        }
        let person = people.expected(at: sighting.box)
        things[index].follow(
            sighting.box,
            isVisible: sighting.isVisible,
            person: person,
            at: time
        )
        let (leader, thing) = (sighting.leader, things[index])
        let isPerson = leader.objectClass == .person && leader.confidence >= 0.5
        let isSized = thing.isPersonSized
        let isCredible = thing.hasWalked ? person == nil || isSized : isSized && thing.isCoherent
        let isClear = !thing.isFlicker && !isSparks(thing)
        if isPerson && isCredible && isClear && thing.seen >= 5 {
            things[index].isSomebody = true
        }
    }

    /// Whether something begins where somebody was seen of late who is not there any longer: a head
    /// where a body was.
    private func isWhereSomebodyWas(
        _ box: PixelBox,
        _ present: [PixelBox],
        _ people: PersonHeights
    ) -> Bool {
        places.contains { place in
            let reach = (people.expected(at: place.box) ?? Double(place.box.height)) * 1.2
            return Self.distance(box, place.box) <= reach
                && !present.contains { $0 != box && Self.distance($0, place.box) <= reach / 2 }
        }
    }

    /// Distance between the feet of two boxes.
    private static func distance(_ a: PixelBox, _ b: PixelBox) -> Double {
        let dx = Double(a.x + a.width / 2 - b.x - b.width / 2)
        let dy = Double(a.maxY - b.maxY)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// Whether something is nothing but sparks.
    private func isSparks(_ thing: WaterThing) -> Bool {
        guard thing.isAmongSparks else { return false }
        let goesAlong = thing.straightness >= 0.5 && thing.displacement >= Double(thing.box.height)
        let isBody = thing.isPersonSized && thing.likeness >= Self.alike
        return !(isBody && goesAlong && thing.age >= .seconds(2))
    }

    // MARK: Judging

    /// Whether something stands in a zone at the water.
    private func isAtWater(_ box: PixelBox, _ size: (width: Int, height: Int)) -> Bool {
        let foot = NormalizedPoint(
            x: (Double(box.x) + Double(box.width) / 2) / Double(size.width),
            y: (Double(box.y) + Double(box.height) * 0.98) / Double(size.height)
        )
        return zones.contains { $0.polygon.contains(foot) }
    }

    private func speed(
        of thing: WaterThing,
        _ people: PersonHeights,
        _ size: (width: Int, height: Int)
    ) -> StreamDrift.Speed? {
        guard let velocity = thing.velocity else { return nil }
        let unit = people.expected(at: thing.box) ?? Double(size.height) * 0.15
        return StreamDrift.Speed(x: velocity.x / unit, y: velocity.y / unit)
    }

    private func doubt(
        _ thing: WaterThing,
        _ size: (width: Int, height: Int)
    ) -> WaterThing.Doubt? {
        guard isAtWater(thing.box, size) else { return nil }
        if thing.mirror.holds(share: 0.7, of: 3) { return .mirrored }
        if isSparks(thing) && !thing.isSomebody { return .glittering }
        if thing.age < Self.persistence || (isNew && !thing.isSomebody) { return .young }
        let isLikely = thing.isSomebody || thing.isHeir || thing.isPersonSized
        if !isLikely && thing.age < Self.patience { return .young }
        let isCalm = thing.restlessness < WaterThing.glitter
        let isBody = thing.isSomebody ? !thing.isFlicker : thing.isPersonSized && isCalm
        if !thing.isCoherent && !isBody { return .erratic }
        let isSmall = thing.height > 0 && thing.height < 0.5
        let wasSomebody = thing.isSomebody || thing.isHeir
        if isSmall && !wasSomebody && thing.drift.holds(share: 0.6, of: 3) {
            return .drifting
        }
        return nil
    }

    /// Whether so much of a thing comes and goes, which was never surely somebody, that it is light
    /// where a network thinks so, too.
    func glitters(_ id: ObjectID) -> Bool {
        things.contains { $0.id == id && !$0.isSomebody && $0.restlessness >= 0.25 }
    }

    /// What shape and motion take a thing for, with what the water knows.
    ///
    /// - Parameters:
    ///   - id: its number.
    ///   - leader: what its shape was mostly taken for.
    ///   - size: columns and rows of the picture.
    /// - Returns: the class, and the most that its confidence may be.
    func judge(
        _ id: ObjectID,
        leader: Classification,
        size: (width: Int, height: Int)
    ) -> (classification: Classification, confidence: Double) {
        guard let thing = things.first(where: { $0.id == id }), isAtWater(thing.box, size) else {
            return (leader, 1)
        }
        switch thing.doubt {
        case .mirrored: return (Classification(.unknown, confidence: 0.5), 0.2)
        case .erratic, .glittering: return (Classification(.unknown, confidence: 0.5), 0.3)
        case .drifting: return (Classification(.object, confidence: 0.6), 0.3)
        case .young: return (named(thing, leader), 0.45)
        case nil: return (named(thing, leader), 1)
        }
    }

    /// Boats and birds by their size; what else shape alone would not take for somebody may be a
    /// swimmer.
    private func named(_ thing: WaterThing, _ leader: Classification) -> Classification {
        let isSliver = thing.height > 0 && thing.width < Self.sliver
        guard leader.objectClass != .person || isSliver, thing.height > 0 else {
            return leader.objectClass == .vehicle
                ? Classification(.boat, confidence: leader.confidence) : leader
        }
        let unclear = Classification(.unknown, confidence: 0.5)
        if thing.isSomebody || thing.isHeir { return unclear }
        let isLong = thing.width >= Self.boat.aspect * thing.height
        if thing.height >= Self.boat.height && thing.width >= Self.boat.width && isLong {
            return Classification(.boat, confidence: 0.6)
        }
        let isLow = thing.width >= thing.height
        let isSmall =
            thing.height - thing.blur < Self.bird.height
            && thing.width - thing.blur < Self.bird.width
        if isSliver || (isSmall && isLow) || thing.height < Self.head {
            return Classification(.animal, confidence: 0.6)
        }
        return unclear
    }
}

/// Boxes of what passes through the water by itself.
struct WaterBodies {
    var all: [PixelBox] = []
    /// Those who are surely people.
    var people: [PixelBox] = []
}
