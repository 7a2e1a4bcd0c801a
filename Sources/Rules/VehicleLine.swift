internal import Scene

/// The vehicles that stand in one moment, and which of them stand in a line.
struct VehicleLine {
    /// Vehicles that make a line.
    private static let needed = 3
    /// Largest gap between two neighbours, in the larger side of the smaller one.
    private static let reach = 1.5
    /// How many times one may look larger than its neighbour: a lorry than a motorcycle.
    private static let sizes = 4.0
    /// How much later than its neighbour a vehicle in a line has stopped at most.
    private static let succession = MediaSpan.seconds(20)
    /// Share of the smaller box under the larger from which both are parts of one object.
    private static let samePart = 0.6
    /// What stops more closely together is one object in parts, or a change of light.
    private static let together = MediaSpan.seconds(1)
    private static let maximumVehicles = 128

    /// By rising id.
    private let vehicles: [Observation]

    /// The vehicles of a moment, hidden ones included, wherever they stand in the picture.
    ///
    /// What was there when the stream began is left out: nobody knows when it stopped.
    init(_ moment: Moment, minimumConfidence: Double) {
        vehicles = Array(
            moment.objects
                .filter { object in
                    object.mobility == .static && object.isVehicleLike && !object.presentAtStart
                        && object.confidence >= minimumConfidence
                }
                .prefix(Self.maximumVehicles)
        )
    }

    /// Whether an object stands in a line of vehicles that stopped one after the other.
    ///
    /// In O(neighbours x line x vehicles).
    ///
    /// - Parameters:
    ///   - object: What is asked about.
    ///   - ways: Ways that traffic takes, one of which the line must lie along; nil for any.
    /// - Returns: Whether three at least, itself among them, stand in line.
    func contains(_ object: Observation, along ways: [PictureVector]?) -> Bool {
        guard vehicles.contains(where: { $0.id == object.id }) else { return false }
        for next in vehicles where follows(object, next) {
            let heading = PictureVector(from: object.box.stand, to: next.box.stand)
            if let ways, !ways.contains(where: heading.isAlong) { continue }
            var line = [object, next]
            extend(&line, from: next, heading: heading)
            extend(&line, from: object, heading: -heading)
            if isQueue(line) { return true }
        }
        return false
    }

    /// Whether there are enough, and they did not all appear at once.
    private func isQueue(_ line: [Observation]) -> Bool {
        let stops = line.map(\.since)
        guard line.count >= Self.needed, let first = stops.min(), let last = stops.max() else {
            return false
        }
        return last - first >= Self.together
    }

    /// Follows a line from one of its ends to the nearest vehicle ahead, and on from there.
    private func extend(_ line: inout [Observation], from end: Observation, heading: PictureVector)
    {
        var (end, heading) = (end, heading)
        while true {
            var best: (vehicle: Observation, way: PictureVector)?
            for vehicle in vehicles where follows(end, vehicle) {
                let way = PictureVector(from: end.box.stand, to: vehicle.box.stand)
                guard way.agrees(with: heading),
                    way.squaredLength < best?.way.squaredLength ?? .infinity,
                    !line.contains(where: { $0.id == vehicle.id || isPart($0, vehicle) })
                else { continue }
                best = (vehicle, way)
            }
            guard let best else { return }
            line.append(best.vehicle)
            (end, heading) = (best.vehicle, best.way)
        }
    }

    /// Whether two may be neighbours in a line: near each other, of like size, stopped in turn.
    private func follows(_ a: Observation, _ b: Observation) -> Bool {
        let (small, large) = (min(a.box.extent, b.box.extent), max(a.box.extent, b.box.extent))
        let between = a.since < b.since ? b.since - a.since : a.since - b.since
        return a.id != b.id && between <= Self.succession && large <= Self.sizes * small
            && a.box.gap(to: b.box) <= Self.reach * small && !isPart(a, b)
    }

    private func isPart(_ a: Observation, _ b: Observation) -> Bool {
        let smaller = min(a.box.area, b.box.area)
        return a.box.intersection(b.box).area >= Self.samePart * smaller
    }
}
