import Imaging
import Scene
import Testing

@Suite
struct DrawingTests {
    private let box = NormalizedBox(x: 0.25, y: 0.25, width: 0.5, height: 0.5)

    @Test("A line covers its thickness, half covers its edge, and leaves the rest alone")
    func thickness() {
        var picture = Picture(width: 40, height: 40)
        picture.line(
            from: NormalizedPoint(x: 0, y: 0.5),
            to: NormalizedPoint(x: 1, y: 0.5),
            ink: .white,
            thickness: 3
        )
        let column = (15..<25).map { picture.luma[20, $0] }
        #expect(column == [16, 16, 16, 126, 235, 235, 126, 16, 16, 16])
    }

    @Test("The outline of a box lies on its edges and not inside")
    func outline() {
        var picture = Picture(width: 80, height: 60)
        picture.outline(box, ink: .red, thickness: 2)
        #expect(picture.luma[20, 30] == Ink.red.luma)
        #expect(picture.luma[40, 15] == Ink.red.luma)
        #expect(picture.red[10, 15] > 200)
        #expect(picture.luma[40, 30] == 16)
        #expect(picture.luma[5, 5] == 16)
    }

    @Test("What lies outside the picture is cut off", arguments: [1, 2, 3, 33])
    func outside(size: Int) {
        var picture = Picture(width: size, height: size)
        let wide = NormalizedBox(x: -3, y: -0.5, width: 7, height: 2)
        picture.outline(wide, ink: .white, thickness: 4)
        let corners = [(-5.0, 0.2), (6, 0.9), (0.3, -8)].map { NormalizedPoint(x: $0.0, y: $0.1) }
        picture.outline(Polygon(corners), ink: .amber, thickness: 1)
        #expect(picture.luma.samples.count == size * size)
    }

    @Test("A full-range picture gets full-range ink")
    func fullRange() {
        var picture = Picture(width: 20, height: 20, isFullRange: true)
        picture.outline(box, ink: .white, thickness: 4)
        #expect(picture.luma[10, 5] == 255)
    }

    @Test("A slanted line is as long as its ends say, and the same both ways")
    func slanted() {
        var there = Picture(width: 64, height: 48)
        var back = there
        let (a, b) = (NormalizedPoint(x: 0.2, y: 0.3), NormalizedPoint(x: 0.7, y: 0.8))
        there.line(from: a, to: b, ink: .white, thickness: 2)
        back.line(from: b, to: a, ink: .white, thickness: 2)
        #expect(there == back)
        #expect(there.luma[28, 26] > 200)
        #expect(there.luma[50, 44] == 16)
    }
}
