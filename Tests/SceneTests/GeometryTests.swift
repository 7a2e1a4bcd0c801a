import Scene
import Testing

@Suite struct GeometryTests {
    private let box = NormalizedBox(x: 0.25, y: 0.25, width: 0.5, height: 0.25)

    @Test("A box knows its area, its middle and where it touches the ground")
    func measures() {
        #expect(box.area == 0.125)
        #expect(box.center == NormalizedPoint(x: 0.5, y: 0.375))
        #expect(box.groundContact == NormalizedPoint(x: 0.5, y: 0.5))
    }

    @Test("Boxes overlap by what both cover")
    func overlap() {
        let other = NormalizedBox(x: 0.5, y: 0.25, width: 0.5, height: 0.25)
        let shared = NormalizedBox(x: 0.5, y: 0.25, width: 0.25, height: 0.25)
        #expect(box.intersection(other) == shared)
        #expect(other.intersection(box) == shared)
        #expect(box.intersectionOverUnion(other) == 1.0 / 3)
        #expect(box.intersectionOverUnion(box) == 1)
    }

    @Test("Boxes apart share nothing, and empty boxes do not divide by zero")
    func apart() {
        let far = NormalizedBox(x: 0.8, y: 0.8, width: 0.1, height: 0.1)
        #expect(box.intersection(far).area == 0)
        #expect(box.intersectionOverUnion(far) == 0)
        let empty = NormalizedBox(x: 0, y: 0, width: 0, height: 0)
        #expect(empty.intersectionOverUnion(empty) == 0)
    }

    @Test("Pixel boxes that touch only at their borders do not intersect")
    func pixelIntersection() {
        let left = PixelBox(x: 0, y: 0, width: 4, height: 4)
        #expect(left.intersection(PixelBox(x: 4, y: 0, width: 4, height: 4)) == nil)
        #expect(
            left.intersection(PixelBox(x: 3, y: 2, width: 4, height: 4))
                == PixelBox(x: 3, y: 2, width: 1, height: 2)
        )
        #expect(
            left.union(PixelBox(x: 6, y: 1, width: 2, height: 5))
                == PixelBox(x: 0, y: 0, width: 8, height: 6)
        )
        #expect((left.maxX, left.maxY, left.area) == (4, 4, 16))
    }

    @Test("A grown pixel box is cut to the picture")
    func grown() {
        let corner = PixelBox(x: 1, y: 1, width: 2, height: 2)
        #expect(corner.grown(by: 2, within: 10, 4) == PixelBox(x: 0, y: 0, width: 5, height: 4))
        #expect(corner.grown(by: 0, within: 1, 1) == nil)
    }

    @Test("Pixels become shares of the picture and the same pixels again")
    func roundTrip() {
        for width in [1, 7, 480, 1_919] {
            for x in stride(from: 0, to: width, by: max(1, width / 9)) {
                let pixels = PixelBox(x: x, y: 0, width: width - x, height: 3)
                let shares = pixels.normalized(width: width, height: 5)
                let back = shares.pixels(width: width, height: 5)
                #expect(abs(back.x - pixels.x) <= 1)
                #expect(abs(back.maxX - pixels.maxX) <= 1)
                #expect(back.y == 0)
            }
        }
        let half = PixelBox(x: 240, y: 0, width: 240, height: 135)
        #expect(half.normalized(width: 480, height: 270).pixels(width: 480, height: 270) == half)
    }

    @Test("A box outside the picture still gives a pixel of it")
    func clamped() {
        let outside = NormalizedBox(x: 1.2, y: -0.5, width: 0.1, height: 0.1)
        #expect(
            outside.pixels(width: 100, height: 50) == PixelBox(x: 99, y: 0, width: 1, height: 1)
        )
    }
}
