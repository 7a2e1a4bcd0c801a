/// A number as people write it in a site file: `3`, `0.25`, `-71.5`; nil for anything else.
func decimal(_ text: Substring) -> Double? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber =
        parts.count <= 2
        && parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
        }
    return isNumber && text.utf8.count <= 32 ? Double(text) : nil
}

/// A number as a message shows it, without `.0`.
func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
}

extension Form<Double> {
    /// A number within a range, ends included.
    static func number(_ range: ClosedRange<Double>, _ unit: String = "") -> Form {
        let allowed = "\(plain(range.lowerBound)) to \(plain(range.upperBound))\(unit)"
        return scalar("a number, \(allowed)") { text in
            guard let number = decimal(text[...]) else {
                return .failure(Problem("is not a number", "write \(allowed)"))
            }
            guard range.contains(number) else {
                return .failure(Problem("is out of range", "write \(allowed)"))
            }
            return .success(number)
        }
    }
}
