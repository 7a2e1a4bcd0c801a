internal import Scene

extension PresenceRule {
    /// What holds in the whole zone at a moment.
    func facts(_ moment: Moment, _ terms: WaterTerms) -> [ZoneExplanation.Fact] {
        var facts: [ZoneExplanation.Fact] = []
        if !rule.water.periods.isEmpty {
            facts.append(.init("period", "period", terms.period ?? "none is in force"))
        }
        if moment.isDark { facts.append(.init("light", "light", "it is dark")) }
        if let limit = rule.water.crowd {
            let count = people.count
            let since = crowd.since.map { ", so many since \(TestResult.plain($0.seconds)) s" }
            let open = crowd.incident.map { ", incident \($0.number)" }
            facts.append(
                .init(
                    "crowd",
                    "people in the zone",
                    "\(count) of \(limit.count) for \(TestResult.plain(limit.dwell.seconds)) s"
                        + (since ?? "") + (open ?? "")
                )
            )
        }
        return facts
    }

    /// What is known of a person, and which clocks run.
    func facts(
        _ occupant: Occupant,
        _ moment: Moment,
        _ terms: WaterTerms
    ) -> [ZoneExplanation.Fact] {
        let track = occupant.track
        var facts: [ZoneExplanation.Fact] = []
        if rule.water.depths != nil {
            let place = track.depth?.rawValue ?? (track.isPermitted ? "permitted" : "outside")
            facts.append(.init("depth", "last seen", place))
        }
        let known = Set(occupant.incident?.reasons ?? []).union(reasons(of: occupant, moment))
        let reasons = known.sorted()
        let names = reasons.map(\.rawValue).joined(separator: ", ")
        facts.append(.init("reasons", "what makes it worse", names.isEmpty ? "nothing" : names))
        let depth = [occupant.incident?.depth, assess(occupant, moment, terms)?.depth]
            .compactMap(\.self).max()
        let severity = max(
            occupant.incident?.severity ?? .info,
            Self.severity(depth, reasons, terms)
        )
        facts.append(
            .init(
                "severity",
                "how urgent",
                "\(severity.rawValue); \(depth?.rawValue ?? "the zone") alone "
                    + terms.level(at: depth).severity.rawValue
            )
        )
        let stay = TestResult.plain((moment.time - occupant.entry).seconds)
        let limit = TestResult.plain(rule.water.staying.seconds)
        facts.append(.init("staying", "stays", "\(stay) s; worse from \(limit) s on"))
        if track.measuredFrames > 0 {
            facts.append(
                .init(
                    "small",
                    "below \(TestResult.plain(WaterTrack.childHeight)) m",
                    "in \(track.smallFrames) of \(track.measuredFrames) frames"
                )
            )
        }
        return facts + vanishingFacts(occupant, moment)
    }

    private func vanishingFacts(
        _ occupant: Occupant,
        _ moment: Moment
    ) -> [ZoneExplanation.Fact] {
        if let vanishedAt = occupant.track.vanishedAt {
            let since = TestResult.plain(vanishedAt.seconds)
            let hold = TestResult.plain(rule.water.vanishedHold.seconds)
            return [.init("vanished", "vanished", "since \(since) s; held for \(hold) s")]
        }
        guard let absence = occupant.track.absence else { return [] }
        let limit = TestResult.plain(rule.water.vanishAfter.seconds)
        var text = "for \(TestResult.plain(absence.unseen.seconds)) s of \(limit) s"
        if absence.hidden > .zero {
            let limit = TestResult.plain(rule.water.vanishHiddenAfter.seconds)
            text += ", hidden for \(TestResult.plain(absence.hidden.seconds)) s of \(limit) s"
        }
        if absence.covered > .zero {
            text += ", covered for \(TestResult.plain(absence.covered.seconds)) s"
        }
        if !mayVanish(occupant) {
            text += "; not looked for: it may be elsewhere, or is not surely a person"
        }
        return [.init("unseen", "not seen in the water", text)]
    }
}
