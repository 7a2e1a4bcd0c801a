import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct TextureTests {
    struct Size: Sendable {
        var width: Int
        var height: Int
    }

    @Test(
        "Texture of a box is what the definition gives, wherever tiles end",
        arguments: [
            Size(width: 480, height: 270), Size(width: 97, height: 61),
            Size(width: 211, height: 64), Size(width: 40, height: 31), Size(width: 12, height: 9),
            Size(width: 5, height: 4),
        ]
    )
    func definition(size: Size) {
        let (frame, background) = Self.scene(size.width, size.height)
        let texture = TextureChange(width: size.width, height: size.height)
        let expected = Self.support(frame, background)
        #expect(Set(expected) == (size.height > 9 ? [0, 1] : Set(expected)))
        let boxes = [
            PixelBox(x: 0, y: 0, width: 1, height: 1),
            PixelBox(x: size.width / 2, y: size.height / 3, width: 2, height: 2),
            PixelBox(x: size.width - 3, y: size.height - 2, width: 3, height: 2),
            PixelBox(x: 0, y: 0, width: size.width, height: size.height),
        ]
        texture.begin()
        for box in boxes {
            let found = texture.support(in: box, frame.luma.base, over: background)
            for y in box.y..<box.maxY {
                for x in box.x..<box.maxX {
                    let index = y * size.width + x
                    #expect(found[index] == expected[index], "at \(x), \(y)")
                }
            }
        }
    }

    @Test("Texture is looked at again in the next frame only")
    func eachFrame() {
        let (frame, background) = Self.scene(64, 48)
        let texture = TextureChange(width: 64, height: 48)
        let box = PixelBox(x: 0, y: 0, width: 64, height: 48)
        func count() -> Int {
            let found = texture.support(in: box, frame.luma.base, over: background)
            return (0..<frame.luma.count).reduce(0) { $0 + Int(found[$1]) }
        }
        texture.begin()
        let changed = count()
        #expect(changed > 0)
        frame.luma.copy(from: background.learned)
        #expect(count() == changed)
        texture.begin()
        #expect(count() == 0)
    }

    /// A background of patches with noise, and a picture with other noise in its middle.
    private static func scene(_ width: Int, _ height: Int) -> (AnalysisFrame, BackgroundModel) {
        let frame = AnalysisFrame(pictureWidth: width, pictureHeight: height, maximumWidth: width)
        var random = Noise(state: UInt64(width * height))
        for index in 0..<frame.luma.count {
            frame.luma.base[index] = UInt8(60 + index % width / 7 % 3 * 40) + random.next(below: 60)
        }
        let background = BackgroundModel(frame: frame, tuning: DetectorTuning())
        for y in (height / 4)..<(height * 3 / 4) {
            for x in (width / 4)..<(width * 3 / 4) {
                frame.luma.base[y * width + x] = 190 + random.next(below: 66)
            }
        }
        background.compare(frame, span: .zero)
        return (frame, background)
    }

    /// The definition, pixel by pixel.
    private static func support(_ frame: AnalysisFrame, _ background: BackgroundModel) -> [UInt8] {
        let (width, height) = (frame.width, frame.height)
        func code(_ picture: UnsafePointer<UInt8>, _ x: Int, _ y: Int) -> [Bool] {
            guard x >= 2, y >= 2, x < width - 2, y < height - 2 else { return [] }
            var bits: [Bool] = []
            for dy in [-2, 0, 2] {
                for dx in [-2, 0, 2] where dx != 0 || dy != 0 {
                    let neighbour = Int(picture[(y + dy) * width + x + dx])
                    bits.append(neighbour > min(255, Int(picture[y * width + x]) + 4))
                }
            }
            return bits
        }
        let distances = (0..<(width * height)).map { index in
            let (x, y) = (index % width, index / width)
            let (now, then) = (
                code(frame.luma.base, x, y), code(background.learned.base, x, y)
            )
            return zip(now, then).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        }
        return (0..<(width * height)).map { index in
            let (x, y) = (index % width, index / width)
            let tint = background.tinted.base[index]
            guard x >= 3, y >= 3, x < width - 3, y < height - 3 else { return tint }
            var sum = 0
            for row in (y - 3)...(y + 3) {
                for column in (x - 3)...(x + 3) { sum += distances[row * width + column] }
            }
            return (sum >= 49 ? 1 : 0) | tint
        }
    }

    /// A linear congruential generator (Knuth's MMIX constants).
    private struct Noise {
        var state: UInt64

        mutating func next(below limit: UInt8) -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 40 & 0xFF) % limit
        }
    }
}
