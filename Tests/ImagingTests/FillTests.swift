import Imaging
import Scene
import Testing

@Suite struct FillTests {
    private let ink = Ink(luma: 96, blue: 128, red: 128)

    private func noisy(_ width: Int, _ height: Int) -> Picture {
        var picture = Picture(width: width, height: height, isFullRange: false)
        for index in picture.luma.samples.indices {
            picture.luma.samples[index] = UInt8(16 + index * 37 % 200)
        }
        for index in picture.blue.samples.indices {
            picture.blue.samples[index] = UInt8(16 + index * 53 % 200)
            picture.red.samples[index] = UInt8(16 + index * 71 % 200)
        }
        return picture
    }

    @Test(
        "Nothing that the polygon touches is left, in brightness or colour",
        arguments: [
            [(0.1, 0.2), (0.8, 0.1), (0.5, 0.9)], [(0.3, 0.3), (0.301, 0.3), (0.301, 0.9)],
            [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
            [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.5, 0.4), (0.2, 0.8)],
        ]
    )
    func covers(corners: [(Double, Double)]) {
        let polygon = Polygon(corners.map { NormalizedPoint(x: $0.0, y: $0.1) })
        var picture = noisy(97, 61)
        picture.fill(polygon, ink: ink)
        for y in 0..<61 {
            for x in 0..<97 {
                let point = NormalizedPoint(x: (Double(x) + 0.5) / 97, y: (Double(y) + 0.5) / 61)
                guard polygon.contains(point) else { continue }
                #expect(picture.luma[x, y] == 96)
                #expect(picture.blue[x / 2, y / 2] == 128)
                #expect(picture.red[x / 2, y / 2] == 128)
            }
        }
    }

    @Test("What is far from the polygon stays")
    func spares() {
        let before = noisy(97, 61)
        var picture = before
        let corners = [(0.1, 0.1), (0.3, 0.1), (0.3, 0.3), (0.1, 0.3)]
        picture.fill(Polygon(corners.map { NormalizedPoint(x: $0.0, y: $0.1) }), ink: ink)
        #expect(picture.luma[60, 40] == before.luma[60, 40])
        let changed = zip(picture.luma.samples, before.luma.samples).count { $0 != $1 }
        #expect(changed < 97 * 61 / 10)
    }

    @Test("Rows added below leave the picture as it is", arguments: [61, 60])
    func extended(height: Int) {
        let before = noisy(97, height)
        let after = before.extended(by: 10, ink: ink)
        #expect(after.height == height + 10)
        #expect(Array(after.luma.samples.prefix(97 * height)) == before.luma.samples)
        #expect(after.luma.samples.suffix(970).allSatisfy { $0 == 96 })
    }

    @Test("Paint reaches over every edge without harm")
    func edges() {
        var picture = noisy(20, 20)
        let mask = Plane(width: 30, height: 30, filledWith: 255)
        for (x, y) in [(-40, 0), (-5, -5), (15, 15), (0, 40), (25, 25)] {
            picture.paint(mask, x: x, y: y, ink: ink)
        }
        #expect(picture.luma[0, 0] == 96)
        #expect(picture.luma[19, 19] == 96)
    }
}
