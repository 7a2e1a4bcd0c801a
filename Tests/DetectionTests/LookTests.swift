import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct LookTests {
    @Test("A bucket gives as many looks as its rate, and twice that at once after a pause")
    func budget() {
        var budget = LookBudget(perSecond: 4, keepsReserve: false)
        func taken(until seconds: Double) -> Int {
            budget.advance(to: MediaTime(seconds: seconds))
            var count = 0
            while budget.take(isUrgent: false) { count += 1 }
            return count
        }
        #expect(taken(until: 0) == 8)
        #expect(taken(until: 1) == 4)
        #expect(taken(until: 1.25) == 1)
        #expect(taken(until: 60) == 8)
    }

    @Test("Half of the bucket is for what is urgent")
    func reserve() {
        var budget = LookBudget(perSecond: 4, keepsReserve: true)
        budget.advance(to: .zero)
        var usual = 0
        while budget.take(isUrgent: false) { usual += 1 }
        var urgent = 0
        while budget.take(isUrgent: true) { urgent += 1 }
        #expect(usual == 4)
        #expect(urgent == 4)
    }

    @Test("A rate of zero gives no look")
    func noBudget() {
        var budget = LookBudget(perSecond: 0, keepsReserve: true)
        budget.advance(to: MediaTime(seconds: 100))
        let isTaken = budget.take(isUrgent: true)
        #expect(!isTaken)
    }

    @Test("The verdict is the middle of the latest looks, and there is none after one look")
    func median() {
        var record = LookRecord(id: ObjectID(rawValue: 1), isStatic: true)
        #expect(record.isDue(at: .zero))
        record.add(LearnedScores([.vehicle: 0.9]), at: .zero)
        #expect(record.verdict == nil)
        record.add(LearnedScores([.vehicle: 0.8, .light: 0.1]), at: MediaTime(seconds: 0.4))
        record.add(LearnedScores([.light: 1]), at: MediaTime(seconds: 0.8))
        let verdict = record.verdict
        #expect(verdict?[.vehicle] == 0.8)
        #expect(verdict?[.light] == 0.1)
        for index in 0..<5 {
            record.add(LearnedScores([.person: 0.7]), at: MediaTime(seconds: 1 + Double(index)))
        }
        #expect(record.verdict?[.vehicle] == 0)
        #expect(record.verdict?.leader == .person)
    }

    @Test("What stands is looked at every 0.4 s until there are enough looks, then every 10 s")
    func pauses() {
        var record = LookRecord(id: ObjectID(rawValue: 1), isStatic: true)
        var time = 0.0
        var looks: [Double] = []
        while time < 30 {
            if record.isDue(at: MediaTime(seconds: time)) {
                looks.append((time * 10).rounded() / 10)
                record.add(LearnedScores([:]), at: MediaTime(seconds: time))
            }
            time += 0.2
        }
        #expect(looks == [0, 0.4, 0.8, 1.2, 1.6, 11.6, 21.6])
    }

    @Test("A clear verdict names an object, an unclear one leaves it as it was")
    func naming() {
        let shape = Classification(.unknown, confidence: 0.5)
        func named(_ scores: LearnedScores?, arrivedAs: ObjectClass? = nil) -> ObjectClass {
            LearnedVerdict.classification(shape, arrivedAs: arrivedAs, size: nil, scores)
                .objectClass
        }
        #expect(named(nil) == .unknown)
        #expect(named(LearnedScores([.vehicle: 0.69, .object: 0.31])) == .unknown)
        #expect(named(LearnedScores([.vehicle: 0.7, .object: 0.3])) == .vehicle)
        #expect(named(LearnedScores([.twoWheeler: 0.84])) == .unknown)
        #expect(named(LearnedScores([.twoWheeler: 0.85])) == .twoWheeler)
        #expect(named(LearnedScores([.twoWheeler: 1]), arrivedAs: .person) == .unknown)
        #expect(named(LearnedScores([.light: 0.99])) == .unknown)
        #expect(named(LearnedScores([.object: 0.84])) == .unknown)
        #expect(named(LearnedScores([.object: 0.85])) == .object)
        #expect(named(LearnedScores([.object: 0.8]), arrivedAs: .person) == .unknown)
        #expect(named(LearnedScores([.object: 0.85]), arrivedAs: .person) == .object)
        #expect(named(LearnedScores([.person: 0.7]), arrivedAs: .person) == .person)
    }

    @Test(
        "A class that the object has not the size for is not named",
        arguments: [
            (LearnedScores.Kind.vehicle, 0.3, 0.45, false), (.vehicle, 0.6, 0.9, true),
            (.vehicle, 0.3, 1.3, true), (.person, 0.2, 0.2, false), (.person, 0.9, 0.4, true),
            (.object, 0.1, 0.1, true),
        ]
    )
    func size(kind: LearnedScores.Kind, height: Double, width: Double, isNamed: Bool) {
        let named = LearnedVerdict.classification(
            Classification(.unknown, confidence: 0.5),
            arrivedAs: nil,
            size: (height, width),
            LearnedScores([kind: 0.9])
        )
        #expect((named.objectClass == kind.objectClass) == isNamed)
    }

    @Test("What is light or a ghost together is doubted")
    func doubt() {
        #expect(LearnedVerdict.confidence(0.8, nil) == 0.8)
        #expect(LearnedVerdict.confidence(0.8, LearnedScores([.light: 0.5, .ghost: 0.3])) == 0.8)
        #expect(LearnedVerdict.confidence(0.8, LearnedScores([.light: 0.5, .ghost: 0.4])) == 0.2)
        #expect(LearnedVerdict.confidence(0.1, LearnedScores([.light: 1])) == 0.1)
    }

    @Test("A region is sampled where it is, and repeats the border beyond the picture")
    func region() {
        var plane = Plane(width: 80, height: 60)
        for y in 0..<60 { for x in 0..<80 { plane[x, y] = UInt8(2 * x + y) } }
        func sampled(_ x: Double, _ y: Double, _ side: Double, columns: Int) -> [UInt8] {
            let region = PictureRegion(around: (x, y, side, side), (80, 60), margin: 1)
            var out = [UInt8](repeating: 0, count: columns * columns)
            plane.withView { view in
                out.withUnsafeMutableBufferPointer { out in
                    guard let base = out.baseAddress else { return }
                    region.sample(view, into: base, columns: columns, rows: columns)
                }
            }
            return out
        }
        let same = sampled(10, 20, 8, columns: 8)
        #expect((0..<64).allSatisfy { same[$0] == plane[10 + $0 % 8, 20 + $0 / 8] })
        let half = sampled(10, 20, 16, columns: 8)
        // The mean of four samples, on a slope of two levels a column and one a row.
        #expect(
            (0..<64).allSatisfy { abs(Int(half[$0]) - (41 + 4 * ($0 % 8) + 2 * ($0 / 8))) <= 1 }
        )
        let double = sampled(10, 20, 4, columns: 8)
        #expect(zip(double, double.dropFirst()).prefix(7).allSatisfy { $0 <= $1 })
        let beyond = sampled(-20, -20, 16, columns: 8)
        #expect(beyond.allSatisfy { $0 == plane[0, 0] })
    }
}
