internal import Foundation
internal import Imaging

/// Gain that rises in a straight line: all three colours are multiplied.
struct GainRamp: PictureChange {
    static let gain = 1.5
    static let rampSeconds = 4.0

    func apply(to picture: inout Picture, number: Int, seconds: Double) {
        let gain = 1 + (Self.gain - 1) * min(1, seconds / Self.rampSeconds)
        picture.luma.replace(
            through: Levels.luma(isFullRange: picture.isFullRange) { $0 * gain }
        )
        let chroma = Levels.chroma(times: gain)
        picture.blue.replace(through: chroma)
        picture.red.replace(through: chroma)
    }
}

/// Another gamma of luma, at once; chroma stays.
struct GammaStep: PictureChange {
    static let gamma = 0.7

    func apply(to picture: inout Picture, number: Int, seconds: Double) {
        picture.luma.replace(
            through: Levels.luma(isFullRange: picture.isFullRange) { pow($0, Self.gamma) }
        )
    }
}

/// The camera's own infra-red lamp takes over from daylight: no colour, dark tones lifted, a bright
/// spot in the middle that fades towards the corners.
struct InfraredSwitch: PictureChange {
    static let transitionSeconds = 1.0

    private static let gamma = 0.8
    /// Light at the far corners and what the lamp adds in the middle.
    private static let light = (ambient: 0.55, spot: 0.75)
    /// Standard deviation of the spot as a share of the picture's width.
    private static let spotWidth = 0.3

    private let light: [Double]

    /// For pictures of that size.
    init(width: Int, height: Int) {
        let deviation = Self.spotWidth * Double(width)
        light = (0..<(width * height)).map { index in
            let x = Double(index % width) + 0.5 - Double(width) / 2
            let y = Double(index / width) + 0.5 - Double(height) / 2
            let spot = exp(-(x * x + y * y) / (2 * deviation * deviation))
            return Self.light.ambient + Self.light.spot * spot
        }
    }

    func apply(to picture: inout Picture, number: Int, seconds: Double) {
        let share = min(1, seconds / Self.transitionSeconds)
        let (black, span) = Levels.scale(isFullRange: picture.isFullRange)
        let lifted = (0...255).map { level in
            span * pow(max(0, (Double(level) - black) / span), Self.gamma)
        }
        let count = picture.width * picture.height
        picture.luma.withPointer { samples in
            for index in 0..<count {
                let before = Double(samples[index])
                let lit = min(black + lifted[Int(samples[index])] * light[index], black + span)
                samples[index] = UInt8((before + (lit - before) * share).rounded())
            }
        }
        let chroma = Levels.chroma(times: 1 - share)
        picture.blue.replace(through: chroma)
        picture.red.replace(through: chroma)
    }
}
