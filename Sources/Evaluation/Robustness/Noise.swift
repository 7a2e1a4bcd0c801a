internal import Foundation
internal import Imaging

/// Gaussian noise on luma, new in every picture.
struct Noise: PictureChange {
    /// Standard deviation in levels.
    static let sigma = 6.0

    private let seed: UInt64
    /// Rounded normal deviates to draw from.
    private let deviates: [Int16]

    /// Noise that is the same for the same seed.
    init(seed: UInt64) {
        self.seed = seed
        var numbers = SeededNumbers(seed: seed, picture: -1)
        // Box and Muller 1958.
        deviates = (0..<65_536).map { _ in
            let radius = sqrt(-2 * log(1 - Double.random(in: 0..<1, using: &numbers)))
            let angle = Double.random(in: 0..<(2 * Double.pi), using: &numbers)
            return Int16((Self.sigma * radius * cos(angle)).rounded())
        }
    }

    func apply(to picture: inout Picture, number: Int, seconds: Double) {
        var numbers = SeededNumbers(seed: seed, picture: number)
        let count = picture.width * picture.height
        picture.luma.withPointer { samples in
            var bits: UInt64 = 0
            for index in 0..<count {
                if index.isMultiple(of: 4) { bits = numbers.next() }
                let level = Int16(samples[index]) + deviates[Int(bits & 0xFFFF)]
                samples[index] = UInt8(clamping: level)
                bits >>= 16
            }
        }
    }
}
