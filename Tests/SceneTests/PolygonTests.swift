import Scene
import Testing

@Suite struct PolygonTests {
    private func polygon(_ corners: (Double, Double)...) -> Polygon {
        Polygon(corners.map { NormalizedPoint(x: $0.0, y: $0.1) })
    }

    private var square: Polygon { polygon((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)) }
    /// Two towers on a foot, open to the top.
    private var battlement: Polygon {
        polygon(
            (0, 0),
            (0.25, 0),
            (0.25, 0.5),
            (0.75, 0.5),
            (0.75, 0),
            (1, 0),
            (1, 1),
            (0, 1)
        )
    }

    @Test("Area and bounds do not depend on the sense of rotation")
    func measures() {
        #expect(square.area == 0.25)
        #expect(Polygon(square.corners.reversed()).area == 0.25)
        #expect(battlement.area == 0.75)
        #expect(square.bounds == NormalizedBox(x: 0.25, y: 0.25, width: 0.5, height: 0.5))
    }

    @Test("Points inside, outside and in a bay are told apart")
    func contains() {
        #expect(square.contains(NormalizedPoint(x: 0.5, y: 0.5)))
        #expect(!square.contains(NormalizedPoint(x: 0.2, y: 0.5)))
        #expect(battlement.contains(NormalizedPoint(x: 0.1, y: 0.1)))
        #expect(!battlement.contains(NormalizedPoint(x: 0.5, y: 0.25)))
        #expect(battlement.contains(NormalizedPoint(x: 0.5, y: 0.75)))
    }

    @Test("A point on a shared border belongs to one of two neighbours")
    func sharedBorder() {
        let left = polygon((0, 0), (0.5, 0), (0.5, 1), (0, 1))
        let right = polygon((0.5, 0), (1, 0), (1, 1), (0.5, 1))
        for y in [0.0, 0.3, 0.99] {
            let point = NormalizedPoint(x: 0.5, y: y)
            #expect(left.contains(point) != right.contains(point))
        }
    }

    @Test("The share of a box is the part of it inside")
    func share() {
        let box = NormalizedBox(x: 0.5, y: 0.5, width: 0.5, height: 0.5)
        #expect(square.share(of: box) == 0.25)
        #expect(square.share(of: NormalizedBox(x: 0.3, y: 0.3, width: 0.2, height: 0.2)) == 1)
        #expect(square.share(of: NormalizedBox(x: 0.8, y: 0.3, width: 0.2, height: 0.2)) == 0)
        let whole = NormalizedBox(x: 0, y: 0, width: 1, height: 1)
        #expect(square.share(of: whole) == 0.25)
        #expect(battlement.share(of: whole) == 0.75)
    }

    @Test("The share of a slanted cut is right to a few hundredths")
    func slantedShare() {
        let half = polygon((0, 0), (1, 0), (0, 1))
        let whole = NormalizedBox(x: 0, y: 0, width: 1, height: 1)
        #expect(abs(half.share(of: whole) - 0.5) < 0.04)
        let third = polygon((0, 0), (1, 0), (1, 2.0 / 3), (0, 0))
        #expect(abs(third.share(of: whole) - 1.0 / 3) < 0.02)
    }

    @Test("A box without size is in or out by its middle")
    func emptyBox() {
        #expect(square.share(of: NormalizedBox(x: 0.5, y: 0.5, width: 0, height: 0)) == 1)
        #expect(square.share(of: NormalizedBox(x: 0.9, y: 0.5, width: 0, height: 0.1)) == 0)
    }

    @Test("A polygon without corners is nowhere")
    func empty() {
        let none = Polygon([])
        #expect(none.area == 0)
        #expect(none.bounds.area == 0)
        #expect(!none.contains(NormalizedPoint(x: 0.5, y: 0.5)))
        #expect(none.selfIntersection == nil)
    }

    @Test("Simple polygons do not cross themselves, bays and edges on one line included")
    func simple() {
        #expect(polygon((0, 0), (1, 0), (0, 1)).selfIntersection == nil)
        #expect(square.selfIntersection == nil)
        #expect(battlement.selfIntersection == nil)
        let collinear = polygon((0, 0), (0.5, 0), (1, 0), (1, 1), (0, 1))
        #expect(collinear.selfIntersection == nil)
    }

    @Test("A bow tie crosses itself, and the edges that do are named")
    func bowTie() throws {
        let bowTie = polygon((0, 0), (1, 1), (1, 0), (0, 1))
        let edges = try #require(bowTie.selfIntersection)
        #expect(edges == (0, 2))
    }

    @Test("A corner that touches another edge counts as crossing")
    func touching() throws {
        let touching = polygon((0, 0), (1, 0), (1, 1), (0.5, 0), (0, 1))
        let edges = try #require(touching.selfIntersection)
        #expect(edges == (0, 2))
    }
}
