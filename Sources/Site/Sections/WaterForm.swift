internal import Rules
internal import Scene

/// What may be set of how people at the water are treated, for one zone and for all of them; nil
/// where it is not set.
struct WaterSettings {
    var staying: MediaSpan?
    var vanishAfter: MediaSpan?
    var vanishHiddenAfter: MediaSpan?
    var vanishedHold: MediaSpan?
    var crowd: CrowdChoice?
    var periods: [WaterPeriod]?

    /// Keys of a zone that have a meaning at the water only.
    private static let keys = [
        "staying", "vanishAfter", "vanishHiddenAfter", "vanishedHold", "crowd", "periods", "edge",
        "water", "waterline", "permitted",
    ]

    init() {}

    init(_ reader: NodeReader, timeZone: String) {
        let day = MediaSpan.seconds(24 * 3600)
        staying = reader.optional("staying", .duration(.seconds(1)...day))
        vanishAfter = reader.optional("vanishAfter", .duration(.seconds(1)...(.seconds(120))))
        let hidden: MediaSpan? = reader.optional(
            "vanishHiddenAfter",
            .duration(.seconds(1)...(.seconds(600)))
        )
        vanishHiddenAfter = hidden
        vanishedHold = reader.optional("vanishedHold", .duration(.seconds(10)...day))
        crowd = reader.optional("crowd", .crowd)
        let period = Form<WaterPeriod>.period(timeZone: timeZone)
        periods = reader.optional("periods", .list(of: period, count: 0...16, "periods"))
    }

    /// These settings, completed by others.
    func completed(by others: WaterSettings) -> WaterSettings {
        var all = self
        all.staying = staying ?? others.staying
        all.vanishAfter = vanishAfter ?? others.vanishAfter
        all.vanishHiddenAfter = vanishHiddenAfter ?? others.vanishHiddenAfter
        all.vanishedHold = vanishedHold ?? others.vanishedHold
        all.crowd = crowd ?? others.crowd
        all.periods = periods ?? others.periods
        return all
    }

    /// Puts what is set into a rule.
    func apply(to water: inout WaterHandling) {
        water.staying = staying ?? water.staying
        water.vanishAfter = vanishAfter ?? water.vanishAfter
        water.vanishHiddenAfter = vanishHiddenAfter ?? water.vanishHiddenAfter
        water.vanishedHold = vanishedHold ?? water.vanishedHold
        water.periods = periods ?? water.periods
        if case .from(let crowd) = crowd { water.crowd = crowd }
    }

    /// Reports keys that have a meaning at the water only, in a zone of another kind.
    static func checkKind(_ reader: NodeReader, _ kind: ZoneKind) {
        guard kind != .waterDanger else { return }
        for key in keys {
            reader.value(of: key)?.report(
                "has no meaning for the kind \(kind.rawValue)",
                suggestion: "remove it; only water_danger knows it"
            )
        }
    }
}

/// Whether many people at once are an incident.
enum CrowdChoice {
    /// Never, whatever the defaults say.
    case off
    /// From so many on.
    case from(WaterHandling.Crowd)
}

extension Form<CrowdChoice> {
    /// `off`, or from how many on and for how long.
    static var crowd: Form {
        .either(
            scalar: .word("a crowd", [("off", .off)]),
            mapping: .mapping { reader in
                let count = reader.required("count", .whole(2...200), example: "8")
                let dwell = reader.optional("dwell", .dwell)
                return count.map {
                    let usual = WaterHandling.Crowd.usualDwell
                    return .from(WaterHandling.Crowd(count: $0, dwell: dwell ?? usual))
                }
            }
        )
    }
}

extension Form<WaterPeriod> {
    /// Days and hours, and what changes in them.
    static func period(timeZone: String) -> Form {
        .mapping { reader in
            let name = reader.required("name", .text, example: "Summer holidays")
            let dates = reader.optional("dates", .dates)
            let schedule = reader.optional("schedule", .schedule(timeZone: timeZone))
            let bank = WaterPeriod.Change(
                dwell: reader.optional("dwell", .dwell),
                severity: reader.optional("severity", .severity)
            )
            let edge = reader.optional("edge", .change)
            let water = reader.optional("water", .change)
            let isTimed =
                reader.value(of: "dates") != nil || reader.value(of: "schedule") != nil
            if reader.cursor.node != nil, !isTimed {
                reader.cursor.report(
                    "has neither dates nor schedule",
                    suggestion: "write dates: 07-01..08-31, a schedule, or both"
                )
                return nil
            }
            let changes = ["dwell", "severity", "edge", "water"]
            if reader.cursor.node != nil, changes.allSatisfy({ reader.value(of: $0) == nil }) {
                reader.cursor.report(
                    "changes nothing",
                    suggestion: "write dwell, severity, edge or water"
                )
                return nil
            }
            guard let name else { return nil }
            var weekly: WeeklySchedule?
            if case .weekly(let spans) = schedule { weekly = spans }
            return WaterPeriod(
                name: name,
                dates: dates,
                timeZone: weekly?.timeZone ?? timeZone,
                schedule: weekly,
                bank: bank,
                edge: edge ?? WaterPeriod.Change(),
                water: water ?? WaterPeriod.Change()
            )
        }
    }
}

extension Form<WaterPeriod.Change> {
    /// Dwell time and severity at one depth.
    static var change: Form {
        .mapping { reader in
            WaterPeriod.Change(
                dwell: reader.optional("dwell", .dwell),
                severity: reader.optional("severity", .severity)
            )
        }
    }
}

extension Form<DateSpan> {
    /// Two days of the year, such as `07-01..08-31`, both included.
    static var dates: Form {
        scalar("days of the year such as 07-01..08-31") { text in
            guard let found = text.wholeMatch(of: /(\d{2})-(\d{2})\.\.(\d{2})-(\d{2})/) else {
                return .failure(
                    Problem("is no span of days", "write 07-01..08-31: month and day, twice")
                )
            }
            let numbers = [found.1, found.2, found.3, found.4].compactMap { Int($0) }
            let days = [numbers.prefix(2), numbers.suffix(2)].map {
                DateSpan.Day(month: $0.first ?? 0, day: $0.last ?? 0)
            }
            guard days.allSatisfy(\.exists) else {
                return .failure(
                    Problem("has a day that there is not", "write 07-01..08-31: month and day")
                )
            }
            return .success(DateSpan(first: days[0], last: days[1]))
        }
    }
}

extension DateSpan.Day {
    /// Whether some year has it.
    fileprivate var exists: Bool {
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
    }
}
