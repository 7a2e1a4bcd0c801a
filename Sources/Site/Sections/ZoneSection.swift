internal import Rules
internal import Scene

/// What may be set for one zone, and for all zones of a kind; nil where it is not set.
struct ZoneSettings {
    var dwell: MediaSpan?
    var classes: Set<ObjectClass>?
    var severity: Severity?
    var rearm: MediaSpan?
    var minimumSize: Double?
    var maximumSize: Double?
    var anchor: ZoneRule.Anchor?
    var schedule: ScheduleChoice?
    var queue: QueueSettings?
    var water = WaterSettings()

    init(_ reader: NodeReader, timeZone: String) {
        let day = MediaSpan.seconds(24 * 3600)
        dwell = reader.optional("dwell", .dwell)
        let classes = Form.list(of: Form<ObjectClass>.choice("a class"), count: 1...16, "classes")
        self.classes = reader.optional("classes", classes).map { Set($0) }
        severity = reader.optional("severity", .severity)
        rearm = reader.optional("rearm", .duration(.zero...day))
        minimumSize = reader.optional("minimumSize", .number(0...1))
        maximumSize = reader.optional("maximumSize", .number(0...1))
        anchor = reader.optional("anchor", .anchor)
        schedule = reader.optional("schedule", .schedule(timeZone: timeZone))
        queue = reader.optional("queue", .queue)
        Self.checkSizes(reader, minimum: minimumSize, maximum: maximumSize)
    }

    /// These settings, completed by others.
    func completed(by others: ZoneSettings?) -> ZoneSettings {
        guard let others else { return self }
        var all = self
        all.dwell = dwell ?? others.dwell
        all.classes = classes ?? others.classes
        all.severity = severity ?? others.severity
        all.rearm = rearm ?? others.rearm
        all.minimumSize = minimumSize ?? others.minimumSize
        all.maximumSize = maximumSize ?? others.maximumSize
        all.anchor = anchor ?? others.anchor
        all.schedule = schedule ?? others.schedule
        all.queue = queue?.completed(by: others.queue) ?? others.queue
        all.water = water.completed(by: others.water)
        return all
    }

    /// Puts what is set into a rule.
    func apply(to rule: inout ZoneRule) {
        rule.dwell = dwell ?? rule.dwell
        rule.classes = classes ?? rule.classes
        rule.severity = severity ?? rule.severity
        rule.rearm = rearm ?? rule.rearm
        rule.minimumSize = minimumSize ?? rule.minimumSize
        rule.maximumSize = maximumSize ?? rule.maximumSize
        rule.anchor = anchor ?? rule.anchor
        rule.queue.mode = queue?.mode ?? rule.queue.mode
        rule.queue.patience = queue?.patience ?? rule.queue.patience
        if case .weekly(let weekly) = schedule { rule.schedule = weekly }
        water.apply(to: &rule.water)
    }

    /// Reports sizes that nothing can have, at the one that this place sets.
    static func checkSizes(_ reader: NodeReader, minimum: Double?, maximum: Double?) {
        guard let place = reader.value(of: "minimumSize") ?? reader.value(of: "maximumSize") else {
            return
        }
        let (least, most) = (minimum ?? 0, maximum ?? 1)
        guard least >= most else { return }
        place.report(
            "minimumSize \(least) is not below maximumSize \(most)",
            suggestion: "no object can have both; make the first smaller than the second"
        )
    }
}

extension Form<ZoneRule> {
    /// One zone; ids are unique among its neighbours.
    static func zone(
        defaults: [ZoneKind: ZoneSettings],
        timeZone: String,
        ids: UniqueValues
    ) -> Form {
        .mapping { reader in
            let id = reader.required("id", .identifier.unique(in: ids), example: "north-kerb")
            let name = reader.optional("name", .text)
            let kinds = Form<ZoneKind>.choice("a zone kind")
            let kind = reader.required("kind", kinds, example: "no_parking")
            let polygon = reader.required(
                "polygon",
                .polygon,
                example: "[[0.1, 0.2], [0.9, 0.2], [0.5, 0.8]]"
            )
            var own = ZoneSettings(reader, timeZone: timeZone)
            own.water = WaterSettings(reader, timeZone: timeZone)
            let depth = DepthSettings(reader, timeZone: timeZone)
            if let kind {
                own.checkQueue(reader, of: kind)
                WaterSettings.checkKind(reader, kind)
            }
            let settings = own.completed(by: kind.flatMap { defaults[$0] })
            let hasBothSizes = own.minimumSize != nil && own.maximumSize != nil
            if !hasBothSizes, (own.minimumSize ?? 0) < (own.maximumSize ?? 1) {
                let (least, most) = (settings.minimumSize, settings.maximumSize)
                ZoneSettings.checkSizes(reader, minimum: least, maximum: most)
            }
            guard let id, let kind, let polygon else { return nil }
            let zone = ZoneID(rawValue: id)
            var rule = ZoneRule(id: zone, name: name, kind: kind, polygon: polygon)
            settings.apply(to: &rule)
            guard kind == .waterDanger else { return rule }
            guard depth.apply(to: &rule, reader, ownSeverity: own.severity) else { return nil }
            return rule
        }
    }
}

extension Form<Severity> {
    /// How urgent an alert is; an emergency is not set, it is found.
    static var severity: Form {
        .word(
            "a severity",
            [("info", .info), ("warning", .warning), ("critical", .critical)]
        )
    }
}

extension Form<MediaSpan> {
    /// How long somebody or something may stay.
    static var dwell: Form { .duration(.seconds(0.5)...(.seconds(24 * 3600))) }
}

extension Form<ZoneRule.Anchor> {
    /// `ground_contact`, or `overlap` with the share of the box that must be in the zone.
    static var anchor: Form {
        .either(
            scalar: .word("an anchor", [("ground_contact", .groundContact)]),
            mapping: .mapping { reader in
                let share = reader.required("overlap", .number(0.01...1), example: "0.3")
                return share.map { .overlap($0) }
            }
        )
    }
}
