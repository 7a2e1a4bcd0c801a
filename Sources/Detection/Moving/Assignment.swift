/// Pairs rows with columns at the least total cost (the Hungarian method with potentials).
enum Assignment {
    /// The cheapest pairing of every row with a column of its own, in O(rows² · columns).
    ///
    /// - Parameters:
    ///   - costs: one array a row, all of the same length.
    ///   - limit: pairs that cost this much or more are left apart.
    /// - Returns: the column of each row, nil where it has none.
    static func solve(_ costs: [[Double]], limit: Double) -> [Int?] {
        let rows = costs.count
        guard rows > 0, let columns = costs.first?.count, columns > 0 else {
            return [Int?](repeating: nil, count: rows)
        }
        // One spare column a row at the limit: staying alone is always possible.
        let total = columns + rows
        func cost(_ row: Int, _ column: Int) -> Double {
            column < columns ? min(costs[row][column], limit * 4) : limit
        }
        var rowPotential = [Double](repeating: 0, count: rows + 1)
        var columnPotential = [Double](repeating: 0, count: total + 1)
        var owner = [Int](repeating: 0, count: total + 1)
        for row in 1...rows {
            augment(row, total, cost, &rowPotential, &columnPotential, &owner)
        }
        var result = [Int?](repeating: nil, count: rows)
        for column in 1...columns where owner[column] > 0 {
            let row = owner[column] - 1
            if costs[row][column - 1] < limit { result[row] = column - 1 }
        }
        return result
    }

    /// Gives one more row a column along the cheapest alternating path.
    private static func augment(
        _ row: Int,
        _ total: Int,
        _ cost: (Int, Int) -> Double,
        _ rowPotential: inout [Double],
        _ columnPotential: inout [Double],
        _ owner: inout [Int]
    ) {
        var least = [Double](repeating: .infinity, count: total + 1)
        var visited = [Bool](repeating: false, count: total + 1)
        var previous = [Int](repeating: 0, count: total + 1)
        owner[0] = row
        var column = 0
        repeat {
            visited[column] = true
            let current = owner[column]
            var step = Double.infinity
            var next = 0
            for candidate in 1...total where !visited[candidate] {
                let reduced =
                    cost(current - 1, candidate - 1) - rowPotential[current]
                    - columnPotential[candidate]
                if reduced < least[candidate] {
                    least[candidate] = reduced
                    previous[candidate] = column
                }
                if least[candidate] < step {
                    step = least[candidate]
                    next = candidate
                }
            }
            for candidate in 0...total {
                if visited[candidate] {
                    rowPotential[owner[candidate]] += step
                    columnPotential[candidate] -= step
                } else {
                    least[candidate] -= step
                }
            }
            column = next
        } while owner[column] != 0
        while column != 0 {
            let back = previous[column]
            owner[column] = owner[back]
            column = back
        }
    }
}
