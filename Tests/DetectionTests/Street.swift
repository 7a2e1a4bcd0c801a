import Detection
import Imaging
import Scene

/// A small street in code: a textured ground with sensor noise, and things on it.
struct Street {
    let width = 320
    let height = 180
    private var ground: Plane

    /// A thing: a patterned rectangle.
    struct Thing {
        var box: PixelBox
        var level: Int
        var seed: Int
    }

    init(seed: Int = 1) {
        ground = Plane(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let coarse = Self.hash(x / 12, y / 12, seed) % 24
                let fine = Self.hash(x, y, seed + 1) % 9
                ground[x, y] = UInt8(100 + coarse + fine)
            }
        }
    }

    /// The street with things on it.
    ///
    /// - Parameters:
    ///   - things: drawn in order, later ones in front.
    ///   - frame: number of the frame, for its noise.
    ///   - gain: brightness of the picture.
    /// - Returns: the picture.
    func picture(_ things: [Thing], frame: Int, gain: Double = 1) -> Picture {
        var picture = Picture(width: width, height: height)
        picture.luma = ground
        for thing in things {
            for y in max(0, thing.box.y)..<min(height, thing.box.maxY) {
                for x in max(0, thing.box.x)..<min(width, thing.box.maxX) {
                    let (dx, dy) = ((x - thing.box.x) / 7, (y - thing.box.y) / 7)
                    let pattern = Self.hash(dx, dy, thing.seed) % 50
                    picture.luma[x, y] = UInt8(clamping: thing.level + pattern)
                }
            }
        }
        for index in picture.luma.samples.indices {
            let noise = Self.hash(index, frame, 7) % 5 - 2
            let level = (Double(picture.luma.samples[index]) * gain).rounded()
            picture.luma.samples[index] = UInt8(clamping: Int(level) + noise)
        }
        return picture
    }

    /// Runs a detector at five frames a second over a scene that a function of time describes.
    static func run(
        seconds: Double,
        gain: (Double) -> Double = { _ in 1 },
        _ scene: (Double) -> [Thing]
    ) -> [FrameObservations] {
        let street = Street()
        var detector = Detector()
        return (0..<Int(seconds * 5)).map { frame in
            let time = Double(frame) / 5
            let picture = street.picture(scene(time), frame: frame, gain: gain(time))
            return picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
        }
    }

    static func hash(_ a: Int, _ b: Int, _ c: Int) -> Int {
        var z = UInt64(bitPattern: Int64(a &* 73_856_093 ^ b &* 19_349_663 ^ c &* 83_492_791))
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) >> 33)
    }
}

extension [FrameObservations] {
    /// The observations of the frame at that second.
    func at(_ second: Double) -> [Observation] {
        self[Int((second * 5).rounded())].objects
    }
}
