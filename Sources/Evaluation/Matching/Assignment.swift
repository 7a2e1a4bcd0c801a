/// Pairs rows with columns so that the sum of the costs is the least: the Hungarian method, one
/// shortest augmenting path a row (Jonker and Volgenant 1987), in O(rows squared × columns).
///
/// Of several cheapest pairings it takes the one that the order of rows and columns leads to, so
/// the result depends on nothing else.
struct Assignment {
    private let costs: [[Double]]
    private let columns: Int
    private var rowPrices: [Double]
    private var columnPrices: [Double]
    private var rowOfColumn: [Int?]

    /// The cheapest pairing.
    ///
    /// - Parameter costs: by row and column, finite; at least as many columns as rows.
    /// - Returns: the column of each row.
    static func cheapest(_ costs: [[Double]]) -> [Int] {
        var assignment = Assignment(costs)
        for row in costs.indices {
            assignment.place(row)
        }
        var columnOfRow = [Int](repeating: 0, count: costs.count)
        for (column, row) in assignment.rowOfColumn.enumerated() {
            if let row { columnOfRow[row] = column }
        }
        return columnOfRow
    }

    private init(_ costs: [[Double]]) {
        self.costs = costs
        columns = costs.first?.count ?? 0
        precondition(columns >= costs.count, "an assignment needs a column for every row")
        rowPrices = [Double](repeating: 0, count: costs.count)
        columnPrices = [Double](repeating: 0, count: columns)
        rowOfColumn = [Int?](repeating: nil, count: columns)
    }

    /// Finds the cheapest path from `newRow` to a free column, through columns whose rows move on
    /// to the next, and moves them.
    private mutating func place(_ newRow: Int) {
        var distances = [Double](repeating: .infinity, count: columns)
        var previous = [Int?](repeating: nil, count: columns)
        var settled: [Int] = []
        var open = [Bool](repeating: true, count: columns)
        var reached: Int?
        var row: Int? = newRow
        while let current = row {
            var nearest = 0
            var step = Double.infinity
            for column in 0..<columns where open[column] {
                let cost = costs[current][column] - rowPrices[current] - columnPrices[column]
                if cost < distances[column] {
                    distances[column] = cost
                    previous[column] = reached
                }
                if distances[column] < step {
                    step = distances[column]
                    nearest = column
                }
            }
            rowPrices[newRow] += step
            for column in settled {
                if let owner = rowOfColumn[column] { rowPrices[owner] += step }
                columnPrices[column] -= step
            }
            for column in 0..<columns where open[column] {
                distances[column] -= step
            }
            open[nearest] = false
            settled.append(nearest)
            reached = nearest
            row = rowOfColumn[nearest]
        }
        while let column = reached {
            reached = previous[column]
            rowOfColumn[column] = reached.flatMap { rowOfColumn[$0] } ?? newRow
        }
    }
}
