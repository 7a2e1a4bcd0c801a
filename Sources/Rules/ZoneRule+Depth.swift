internal import Scene

/// Where in a zone at the water somebody is.
struct WaterPlace: Hashable, Sendable {
    /// Whether the person is in the zone, and not in a permitted part of it.
    var counts: Bool
    /// The permitted part that the person is in.
    var permitted: String?
    /// How deep; nil outside, and where the zone knows no depth.
    var depth: WaterDepth?
}

/// Dwell time and severity by depth, as they are at one moment.
struct WaterTerms: Hashable, Sendable {
    /// Everywhere in the zone.
    var bank: WaterHandling.Level
    /// At the edge.
    var edge: WaterHandling.Level
    /// In the water.
    var water: WaterHandling.Level
    /// The period that is in force.
    var period: String?

    /// What holds at a depth; what holds on the bank where there is none.
    func level(at depth: WaterDepth?) -> WaterHandling.Level {
        switch depth {
        case .bank, nil: bank
        case .edge: edge
        case .water: water
        }
    }
}

extension ZoneRule {
    /// Where a person with this box is; `scale` as in `isPresent`.
    func place(of object: Observation, at instant: Instant, scale: Double) -> WaterPlace {
        guard isPresent(object.box, scale: scale) else { return WaterPlace(counts: false) }
        let foot = object.box.foot(raisedBy: 0.02)
        let permitted = water.permitted.first { area in
            area.polygon.contains(foot) && (area.schedule?.isInForce(at: instant) ?? true)
        }
        if let permitted { return WaterPlace(counts: false, permitted: permitted.name) }
        return WaterPlace(counts: true, depth: depth(of: object))
    }

    /// How deep a person who is in the zone is; nil where the zone knows no depth.
    private func depth(of object: Observation) -> WaterDepth? {
        guard let depths = water.depths else { return nil }
        if let area = depths.waterPlace, isIn(area, object.box) { return .water }
        switch depths.edgePlace {
        case .none: return .bank
        case .area(let area): return isIn(area, object.box) ? .edge : .bank
        case .band(let line, let width):
            let foot = object.box.foot(raisedBy: 0.02)
            return foot.distance(to: line) <= width * object.bodyHeight ? .edge : .bank
        }
    }

    private func isIn(_ area: Polygon, _ box: NormalizedBox) -> Bool {
        switch anchor {
        case .overlap(let share): area.share(of: box) >= share
        case .groundContact: area.contains(box.foot(raisedBy: 0.02))
        }
    }

    /// What holds at a moment, by the first period that is in force then.
    func terms(at instant: Instant) -> WaterTerms {
        let usual = WaterHandling.Level(dwell: dwell, severity: severity)
        let terms = WaterTerms(
            bank: usual,
            edge: water.depths?.edge ?? usual,
            water: water.depths?.water ?? usual
        )
        guard let period = water.periods.first(where: { $0.isInForce(at: instant) }) else {
            return terms
        }
        return WaterTerms(
            bank: period.bank.applied(to: terms.bank),
            edge: period.edge.applied(to: terms.edge),
            water: period.water.applied(to: terms.water),
            period: period.name
        )
    }
}

extension Observation {
    /// What a person of 1.7 m measures where this one is, in picture heights: by the camera's
    /// scale, and where that is not known the person's own height.
    var bodyHeight: Double {
        guard let height, height > 0 else { return box.height }
        return box.height * 1.7 / height
    }
}

extension NormalizedPoint {
    /// The shortest way to a line of points, in picture heights.
    func distance(to line: [NormalizedPoint]) -> Double {
        guard let first = line.first else { return .infinity }
        var nearest = PictureVector(from: self, to: first).squaredLength
        for (start, end) in zip(line, line.dropFirst()) {
            let way = PictureVector(from: start, to: end)
            let own = PictureVector(from: start, to: self)
            let length = way.squaredLength
            let share = length > 0 ? (own.dx * way.dx + own.dy * way.dy) / length : 0
            let along = min(1, max(0, share))
            let rest = PictureVector(dx: own.dx - way.dx * along, dy: own.dy - way.dy * along)
            nearest = min(nearest, rest.squaredLength)
        }
        return nearest.squareRoot()
    }
}
