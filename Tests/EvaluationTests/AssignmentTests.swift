import Testing

@testable import Evaluation

@Suite struct AssignmentTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private func leastByTrying(_ costs: [[Double]], taken: Set<Int> = []) -> Double {
        guard let row = costs.first else { return 0 }
        let rest = Array(costs.dropFirst())
        return row.indices.filter { !taken.contains($0) }
            .map { row[$0] + leastByTrying(rest, taken: taken.union([$0])) }
            .min() ?? .infinity
    }

    @Test("The pairing is as cheap as the cheapest of all pairings", arguments: 1...200)
    func isCheapest(seed: UInt64) {
        var dice = Dice(state: seed)
        let rows = Int.random(in: 1...5, using: &dice)
        let columns = Int.random(in: rows...6, using: &dice)
        let costs = (0..<rows).map { _ in
            (0..<columns).map { _ in Double(Int.random(in: 0...12, using: &dice)) }
        }
        let pairing = Assignment.cheapest(costs)
        #expect(Set(pairing).count == rows)
        let cost = pairing.enumerated().reduce(0.0) { $0 + costs[$1.offset][$1.element] }
        #expect(cost == leastByTrying(costs))
    }

    @Test("Nothing needs no column")
    func isEmpty() {
        #expect(Assignment.cheapest([]).isEmpty)
    }
}
