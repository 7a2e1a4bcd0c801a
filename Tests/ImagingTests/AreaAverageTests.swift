import Imaging
import Testing

@Suite struct AreaAverageTests {
    static let sizes: [(Int, Int, Int, Int)] = [
        (1920, 1080, 480, 270), (640, 352, 480, 264), (1280, 720, 480, 270), (7, 5, 3, 2),
        (481, 271, 480, 270), (333, 77, 100, 77), (9, 9, 1, 1),
    ]

    @Test("Shrinking agrees with the exact average to one level", arguments: sizes)
    func agrees(sourceWidth: Int, sourceHeight: Int, width: Int, height: Int) {
        let source = Self.noise(sourceWidth, sourceHeight, seed: UInt64(sourceWidth * 31 + width))
        let shrunk = Self.shrink(source, width, height)
        var worst = 0.0
        for y in stride(from: 0, to: height, by: max(1, height / 9)) {
            for x in stride(from: 0, to: width, by: max(1, width / 9)) {
                let exact = Self.exact(source, x, y, width, height)
                worst = max(worst, abs(exact - Double(shrunk[x, y])))
            }
        }
        #expect(worst <= 1.0)
    }

    @Test("A picture that is already small enough comes out as it went in")
    func identity() {
        let source = Self.noise(320, 240, seed: 4)
        #expect(Self.shrink(source, 320, 240) == source)
    }

    @Test("A flat picture stays flat")
    func flat() {
        let source = Plane(width: 1001, height: 563, filledWith: 137)
        #expect(Self.shrink(source, 480, 270) == Plane(width: 480, height: 270, filledWith: 137))
    }

    @Test("A picture stored from the bottom row up is read the right way round")
    func negativeStride() {
        let source = Self.noise(64, 48, seed: 9)
        var result = Plane(width: 16, height: 12)
        let average = AreaAverage(sourceWidth: 64, sourceHeight: 48, width: 16, height: 12)
        var flipped = source
        for y in 0..<48 {
            for x in 0..<64 { flipped[x, 47 - y] = source[x, y] }
        }
        flipped.samples.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            let view = PlaneView(base: base + 47 * 64, width: 64, height: 48, stride: -64)
            result.withPointer { average.run(view, into: $0) }
        }
        #expect(result == Self.shrink(source, 16, 12))
    }

    static func noise(_ width: Int, _ height: Int, seed: UInt64) -> Plane {
        var random = Random(seed: seed)
        var plane = Plane(width: width, height: height)
        for index in plane.samples.indices {
            plane.samples[index] = UInt8.random(in: 0...255, using: &random)
        }
        return plane
    }

    static func shrink(_ source: Plane, _ width: Int, _ height: Int) -> Plane {
        let average = AreaAverage(
            sourceWidth: source.width,
            sourceHeight: source.height,
            width: width,
            height: height
        )
        var result = Plane(width: width, height: height)
        result.withPointer { pointer in
            source.withView { average.run($0, into: pointer) }
        }
        return result
    }

    /// The average over the exact area, in floating point.
    static func exact(_ source: Plane, _ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Double {
        let (scaleX, scaleY) = (
            Double(source.width) / Double(width), Double(source.height) / Double(height)
        )
        let (left, right) = (Double(x) * scaleX, Double(x + 1) * scaleX)
        let (top, bottom) = (Double(y) * scaleY, Double(y + 1) * scaleY)
        var (sum, weight) = (0.0, 0.0)
        for row in Int(top)..<min(source.height, Int(bottom.rounded(.up))) {
            for column in Int(left)..<min(source.width, Int(right.rounded(.up))) {
                let across = min(right, Double(column + 1)) - max(left, Double(column))
                let down = min(bottom, Double(row + 1)) - max(top, Double(row))
                sum += Double(source[column, row]) * across * down
                weight += across * down
            }
        }
        return sum / weight
    }
}
