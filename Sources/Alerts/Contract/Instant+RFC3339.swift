public import Scene

extension Instant {
    private static let secondMicroseconds: Int64 = 1_000_000
    private static let dayMicroseconds: Int64 = 86_400 * secondMicroseconds
    /// 0000-01-01T00:00:00Z and the last microsecond of 9999: RFC 3339 knows no other years.
    private static let writable = Int64(-62_167_219_200_000_000)...Int64(253_402_300_799_999_999)

    /// RFC 3339 in UTC with six decimals, always 27 characters, so that text sorts as time does.
    ///
    /// Moments outside the years 0000 to 9999 are written as the nearest one inside.
    public var rfc3339: String {
        let moment = min(max(microseconds, Self.writable.lowerBound), Self.writable.upperBound)
        let (day, inDay) = Self.floorDivide(moment, Self.dayMicroseconds)
        let (year, month, dayOfMonth) = Self.civil(day: day)
        let (second, micro) = Self.floorDivide(inDay, Self.secondMicroseconds)
        return [
            "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))T",
            "\(Self.padded(second / 3600, 2)):\(Self.padded(second / 60 % 60, 2)):",
            "\(Self.padded(second % 60, 2)).\(Self.padded(micro, 6))Z",
        ].joined()
    }

    /// The moment that RFC 3339 text names, such as `2026-03-01T14:00:02.5+08:00`, or nil where it
    /// is none.
    ///
    /// What lies below a microsecond is cut off. Leap seconds are refused.
    public init?(rfc3339 text: String) {
        var reader = FieldReader(rest: Array(text.utf8)[...])
        guard let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), reader.skip("-"),
            let day = reader.number(digits: 2), reader.skip("Tt"),
            let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
            let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
            let second = reader.number(digits: 2), second < 60,
            let micro = reader.fractionMicroseconds(), let offset = reader.offsetMinutes(),
            reader.rest.isEmpty
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        guard (1...12).contains(month), Self.civil(day: days) == (year, month, day) else {
            return nil
        }
        let seconds = days * 86_400 + hour * 3600 + (minute - offset) * 60 + second
        self.init(microseconds: seconds * Self.secondMicroseconds + micro)
    }

    private static func floorDivide(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
        let rest = ((value % by) + by) % by
        return ((value - rest) / by, rest)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
    ///
    /// Years are counted from March, so that the leap day comes last; 400 years have 146,097 days,
    /// and 719,468 days lie between 0000-03-01 and 1970-01-01.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let (era, yearOfEra) = floorDivide(month <= 2 ? year - 1 : year, 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date that many days after 1970-01-01.
    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(day + 719_468, 146_097)
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = (monthFromMarch + 2) % 12 + 1
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }
}

/// Takes the fields of RFC 3339 text off its front, one after the other.
private struct FieldReader {
    var rest: ArraySlice<UInt8>

    /// Whether the next character is one of these; it is taken where it is.
    mutating func skip(_ characters: String) -> Bool {
        guard let next = rest.first, characters.utf8.contains(next) else { return false }
        rest.removeFirst()
        return true
    }

    /// A number of exactly that many digits.
    mutating func number(digits: Int) -> Int64? {
        let field = rest.prefix(digits)
        guard field.count == digits else { return nil }
        var value: Int64 = 0
        for character in field {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else { return nil }
            value = value * 10 + Int64(character - UInt8(ascii: "0"))
        }
        rest = rest.dropFirst(digits)
        return value
    }

    /// The digits after a decimal point, cut to six; 0 where there is no point.
    mutating func fractionMicroseconds() -> Int64? {
        guard skip(".") else { return 0 }
        guard let first = number(digits: 1) else { return nil }
        var unit: Int64 = 100_000
        var micro = first * unit
        while let digit = number(digits: 1) {
            unit /= 10
            micro += digit * unit
        }
        return micro
    }

    /// Minutes that the local time is ahead of UTC.
    mutating func offsetMinutes() -> Int64? {
        if skip("Zz") { return 0 }
        let isBehind = rest.first == UInt8(ascii: "-")
        guard skip("+-"), let hours = number(digits: 2), hours < 24, skip(":"),
            let minutes = number(digits: 2), minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isBehind ? -1 : 1)
    }
}
