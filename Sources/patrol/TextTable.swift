/// A table of text with columns as wide as their widest cell.
struct TextTable {
    private var rows: [[String]]

    /// A table with the names of its columns.
    init(header: [String]) {
        rows = [header]
    }

    /// Adds a row with a cell for each column.
    mutating func add(_ row: [String]) {
        rows.append(row)
    }

    /// The lines of the table, two spaces between columns, no space at the end of a line.
    var text: String {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
        .joined(separator: "\n")
    }
}
