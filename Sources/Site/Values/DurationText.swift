internal import Scene

extension Form<MediaSpan> {
    private static var units: [(suffix: String, seconds: Double)] {
        [("s", 1), ("m", 60), ("h", 3600)]
    }

    /// A duration such as `90s`, `2m`, `1.5h`, or a number of seconds, within a range.
    static func duration(_ range: ClosedRange<MediaSpan>) -> Form {
        let allowed = "\(shown(range.lowerBound)) to \(shown(range.upperBound))"
        return scalar("a duration such as 90s, 2m or 1h") { text in
            let unit = units.first { text.hasSuffix($0.suffix) }
            let number = text.dropLast(unit?.suffix.count ?? 0)
            guard let count = decimal(number), abs(count) < 1e9 else {
                return .failure(Problem("is not a duration", "write 90s, 2m or 1h"))
            }
            let span = MediaSpan.seconds(count * (unit?.seconds ?? 1))
            guard range.contains(span) else {
                return .failure(Problem("is out of range", "write \(allowed)"))
            }
            return .success(span)
        }
    }

    private static func shown(_ span: MediaSpan) -> String {
        let unit = units.last { span.seconds >= $0.seconds }
        return plain(span.seconds / (unit?.seconds ?? 1)) + (unit?.suffix ?? "s")
    }
}
