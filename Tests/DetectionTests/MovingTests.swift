import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct MovingTests {
    /// Someone who walks from left to right.
    static func walker(_ time: Double, y: Int = 70, seed: Int = 5) -> Street.Thing? {
        let x = Int((time - 2) * 20)
        guard time >= 2, x < 300 else { return nil }
        return Street.Thing(box: PixelBox(x: x, y: y, width: 14, height: 40), level: 20, seed: seed)
    }

    @Test("A walker is one track with one number, and a person")
    func walks() throws {
        let frames = Street.run(seconds: 14) { [Self.walker($0)].compactMap(\.self) }
        let seen = frames.flatMap(\.objects).filter { $0.mobility == .moving }
        #expect(Set(seen.map(\.id)).count == 1)
        let last = try #require(seen.last)
        #expect(last.classification.objectClass == .person)
        let (tortuosity, speed) = (last.tortuosity ?? 99, last.bodyLengthsPerSecond ?? 0)
        #expect(tortuosity < 1.2)
        #expect(speed > 0.3)
    }

    @Test("Two of different colour who pass right before each other keep their numbers")
    func passing() throws {
        let frames = Street.film(seconds: 16, on: Street()) { time in
            var red = Self.walker(time, y: 70)
            red?.level = 150
            red?.tint = (-20, 45)
            var blue = Self.walker(time, y: 74, seed: 8)
            if let box = blue?.box { blue?.box.x = 300 - box.x }
            blue?.tint = (45, -20)
            return Shot([red, blue].compactMap(\.self))
        }
        let seen = frames.flatMap(\.objects).filter { $0.mobility == .moving }
        #expect(Set(seen.map(\.id)).count == 2)
        // Who came in at the left leaves at the right.
        let first = try #require(frames.at(4.6).min { $0.box.x < $1.box.x })
        let last = try #require(frames.at(14).max { $0.box.x < $1.box.x })
        #expect(first.id == last.id)
        #expect(frames.at(4.6).count == 2 && frames.at(14).count == 2)
        #expect(seen.contains { $0.hiding == .group && !$0.isVisible })
    }

    @Test("Where the scale is known it is told how tall somebody is")
    func tall() throws {
        var options = DetectorOptions()
        options.scale = PersonScale(
            PersonScale.Reference(y: 0.3, height: 40.0 / 180),
            PersonScale.Reference(y: 0.9, height: 40.0 / 180)
        )
        let frames = Street.film(seconds: 8, on: Street(), options: options) { time in
            Shot([Self.walker(time)].compactMap(\.self))
        }
        let heights = frames.suffix(10).flatMap(\.objects).compactMap(\.height)
        #expect(!heights.isEmpty)
        #expect(heights.allSatisfy { abs($0 - PersonScale.metres) < 0.15 })
    }

    @Test("Two who pass each other at a distance keep their numbers")
    func crossing() {
        let frames = Street.run(seconds: 14) { time in
            var other = Self.walker(time, y: 125, seed: 8)
            if let box = other?.box { other?.box.x = 300 - box.x }
            return [Self.walker(time), other].compactMap(\.self)
        }
        let ids = Set(frames.flatMap(\.objects).map(\.id))
        #expect(ids.count == 2)
    }

    @Test("The cheapest pairing agrees with trying every one", arguments: 1...30)
    func assignment(seed: Int) {
        let (rows, columns) = (1 + Street.hash(seed, 1, 1) % 5, 1 + Street.hash(seed, 2, 2) % 5)
        let costs = (0..<rows).map { row in
            (0..<columns).map { Double(Street.hash(row, $0, seed) % 1000) / 500 }
        }
        let pairs = Assignment.solve(costs, limit: 1)
        var total = 0.0
        for (row, column) in pairs.enumerated() { total += column.map { costs[row][$0] } ?? 1 }
        #expect(Set(pairs.compactMap(\.self)).count == pairs.compactMap(\.self).count)
        #expect(abs(total - Self.cheapest(costs, from: 0, taken: [])) < 1e-9)
    }

    /// The least total by trying every pairing; a row may stay alone for 1.
    static func cheapest(_ costs: [[Double]], from row: Int, taken: Set<Int>) -> Double {
        guard row < costs.count else { return 0 }
        var best = 1 + cheapest(costs, from: row + 1, taken: taken)
        for column in costs[row].indices where !taken.contains(column) && costs[row][column] < 1 {
            let rest = cheapest(costs, from: row + 1, taken: taken.union([column]))
            best = min(best, costs[row][column] + rest)
        }
        return best
    }

    @Test("The filter finds the speed of what moves evenly")
    func kalman() {
        var filter = Kalman(position: 0, deviation: 2)
        for step in 1...40 {
            filter.predict(seconds: 0.2, acceleration: 4)
            filter.correct(Double(step) * 3, deviation: 1)
        }
        #expect(abs(filter.velocity - 15) < 0.5)
        #expect(abs(filter.position - 120) < 1)
    }
}
