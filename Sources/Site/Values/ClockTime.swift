extension Form<Int> {
    /// A time of day as minutes after midnight, `00:00` to `24:00`.
    static var clockTime: Form {
        scalar("a time of day such as \"07:30\"") { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let isClock =
                parts.count == 2
                && parts.allSatisfy { part in
                    (1...2).contains(part.utf8.count) && decimal(part) != nil
                }
            guard isClock, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1])
            else {
                return .failure(Problem("is not a time of day", "write \"07:30\" or \"19:00\""))
            }
            let total = hour * 60 + minute
            guard minute < 60, total <= 24 * 60 else {
                return .failure(Problem("is out of range", "write \"00:00\" to \"24:00\""))
            }
            return .success(total)
        }
    }
}
