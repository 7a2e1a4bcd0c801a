internal import Foundation

/// Short names for folders, unique among them.
enum ClipNames {
    /// The last part of each path; where two are the same, with as many of the parts before it,
    /// joined by `-`, as tell them apart.
    ///
    /// - Parameter folders: paths, each given once.
    /// - Returns: a name for each, in the same order.
    static func names(of folders: [URL]) -> [String] {
        let parts = folders.map { folder in
            folder.standardizedFileURL.pathComponents.filter { $0 != "/" }
        }
        var lengths = parts.map { _ in 1 }
        while true {
            let names = zip(parts, lengths).map { $0.suffix($1).joined(separator: "-") }
            let places = Dictionary(grouping: names.indices) { names[$0] }
            var isLonger = false
            for same in places.values where same.count > 1 {
                for index in same where lengths[index] < parts[index].count {
                    lengths[index] += 1
                    isLonger = true
                }
            }
            guard isLonger else { return numbered(names) }
        }
    }

    /// The same names, with `-2`, `-3` and so on where one still comes again.
    private static func numbered(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.map { name in
            var unique = name
            var number = 2
            while !taken.insert(unique).inserted {
                unique = "\(name)-\(number)"
                number += 1
            }
            return unique
        }
    }
}
