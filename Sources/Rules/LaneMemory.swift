internal import Scene

/// What a rule has seen of traffic through its zone, to tell whether a traffic lane runs there.
///
/// Bounded, and a function of the frames alone.
struct LaneMemory: Hashable, Sendable, Codable {
    /// Something that moves.
    struct Passer: Hashable, Sendable, Codable {
        let id: ObjectID
        /// Where it was last seen, and when.
        var box: NormalizedBox
        var lastSeen: MediaTime
        /// Its stretch through the zone, while it is inside or leaves by the picture's edge.
        var stretch: Stretch?
        /// Whether it has been counted.
        var hasPassed = false
    }

    /// A way through the zone so far.
    struct Stretch: Hashable, Sendable, Codable {
        /// Where it began.
        let start: NormalizedPoint
        /// Whether the object came in, and was not first seen inside.
        let hasEntered: Bool
        /// Length of the way inside, in picture heights.
        var travelled: Double
        /// The object's larger side at its smallest, in picture heights.
        var extent: Double
        /// Frames that saw it on this way, and those of them that took it for a vehicle.
        var looks = 0
        var looksAsVehicle = 0

        /// Whether it was taken for a vehicle most of the time.
        var isVehicle: Bool { looksAsVehicle * 2 > looks }

        mutating func look(at object: Observation) {
            extent = min(extent, object.box.extent)
            looks += 1
            if object.isVehicleLike { looksAsVehicle += 1 }
        }
    }

    /// One vehicle that drove through.
    struct Passage: Hashable, Sendable, Codable {
        let time: MediaTime
        /// From where it was first inside to where it was last.
        let way: PictureVector
    }

    /// How many must have passed lately for the zone to lie in a lane.
    static let needed = 4
    /// How long ago that may have been.
    static let memory = MediaSpan.seconds(600)
    /// How long an object may be lost before it is over with.
    private static let lost = MediaSpan.seconds(1)
    private static let maximumPassers = 64
    private static let maximumPassages = 32

    /// By rising id.
    private(set) var passers: [Passer] = []
    /// By rising time.
    private(set) var passages: [Passage] = []

    /// The ways that vehicles took through the zone, or nil where it does not lie in a lane.
    var ways: [PictureVector]? {
        passages.count >= Self.needed ? passages.map(\.way) : nil
    }

    /// Takes note of what moves through the polygon in one frame.
    mutating func watch(_ moment: Moment, polygon: Polygon) {
        passages.removeAll { moment.time - $0.time > Self.memory }
        finishLost(moment, polygon: polygon)
        for object in moment.objects where object.isVisible && object.mobility == .moving {
            if let index = passers.firstIndex(where: { $0.id == object.id }) {
                move(index, to: object, at: moment.time, in: polygon)
            } else if passers.count < Self.maximumPassers {
                insert(object, at: moment.time, in: polygon)
            }
        }
    }

    /// Ends those who stand now or are lost; who was lost at the picture's edge has driven out.
    private mutating func finishLost(_ moment: Moment, polygon: Polygon) {
        for passer in passers where moment.time - passer.lastSeen > Self.lost {
            guard passer.box.touchesEdge else { continue }
            count(passer, polygon: polygon)
        }
        passers.removeAll { passer in
            moment.time - passer.lastSeen > Self.lost
                || moment.object(passer.id)?.mobility == .static
        }
    }

    private mutating func insert(_ object: Observation, at time: MediaTime, in polygon: Polygon) {
        var passer = Passer(id: object.id, box: object.box, lastSeen: time)
        if polygon.contains(object.box.stand) {
            var stretch = Stretch(
                start: object.box.stand,
                hasEntered: object.box.touchesEdge,
                travelled: 0,
                extent: object.box.extent
            )
            stretch.look(at: object)
            passer.stretch = stretch
        }
        let index = passers.firstIndex { $0.id > object.id } ?? passers.count
        passers.insert(passer, at: index)
    }

    private mutating func move(
        _ index: Int,
        to object: Observation,
        at time: MediaTime,
        in polygon: Polygon
    ) {
        var passer = passers[index]
        let box = object.box
        let start = passer.box.stand
        let share = Self.insideShare(from: start, to: box.stand, of: polygon)
        passer.box = box
        passer.lastSeen = time
        if share > 0 || polygon.contains(box.stand) {
            var stretch =
                passer.stretch
                ?? Stretch(start: start, hasEntered: true, travelled: 0, extent: box.extent)
            stretch.travelled += share * PictureVector(from: start, to: box.stand).length
            stretch.look(at: object)
            passer.stretch = stretch
        }
        if passer.stretch != nil, !polygon.contains(box.stand) {
            if count(passer, polygon: polygon) { passer.hasPassed = true }
            passer.stretch = nil
        }
        passers[index] = passer
    }

    /// Takes down a passage where the way was long enough: twice the object's own length, or half
    /// the zone where it was seen to come in.
    ///
    /// What is tossed about on one spot goes a long way and arrives nowhere.
    @discardableResult
    private mutating func count(_ passer: Passer, polygon: Polygon) -> Bool {
        guard let stretch = passer.stretch, stretch.isVehicle, !passer.hasPassed else {
            return false
        }
        let lengths = 2 * stretch.extent
        let needed = stretch.hasEntered ? min(lengths, polygon.bounds.extent / 2) : lengths
        let way = PictureVector(from: stretch.start, to: passer.box.stand)
        guard stretch.travelled >= needed, way.length >= stretch.travelled / 2 else { return false }
        if passages.count == Self.maximumPassages { passages.removeFirst() }
        passages.append(Passage(time: passer.lastSeen, way: way))
        return true
    }

    /// Share of the way between two frames that lies inside, by four points on it: fast vehicles
    /// are seen in few places.
    private static func insideShare(
        from start: NormalizedPoint,
        to end: NormalizedPoint,
        of polygon: Polygon
    ) -> Double {
        let inside = (1...4).count { step in
            let part = Double(step) / 4
            return polygon.contains(
                NormalizedPoint(
                    x: start.x + (end.x - start.x) * part,
                    y: start.y + (end.y - start.y) * part
                )
            )
        }
        return Double(inside) / 4
    }
}

extension NormalizedBox {
    /// Whether it ends at the picture's edge, or nearly, so that the object may go on outside.
    fileprivate var touchesEdge: Bool { touchesEdge(within: 0.03) }

    /// Whether it ends within that share of the picture from the picture's edge.
    func touchesEdge(within share: Double) -> Bool {
        x <= share || y <= share || x + width >= 1 - share || y + height >= 1 - share
    }
}
