internal import Rules
internal import Scene

/// Where edge and water of one zone are, and where people may be.
struct DepthSettings {
    /// A part of the zone: where it is, unless a waterline tells, and what holds there.
    struct Area {
        var polygon: Polygon?
        var change: WaterPeriod.Change
    }

    /// A line along which the zone is cut into bank and water.
    struct Waterline {
        var points: [NormalizedPoint]
        /// Any point in the water.
        var water: NormalizedPoint
        var edgeWidth: Double
    }

    private let edge: Area?
    private let water: Area?
    private let waterline: Waterline?
    private let permitted: [WaterHandling.Permitted]

    /// How far a corner may lie outside of the zone, in shares of the picture.
    private static let tolerance = 0.02

    init(_ reader: NodeReader, timeZone: String) {
        edge = reader.optional("edge", .area)
        water = reader.optional("water", .area)
        waterline = reader.optional("waterline", .waterline)
        let area = Form<WaterHandling.Permitted>.permitted(timeZone: timeZone)
        permitted =
            reader.optional("permitted", .list(of: area, count: 0...16, "permitted parts")) ?? []
    }

    /// Puts what is set into a rule of a zone at the water.
    ///
    /// Returns false after a mistake, which it has reported.
    func apply(to rule: inout ZoneRule, _ reader: NodeReader, ownSeverity: Severity?) -> Bool {
        guard checkPermitted(in: rule.polygon, reader) else { return false }
        rule.water.permitted = permitted
        let isRead =
            (waterline != nil) == (reader.value(of: "waterline") != nil)
            && (edge != nil) == (reader.value(of: "edge") != nil)
            && (water != nil) == (reader.value(of: "water") != nil)
        // What could not be read is reported already.
        guard isRead else { return false }
        guard edge != nil || water != nil || waterline != nil else {
            return checkPeriods(rule, reader)
        }
        let depths =
            if let waterline {
                cut(rule.polygon, along: waterline, reader)
            } else {
                nested(in: rule.polygon, reader)
            }
        guard var told = depths else { return false }
        if let edge { told.edge = edge.change.applied(to: told.edge) }
        if let water { told.water = water.change.applied(to: told.water) }
        rule.water.depths = told
        rule.severity = ownSeverity ?? .warning
        return true
    }

    /// Edge and water as polygons within the zone's.
    private func nested(in zone: Polygon, _ reader: NodeReader) -> WaterHandling.Depths? {
        var depths = WaterHandling.Depths()
        for (key, area) in [("edge", edge), ("water", water)] {
            guard let area else { continue }
            guard let polygon = area.polygon else {
                reader.value(of: key)?.report(
                    "says not where it is",
                    suggestion: "write polygon: [[x, y], ...], or a waterline for the zone"
                )
                return nil
            }
            let outside = polygon.corners.firstIndex {
                !zone.contains($0, within: Self.tolerance)
            }
            if let outside {
                reader.value(of: key)?.report(
                    "lies outside of the zone with its corner \(outside), counted from 0",
                    suggestion: "draw it within the zone's polygon, which is all that is watched"
                )
                return nil
            }
            if key == "edge" {
                depths.edgePlace = .area(polygon)
            } else {
                depths.waterPlace = polygon
            }
        }
        return depths
    }

    /// Edge and water on either side of a line through the zone.
    private func cut(
        _ zone: Polygon,
        along line: Waterline,
        _ reader: NodeReader
    ) -> WaterHandling.Depths? {
        for (key, area) in [("edge", edge), ("water", water)] where area?.polygon != nil {
            reader.value(of: key)?.report(
                "has a polygon, and the waterline says already where it is",
                suggestion: "remove the polygon, or the waterline"
            )
            return nil
        }
        let place = reader.value(of: "waterline")
        let result: PolygonCut
        do throws(PolygonCut.Failure) {
            result = try zone.cut(along: line.points)
        } catch {
            place?.report(
                "does not cut the zone in two: \(Self.reason(error))",
                suggestion: "draw its points from the zone's border through it to the border"
            )
            return nil
        }
        guard let water = result.parts.first(where: { $0.contains(line.water) }) else {
            place?.report(
                "has a point in the water, [\(plain(line.water.x)), \(plain(line.water.y))], "
                    + "on neither side of it in the zone",
                suggestion: "name any point of the zone that is water"
            )
            return nil
        }
        let width = line.edgeWidth
        return WaterHandling.Depths(
            edgePlace: width > 0 ? .band(along: result.line, bodyHeights: width) : .none,
            waterPlace: water
        )
    }

    private static func reason(_ failure: PolygonCut.Failure) -> String {
        switch failure {
        case .tooShort: "its points are all the same"
        case .outside: "it lies outside of the zone"
        case .endInside(0): "its first point lies within the zone, away from the border"
        case .endInside: "its last point lies within the zone, away from the border"
        case .meetings(let count):
            "it meets the zone's border \(count) time\(count == 1 ? "" : "s") instead of twice"
        case .tangled: "it crosses itself, or runs along the border"
        }
    }

    private func checkPermitted(in zone: Polygon, _ reader: NodeReader) -> Bool {
        for area in permitted where !area.polygon.meets(zone) {
            reader.value(of: "permitted")?.report(
                "has \(area.name) outside of the zone",
                suggestion: "nobody is reported there anyway; draw it within, or remove it"
            )
            return false
        }
        return true
    }

    /// Reports periods of the zone itself that change a depth it does not have.
    private func checkPeriods(_ rule: ZoneRule, _ reader: NodeReader) -> Bool {
        guard let place = reader.value(of: "periods") else { return true }
        let none = WaterPeriod.Change()
        let useless = rule.water.periods.first { $0.edge != none || $0.water != none }
        guard let useless else { return true }
        place.report(
            "changes edge or water in \(useless.name), and the zone has neither",
            suggestion: "write dwell and severity, or draw edge and water"
        )
        return false
    }
}

extension Polygon {
    /// Whether two polygons share some of the picture, on a grid of 32 by 32 over this one.
    fileprivate func meets(_ other: Polygon) -> Bool {
        let bounds = bounds
        return (0..<1024).contains { cell in
            let point = NormalizedPoint(
                x: bounds.x + bounds.width * (Double(cell % 32) + 0.5) / 32,
                y: bounds.y + bounds.height * (Double(cell / 32) + 0.5) / 32
            )
            return contains(point) && other.contains(point)
        }
    }
}

extension Form<DepthSettings.Area> {
    /// A part of the zone by its corners, with dwell time and severity.
    static var area: Form {
        .mapping { reader in
            DepthSettings.Area(
                polygon: reader.optional("polygon", .polygon),
                change: WaterPeriod.Change(
                    dwell: reader.optional("dwell", .dwell),
                    severity: reader.optional("severity", .severity)
                )
            )
        }
    }
}

extension Form<DepthSettings.Waterline> {
    /// The line along which land and water meet.
    static var waterline: Form {
        .mapping { reader in
            let points = reader.required(
                "points",
                .list(of: .corner, count: 2...64, "points"),
                example: "[[0.1, 0.6], [0.9, 0.5]]"
            )
            let water = reader.required("water", .corner, example: "[0.5, 0.9]")
            let width = reader.optional("edgeWidth", .number(0...5, " body heights"))
            guard let points, let water else { return nil }
            return DepthSettings.Waterline(
                points: points,
                water: water,
                edgeWidth: width ?? WaterHandling.Depths.usualWidth
            )
        }
    }
}

extension Form<WaterHandling.Permitted> {
    /// A part of the zone where people may be, at certain hours or always.
    static func permitted(timeZone: String) -> Form {
        .mapping { reader in
            let name = reader.required("name", .text, example: "Angling place")
            let polygon = reader.required(
                "polygon",
                .polygon,
                example: "[[0.1, 0.2], [0.3, 0.2], [0.2, 0.4]]"
            )
            let schedule = reader.optional("schedule", .schedule(timeZone: timeZone))
            guard let name, let polygon else { return nil }
            var weekly: WeeklySchedule?
            if case .weekly(let spans) = schedule { weekly = spans }
            return WaterHandling.Permitted(name: name, polygon: polygon, schedule: weekly)
        }
    }
}
