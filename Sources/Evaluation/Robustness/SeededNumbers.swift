/// Numbers that look random and are the same in every run: SplitMix64 (Steele, Lea and Flood 2014).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    /// The numbers of one picture: the same for the same picture, whatever came before it.
    init(seed: UInt64, picture: Int) {
        state = seed &* 0xD1B5_4A32_D192_ED03 &+ UInt64(truncatingIfNeeded: picture)
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
