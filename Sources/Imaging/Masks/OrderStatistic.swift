/// Values by their rank, without sorting.
package enum OrderStatistic {
    /// The value that has a rank among others.
    ///
    /// Counts upper bytes first, then the lower bytes of those that share the one in question:
    /// two passes, however many values there are.
    ///
    /// - Parameters:
    ///   - rank: 0 for the least, under the number of values.
    ///   - values: in any order.
    /// - Returns: what stands at that place once they are sorted.
    package static func value(at rank: Int, of values: [UInt16]) -> UInt16 {
        precondition(values.indices.contains(rank), "rank \(rank) of \(values.count) values")
        var rank = rank
        let upper = bucket(&rank, values.lazy.map { $0 >> 8 })
        let lower = bucket(&rank, values.lazy.filter { $0 >> 8 == upper }.map { $0 & 0xFF })
        return upper << 8 | lower
    }

    /// The byte at a rank; the rank becomes that among the values with the same byte.
    private static func bucket(_ rank: inout Int, _ bytes: some Sequence<UInt16>) -> UInt16 {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        var byte = 0
        while rank >= counts[byte] {
            rank -= counts[byte]
            byte += 1
        }
        return UInt16(byte)
    }
}
