import Rules
import Scene
import Site
import Testing

@Suite struct WaterTests {
    private func text(_ more: String, kind: String = "water_danger", top: String = "") -> String {
        """
        version: 1
        site: {id: town, timeZone: Asia/Shanghai}
        \(top)
        cameras:
          - id: gate
            zones:
              - id: shore
                kind: \(kind)
                polygon: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]
                \(more)
        """
    }

    private func rule(_ more: String, top: String = "") throws -> ZoneRule {
        try Samples.site(text(more, top: top)).cameras[0].zones[0]
    }

    /// The only mistake of a zone, without its place.
    private func mistake(_ more: String, kind: String = "water_danger") -> String? {
        let found = Samples.diagnostics(text(more, kind: kind))
        guard found.count == 1, let message = found.first?.message else {
            return "\(found.map(\.description))"
        }
        // The value that is wrong stands before what is wrong with it.
        return message.hasPrefix("\"")
            ? message.split(separator: "\" ").last.map(String.init) : message
    }

    private let line = "waterline: {points: [[0, 0.5], [1, 0.5]], water: [0.5, 0.8]}"

    @Test("Without depth a zone is what it was")
    func plain() throws {
        let rule = try rule("rearm: 10s")
        #expect(rule.severity == .critical)
        #expect(rule.dwell == .seconds(2))
        #expect(rule.water == WaterHandling())
    }

    @Test("A waterline gives bank, edge and water with their usual dwell times and severities")
    func waterline() throws {
        let rule = try rule(line)
        #expect(rule.severity == .warning)
        #expect(rule.dwell == .seconds(2))
        let depths = try #require(rule.water.depths)
        let usual = WaterHandling.Level(dwell: .seconds(1), severity: .critical)
        #expect(depths.edge == usual)
        #expect(depths.water == usual)
        let water = try #require(depths.waterPlace)
        #expect(abs(water.area - 0.32) < 1e-9)
        #expect(water.contains(NormalizedPoint(x: 0.5, y: 0.8)))
        guard case .band(let points, let width) = depths.edgePlace else {
            Issue.record("edge is \(depths.edgePlace)")
            return
        }
        #expect(points.map(\.x) == [0.1, 0.9])
        #expect(width == 0.6)
    }

    @Test("Levels, bank included, are set in the zone; the bank's severity never by the kind")
    func levels() throws {
        let more =
            "\(line)\n        severity: info\n        dwell: 5s\n"
            + "        edge: {dwell: 3s, severity: warning}\n        water: {dwell: 0.5s}"
        let rule = try rule(more)
        #expect(rule.severity == .info)
        #expect(rule.dwell == .seconds(5))
        #expect(rule.water.depths?.edge == .init(dwell: .seconds(3), severity: .warning))
        #expect(rule.water.depths?.water == .init(dwell: .seconds(0.5), severity: .critical))
        let kind = "defaults: {water_danger: {severity: critical, dwell: 4s, staying: 1m}}"
        let bank = try self.rule(line, top: kind)
        #expect(bank.severity == .warning)
        #expect(bank.dwell == .seconds(4))
        #expect(bank.water.staying == .seconds(60))
        #expect(try self.rule("rearm: 1s", top: kind).severity == .critical)
    }

    @Test("Edge and water may be polygons, each alone, and an edge of no width is none")
    func polygons() throws {
        let edge = "edge: {polygon: [[0.2, 0.5], [0.8, 0.5], [0.5, 0.91]], dwell: 2s}"
        let depths = try #require(try rule(edge).water.depths)
        #expect(depths.waterPlace == nil)
        #expect(depths.edge.dwell == .seconds(2))
        guard case .area = depths.edgePlace else {
            Issue.record("edge is \(depths.edgePlace)")
            return
        }
        let none = line.replacing("water:", with: "edgeWidth: 0, water:")
        #expect(try rule(none).water.depths?.edgePlace == WaterHandling.Edge.none)
    }

    @Test("A waterline that does not cut the zone is refused with the reason")
    func badLines() {
        func cut(_ points: String, _ water: String = "[0.5, 0.8]") -> String? {
            mistake("waterline: {points: \(points), water: \(water)}")
        }
        let start = "does not cut the zone in two: "
        #expect(cut("[[0, 0.05], [1, 0.05]]") == start + "it lies outside of the zone")
        #expect(
            cut("[[0.5, 0.5], [1, 0.5]]")
                == start + "its first point lies within the zone, away from the border"
        )
        #expect(
            cut("[[0, 0.5], [0.5, 0.5]]")
                == start + "its last point lies within the zone, away from the border"
        )
        #expect(
            cut("[[0, 0.5], [0.5, 0.5], [0.5, 1], [0.7, 1], [0.7, 0.5], [1, 0.5]]")
                == start + "it meets the zone's border 4 times instead of twice"
        )
        #expect(cut("[[0.5, 0.5], [0.5, 0.5]]") == start + "its points are all the same")
        #expect(
            cut("[[0, 0.5], [1, 0.5]]", "[0.5, 0.95]")
                == "has a point in the water, [0.5, 0.95], on neither side of it in the zone"
        )
        #expect(mistake("waterline: {points: [[0, 0.5], [1, 0.5]]}") == "is missing")
    }

    @Test("Parts that are elsewhere, told twice or not at all are refused")
    func badAreas() {
        let far = "polygon: [[0.91, 0.2], [0.99, 0.2], [0.99, 0.9]]"
        let outside = "lies outside of the zone with its corner 1, counted from 0"
        #expect(mistake("edge: {\(far)}") == outside)
        #expect(mistake("water: {\(far)}") == outside)
        #expect(mistake("edge: {dwell: 2s}") == "says not where it is")
        let twice = "\(line)\n        edge: {polygon: [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8]]}"
        #expect(mistake(twice) == "has a polygon, and the waterline says already where it is")
        let pier = "polygon: [[0.92, 0.2], [0.99, 0.2], [0.99, 0.9]]"
        #expect(
            mistake("permitted: [{name: Pier, \(pier)}]") == "has Pier outside of the zone"
        )
    }

    @Test("Zones of other kinds know none of it, nor do the defaults of other kinds")
    func otherKinds() {
        let keys = [
            line, "staying: 1m", "vanishAfter: 4s", "vanishedHold: 1m", "crowd: {count: 3}",
            "periods: []", "permitted: []",
            "edge: {polygon: [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8]]}", "water: {dwell: 1s}",
        ]
        for key in keys {
            #expect(
                mistake(key, kind: "no_parking") == "has no meaning for the kind no_parking",
                "\(key)"
            )
        }
        let top = "defaults: {fire_lane: {staying: 1m}}"
        let found = Samples.diagnostics(text("rearm: 1s", top: top))
        #expect(found.map(\.message) == ["\"staying\" is not a key of this place"])
    }

    @Test("A crowd is off, or from so many on")
    func crowd() throws {
        #expect(try rule("crowd: off").water.crowd == nil)
        #expect(
            try rule("crowd: {count: 5}").water.crowd == .init(count: 5, dwell: .seconds(10))
        )
        let kind = "defaults: {water_danger: {crowd: {count: 4, dwell: 1m}}}"
        #expect(
            try rule("rearm: 1s", top: kind).water.crowd == .init(count: 4, dwell: .seconds(60))
        )
        #expect(try rule("crowd: off", top: kind).water.crowd == nil)
        #expect(mistake("crowd: {count: 1}") == "is out of range")
        #expect(mistake("crowd: {count: 2.5}") == "is no whole number")
        #expect(mistake("crowd: {dwell: 5s}") == "is missing")
    }

    @Test("Periods have days, hours or both, and change something")
    func periods() throws {
        let summer = "{name: Summer, dates: 07-01..08-31, dwell: 1s, water: {severity: critical}}"
        let night =
            "{name: Night, schedule: {spans: [{from: \"20:00\", to: \"06:00\"}]}, "
            + "severity: critical}"
        let rule = try rule("\(line)\n        periods: [\(summer), \(night)]")
        #expect(rule.water.periods.map(\.name) == ["Summer", "Night"])
        #expect(rule.water.periods.allSatisfy { $0.timeZone == "Asia/Shanghai" })
        let dates = rule.water.periods[0].dates
        #expect(dates == DateSpan(first: .init(month: 7, day: 1), last: .init(month: 8, day: 31)))
        #expect(rule.water.periods[0].bank == .init(dwell: .seconds(1)))
        #expect(rule.water.periods[0].water == .init(severity: .critical))
        #expect(rule.water.periods[1].schedule?.spans.first?.startMinute == 1200)
    }

    @Test("Periods that cannot be meant are refused")
    func badPeriods() {
        func period(_ text: String) -> String? { mistake("periods: [{name: P, \(text)}]") }
        #expect(period("dwell: 1s") == "has neither dates nor schedule")
        #expect(period("dates: 07-01..08-31") == "changes nothing")
        for bad in ["summer", "07-01", "7-1..8-31", "07-01..08-31..09-01"] {
            #expect(period("dwell: 1s, dates: \(bad)") == "is no span of days", "\(bad)")
        }
        for bad in ["02-30..03-01", "13-01..13-02", "00-10..01-10", "01-00..01-05"] {
            #expect(period("dwell: 1s, dates: \(bad)") == "has a day that there is not", "\(bad)")
        }
        #expect(
            period("dates: 07-01..08-31, edge: {dwell: 1s}")
                == "changes edge or water in P, and the zone has neither"
        )
        #expect(period("dates: 07-01..08-31, severity: emergency") == "is not a severity")
    }

    @Test("An emergency is found, and cannot be set")
    func emergency() {
        #expect(mistake("severity: emergency") == "is not a severity")
    }

    @Test("Spans of time are bounded")
    func bounds() {
        for bad in [
            "staying: 0s", "vanishAfter: 0.5s", "vanishAfter: 3m", "vanishedHold: 1s",
            "vanishHiddenAfter: 11m",
        ] {
            #expect(mistake(bad) == "is out of range", "\(bad)")
        }
    }
}
