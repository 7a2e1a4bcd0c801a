internal import Rules

/// When a rule is in force.
enum ScheduleChoice {
    /// At any time, whatever the defaults say.
    case always
    /// In spans of a week.
    case weekly(WeeklySchedule)
}

extension Form<ScheduleChoice> {
    /// `always`, or spans of local time; the time zone is the site's unless another is given.
    static func schedule(timeZone: String) -> Form {
        .either(
            scalar: .word("a schedule", [("always", .always)]),
            mapping: .mapping { reader in
                let own = reader.optional("timeZone", .timeZone)
                let spans = reader.required(
                    "spans",
                    .list(of: .span, count: 1...64, "spans"),
                    example: "[{days: daily, from: \"07:00\", to: \"19:00\"}]"
                )
                return spans.map {
                    .weekly(WeeklySchedule(timeZone: own ?? timeZone, spans: $0))
                }
            }
        )
    }
}

extension Form<WeeklySchedule.Span> {
    static var span: Form {
        .mapping { reader in
            let days = reader.optional(
                "days",
                .oneOrMany(of: .days, count: 1...7, "days")
            )
            let start = reader.required(
                "from",
                .clockTime.checked { minute, _ in
                    minute < 1440 ? nil : Problem("ends a day", "write \"00:00\" to \"23:59\"")
                },
                example: "\"07:00\""
            )
            let end = reader.required("to", .clockTime, example: "\"19:00\"")
            guard let start, let end else { return nil }
            guard start != end else {
                reader.value(of: "to")?.report(
                    "from and to are the same time",
                    suggestion: "for whole days write from: \"00:00\", to: \"24:00\""
                )
                return nil
            }
            return WeeklySchedule.Span(
                days: days.map { $0.reduce(into: []) { $0.formUnion($1) } }
                    ?? Set(WeeklySchedule.Weekday.allCases),
                startMinute: start,
                endMinute: end == 0 ? 1440 : end
            )
        }
    }
}

extension Form<Set<WeeklySchedule.Weekday>> {
    /// A day of the week by its first three letters, or a word for several.
    static var days: Form {
        let all = WeeklySchedule.Weekday.allCases
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let single = zip(names, all).map { (word: $0, value: Set([$1])) }
        let several: [(word: String, value: Set<WeeklySchedule.Weekday>)] = [
            ("weekdays", Set(all.prefix(5))),
            ("weekend", Set(all.suffix(2))),
            ("daily", Set(all)),
        ]
        return .word("a day", single + several)
    }
}
