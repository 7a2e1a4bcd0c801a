internal import Scene

extension Form<Instant> {
    /// A moment of civil time with its offset from UTC (ISO 8601, RFC 3339).
    static var instant: Form {
        let example = "write 2025-06-01T08:30:00+08:00"
        return scalar("a time such as 2025-06-01T08:30:00+08:00") { text in
            guard let civil = CivilTime(text) else {
                return .failure(Problem("is not a time", example))
            }
            guard let offset = civil.offsetMinutes else {
                return .failure(Problem("has no offset from UTC", example))
            }
            guard let microseconds = civil.microseconds(offsetMinutes: offset) else {
                return .failure(Problem("is not a time that there is", example))
            }
            return .success(Instant(microseconds: microseconds))
        }
    }
}

/// The parts of a written time, not yet looked at for sense.
private struct CivilTime {
    private var year = 0
    private var month = 0
    private var day = 0
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var fraction = 0
    /// nil where none is written.
    private(set) var offsetMinutes: Int?

    init?(_ text: String) {
        let shape =
            #/
            ([0-9]{4}) - ([0-9]{2}) - ([0-9]{2}) [Tt\ ]
            ([0-9]{2}) : ([0-9]{2}) : ([0-9]{2}) (?: \. ([0-9]{1,6}) )?
            ( Z | z | [+\-][0-9]{2}:[0-9]{2} )?
            /#
        guard let found = text.wholeMatch(of: shape)?.output else { return nil }
        year = Int(found.1) ?? 0
        month = Int(found.2) ?? 0
        day = Int(found.3) ?? 0
        hour = Int(found.4) ?? 0
        minute = Int(found.5) ?? 0
        second = Int(found.6) ?? 0
        let digits = found.7 ?? "0"
        fraction = Int(digits + String(repeating: "0", count: 6 - digits.count)) ?? 0
        offsetMinutes = found.8.flatMap(Self.offset)
    }

    private static func offset(_ text: Substring) -> Int? {
        guard text.lowercased() != "z" else { return 0 }
        guard let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)) else {
            return nil
        }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes)
    }

    /// Microseconds since 1970-01-01T00:00:00Z, nil for a day or time that there is not.
    func microseconds(offsetMinutes: Int) -> Int64? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...days[month - 1]).contains(day), year >= 1970,
            hour < 24, minute < 60, second < 60, abs(offsetMinutes) <= 14 * 60
        else { return nil }
        let before = year - 1
        let leapDays =
            before / 4 - before / 100 + before / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
        let wholeDays =
            (year - 1970) * 365 + leapDays + days[..<(month - 1)].reduce(0, +) + day - 1
        let seconds = ((wholeDays * 24 + hour) * 60 + minute - offsetMinutes) * 60 + second
        return Int64(seconds) * 1_000_000 + Int64(fraction)
    }
}
