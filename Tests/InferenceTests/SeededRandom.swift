/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func size(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    mutating func sizes(_ count: Int, _ range: ClosedRange<Int>) -> [Int] {
        (0..<count).map { _ in size(range) }
    }

    mutating func floats(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float.random(in: -3...3, using: &self) }
    }

    mutating func array(_ shape: [Int]) -> NaiveArray {
        NaiveArray(shape: shape, values: floats(shape.reduce(1, *)))
    }
}
