/// Finds lines and columns in a text, counted as YAML counts them: in Unicode scalars, from 1.
struct TextLines {
    /// The text.
    var scalars: [Unicode.Scalar]
    /// Offset of every line's first scalar.
    private let starts: [Int]

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        var starts = [0]
        for (offset, scalar) in scalars.enumerated() {
            switch scalar {
            case "\n", "\u{85}", "\u{2028}", "\u{2029}":
                starts.append(offset + 1)
            case "\r":
                let next = offset + 1 < scalars.count ? scalars[offset + 1] : " "
                if next != "\n" { starts.append(offset + 1) }
            default:
                break
            }
        }
        self.starts = starts
    }

    /// Line and column of a scalar, in O(log lines).
    func place(of offset: Int) -> (line: Int, column: Int) {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, offset - starts[low] + 1)
    }

    /// Offset of a line and column, or nil outside the text.
    func offset(line: Int, column: Int) -> Int? {
        guard starts.indices.contains(line - 1), column > 0 else { return nil }
        let offset = starts[line - 1] + column - 1
        return scalars.indices.contains(offset) ? offset : nil
    }
}
