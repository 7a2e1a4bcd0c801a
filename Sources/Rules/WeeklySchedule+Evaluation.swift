internal import Foundation
public import Scene

extension WeeklySchedule {
    /// Whether the time zone's name can be evaluated.
    public static func knows(timeZone name: String) -> Bool {
        TimeZone(identifier: name) != nil
    }

    /// Whether the local clock reads a time within one of the spans at that moment.
    ///
    /// The clock decides, as for a person who reads the sign: an hour that summer time skips is
    /// never in force, and one that comes twice is in force twice.
    public func isInForce(at instant: Instant) -> Bool {
        let zone = resolvedTimeZone
        return spanStart(covering: instant.microseconds + zone.offset(at: instant)) != nil
    }

    /// Since when the schedule has been in force without a break, or nil where it is not.
    ///
    /// Looks back eight days at most: what was in force all that time is in force always.
    public func inForceSince(_ instant: Instant) -> Instant? {
        let zone = resolvedTimeZone
        guard isInForce(at: instant) else { return nil }
        let horizon = Instant(microseconds: instant.microseconds - 8 * microsecondsPerDay)
        var reached = instant
        for change in zone.changes(from: horizon, to: instant).reversed() + [horizon] {
            // Between two changes the offset is constant, and local time is a straight line.
            let offset = zone.offset(at: change)
            let floor = change.microseconds + offset
            let start = earliestStart(from: reached.microseconds + offset, downTo: floor)
            reached = Instant(microseconds: start - offset)
            guard start == floor, isInForce(at: Instant(microseconds: start - offset - 1)) else {
                break
            }
        }
        return reached
    }

    private var resolvedTimeZone: TimeZone {
        guard let zone = TimeZone(identifier: timeZone) else {
            preconditionFailure(
                "time zone '\(timeZone)' is not known; ask WeeklySchedule.knows(timeZone:) first"
            )
        }
        return zone
    }

    /// Walks back from a moment of local time through spans that touch.
    ///
    /// The moment may itself be the first after a span.
    private func earliestStart(from local: Int64, downTo floor: Int64) -> Int64 {
        var start = spanStart(covering: local) ?? local
        while start > floor, let earlier = spanStart(covering: start - 1) {
            start = earlier
        }
        return max(start, floor)
    }

    /// When the span that covers a moment of local time began, the earliest of several.
    private func spanStart(covering local: Int64) -> Int64? {
        let day = local.flooredQuotient(by: microsecondsPerDay)
        var earliest: Int64?
        for span in spans {
            for startDay in [day - 1, day] where span.days.contains(Weekday(localDay: startDay)) {
                let midnight = startDay * microsecondsPerDay
                let passesMidnight = span.endMinute <= span.startMinute
                let end = Int64(span.endMinute + (passesMidnight ? 1_440 : 0))
                let begin = midnight + Int64(span.startMinute) * microsecondsPerMinute
                guard begin <= local, local < midnight + end * microsecondsPerMinute else {
                    continue
                }
                earliest = min(earliest ?? begin, begin)
            }
        }
        return earliest
    }
}

extension DateSpan {
    /// Whether the local date at a moment is one of the days.
    func contains(_ instant: Instant, timeZone name: String) -> Bool {
        guard let zone = TimeZone(identifier: name) else {
            preconditionFailure(
                "time zone '\(name)' is not known; ask WeeklySchedule.knows(timeZone:) first"
            )
        }
        let local = instant.microseconds + zone.offset(at: instant)
        return contains(Day(localDay: local.flooredQuotient(by: microsecondsPerDay)))
    }
}

extension DateSpan.Day {
    /// The day of the year of a day counted from 1970-01-01, in the Gregorian calendar.
    fileprivate init(localDay: Int64) {
        // Years that begin in March end with the day that leap years add.
        let fromMarch = localDay + 719_468
        let era = fromMarch.flooredQuotient(by: 146_097)
        let dayOfEra = fromMarch - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        self.init(
            month: Int(month < 10 ? month + 3 : month - 9),
            day: Int(dayOfYear - (153 * month + 2) / 5 + 1)
        )
    }
}

private let microsecondsPerMinute: Int64 = 60_000_000
private let microsecondsPerDay: Int64 = 86_400_000_000

extension WeeklySchedule.Weekday {
    /// The weekday of a day counted from 1970-01-01, a Thursday.
    fileprivate init(localDay: Int64) {
        let fromMonday = localDay + 3
        let index = fromMonday - 7 * fromMonday.flooredQuotient(by: 7)
        self = Self.allCases[Int(index)]
    }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

extension TimeZone {
    /// Microseconds that local time is ahead of universal time.
    fileprivate func offset(at instant: Instant) -> Int64 {
        let seconds = instant.microseconds.flooredQuotient(by: 1_000_000)
        let date = Date(timeIntervalSince1970: Double(seconds))
        return Int64(secondsFromGMT(for: date)) * 1_000_000
    }

    /// The moments at which the offset changes, `end` included.
    fileprivate func changes(from start: Instant, to end: Instant) -> [Instant] {
        var found: [Instant] = []
        var last = Date(timeIntervalSince1970: Double(start.microseconds) / 1_000_000)
        while let next = nextDaylightSavingTimeTransition(after: last), next > last {
            let seconds = next.timeIntervalSince1970.rounded()
            let instant = Instant(microseconds: Int64(seconds) * 1_000_000)
            guard instant <= end else { break }
            found.append(instant)
            last = next
        }
        return found
    }
}
