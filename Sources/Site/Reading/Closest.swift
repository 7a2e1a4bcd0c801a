/// The word that was probably meant, or nil where none is close; case, `_` and `-` do not count.
func closest(to word: String, among words: [String]) -> String? {
    let plain = plainLetters(word)
    let ranked = words.map { (word: $0, distance: editDistance(plain, plainLetters($0))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    let isClose = best.distance <= max(1, min(3, plain.count / 3)) && best.distance < plain.count
    return isClose ? best.word : nil
}

private func plainLetters(_ word: String) -> [Character] {
    word.prefix(64).lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
}

/// Fewest single letters to insert, remove, replace or swap with their neighbour.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...second.count)
    for row in first.indices {
        var next = [row + 1]
        for column in second.indices {
            let isSame = first[row] == second[column]
            var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, next[column] + 1)
            let isSwap =
                row > 0 && column > 0 && first[row] == second[column - 1]
                && first[row - 1] == second[column]
            if isSwap { best = min(best, before[column - 1] + 1) }
            next.append(best)
        }
        before = last
        last = next
    }
    return last[second.count]
}
